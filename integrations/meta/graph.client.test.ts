import { expect, test } from '@jest/globals';
import { NOW } from '../../test/support/meta-account.js';
import { limitsOfMeta } from './graph.client.js';

test('limits are read from percentages, with when it is enough again', () => {
  const business = JSON.stringify({
    '9': [{ type: 'pages', call_count: 95, total_time: 1, total_cputime: 1, estimated_time_to_regain_access: 12 }],
  });
  expect(limitsOfMeta({ headers: { 'x-business-use-case-usage': business } }, NOW)).toEqual({
    limit: 100,
    remaining: 5,
    resetsAt: new Date(NOW.getTime() + 12 * 60_000),
  });
  expect(limitsOfMeta({ headers: {} }, NOW)).toBeUndefined();
});
