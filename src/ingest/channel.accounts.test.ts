import { expect, test } from '@jest/globals';
import { followedBy, recognise } from './channel.accounts.js';
import { type AnyConnector, ConnectorError, type Fault } from './connector.js';
import { FREE, UNLIMITED } from './context.js';

const services = { outbound: {} as never, limits: UNLIMITED, costs: FREE };
const fault = (message: string): Fault => ({ class: 'invalid', message, scope: 'message' });
const adapter = (more: Partial<AnyConnector>): AnyConnector =>
  ({
    configure({ query }) {
      if (query === '') throw new ConnectorError(fault('Whose is it?'));
      return { query };
    },
    check: async ({ config }) => ({ ok: true, account: { id: config.query } }),
    ...more,
  }) as AnyConnector;
const ask = (connector: AnyConnector, handle = '', credentials = {}) =>
  recognise(connector, services, { handle, settings: {}, credentials }, AbortSignal.timeout(1000));

test('an adapter that wants a handle is asked all the same when the network knows it by the credentials', async () => {
  const knows = adapter({ check: async () => ({ ok: true, account: { id: '77', handle: 'bakery_bot' } }) });
  expect(await ask(knows)).toMatchObject({ ok: true, externalId: '77', handle: 'bakery_bot' });
});

test('what only repeats what it was asked with is not taken for an account', async () => {
  expect(await ask(adapter({}))).toMatchObject({ ok: true, externalId: null, handle: null });
  expect(await ask(adapter({}), '+34910000000')).toMatchObject({ externalId: '+34910000000' });
});

test('a refusal that repeats a secret is shown without it', async () => {
  const tells = adapter({ check: async () => ({ ok: false, problem: fault('"s3cret!" is wrong, "s3cret!"') }) });
  expect(await ask(tells, 'a', { password: 's3cret!' })).toMatchObject({
    ok: false,
    problem: { class: 'INVALID', message: '"…" is wrong, "…"' },
  });
});

test('what an adapter follows is what it says, or else what it takes an example of', () => {
  expect(followedBy(adapter({ follows: ['KEYWORD'] }))).toEqual(['KEYWORD']);
  const picky = adapter({
    configure({ kind, query, credentials }) {
      if (kind === 'FEED' || (kind === 'ACCOUNT' && !query.startsWith('+')) || !credentials?.['token'])
        throw new ConnectorError(fault('No.'));
    },
    connection: { fields: [{ name: 'token', kind: 'secret', required: true, description: '' }] },
  });
  expect(followedBy(picky)).toEqual(['ACCOUNT', 'KEYWORD']);
});
