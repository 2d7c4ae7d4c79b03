import { test } from '@jest/globals';
import { openTrytond } from './support/trytond.js';
import { erpContext } from './support/erp-context.js';
import { trytonAdapter } from '../integrations/tryton/adapter.js';
test('probe', async () => {
  const server = await openTrytond();
  const context = erpContext(server.settings);
  const fetch = context.fetch;
  context.fetch = async (url, init) => { const r = await fetch(url, init); console.log(init.body, r.status, r.text.slice(0, 1500)); return r; };
  const session = await trytonAdapter().open(context);
  try { console.log(JSON.stringify(await session.changes('PRODUCT', null, 10))); } finally { await server.close(); }
}, 120000);
