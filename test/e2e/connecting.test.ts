import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { openPracticeNetwork, type PracticeNetwork } from '../support/practice.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';
import { everyText } from '../support/texts.js';

const FIELDS = `account {
  id connector handle displayName state accessEndsAt lastEventAt lagSeconds webhookUrl
  settings { name value } capabilities { canReplyPublicly canReplyPrivately textLimit }
  problem { class message retryAt remedy } sources { kind query state }
} userErrors { field code message }`;

const call = (client: Client, name: string, input: object, type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`) =>
  client
    .data(`mutation ($input: ${type}!) { ${name}(input: $input) { ${FIELDS} } }`, { input })
    .then(data => data[name]);
const connect = (client: Client, token: string, more: object = {}) =>
  call(client, 'connectAccount', { connector: 'practice', secrets: [{ name: 'token', value: token }], ...more });
const check = (client: Client, id: string) =>
  client
    .data(`mutation ($input: CheckAccountInput!) { checkAccount(input: $input) { ok ${FIELDS} } }`, { input: { id } })
    .then(({ checkAccount }) => checkAccount);
const accounts = async (client: Client) =>
  (await client.data(`{ accounts { ${FIELDS.slice(FIELDS.indexOf('{') + 1, FIELDS.lastIndexOf('} userErrors'))} } }`))
    .accounts;

let network: PracticeNetwork;
let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let logged = '';

beforeAll(async () => {
  network = await openPracticeNetwork();
  const stream = new PassThrough();
  stream.on('data', chunk => {
    logged += chunk;
  });
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true', PUBLIC_URL: 'https://crm.example.com/' },
    { adapters: network.connectors, log: openLogger('trace', stream) },
  );
});
afterAll(async () => {
  await app?.close();
  await network?.close();
});
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  network.says = {};
  network.refusesHooks = 0;
});

describe('the adapters', () => {
  test('say what each reaches, can do and needs to be given', async () => {
    const { channels } = await (await organization.as('AGENT')).data(
      '{ channels { connector network label signsIn follows capabilities { polls } fields { name secret required description } } }',
    );
    expect(channels.find((one: any) => one.connector === 'practice-sign-in')).toEqual({
      connector: 'practice-sign-in',
      network: 'WEB',
      label: 'Practice',
      signsIn: true,
      follows: ['ACCOUNT'],
      capabilities: { polls: true },
      fields: [
        { name: 'clientId', secret: false, required: true, description: 'Id of the application.' },
        { name: 'clientSecret', secret: true, required: true, description: 'Secret of the application.' },
      ],
    });
    expect(channels.find((one: any) => one.connector === 'feed')).toMatchObject({
      signsIn: false,
      follows: expect.arrayContaining(['FEED']),
    });
    expect(channels.find((one: any) => one.connector === 'bluesky').follows).toEqual(['ACCOUNT', 'KEYWORD']);
  });
});

describe('an account that is connected', () => {
  test('is what the network says it is, is read at once, and shows its settings but no secret', async () => {
    network.says = { grants: { reply: { private: false }, textLimit: 500 } };
    const settings = [{ name: 'site', value: 'https://example.com' }];
    const { account, userErrors } = await connect(owner, 'good-horno', { settings, displayName: 'El horno' });
    expect(userErrors).toEqual([]);
    expect(account).toMatchObject({
      connector: 'practice',
      handle: 'horno',
      displayName: 'El horno',
      state: 'ACTIVE',
      settings,
      problem: null,
      capabilities: { canReplyPublicly: true, canReplyPrivately: false, textLimit: 500 },
      sources: [{ kind: 'ACCOUNT', query: 'horno', state: 'ACTIVE' }],
      webhookUrl: expect.stringMatching(/^https:\/\/crm\.example\.com\/hooks\/[\w-]{72}$/),
    });
    await eventually(async () => (await accounts(owner))[0].lagSeconds === 0);
    const [seen] = await accounts(await organization.as('AGENT'));
    expect(seen).toMatchObject({ webhookUrl: null, settings });
    await eventually(() => network.hooks.some(({ url }) => url === account.webhookUrl));
    const { rows } = await app.app.database.system.query(
      'select hook_renew_at > now() as later from accounts where organization_id = $1',
      [organization.id],
    );
    expect(rows).toEqual([{ later: true }]);
  });

  test('says by field what was not understood, and what the network refused', async () => {
    const wrong = await connect(owner, 'wrong-token-7', {});
    expect(wrong).toEqual({
      account: null,
      userErrors: [{ field: 'secrets', code: 'INVALID', message: 'The token … is not accepted.' }],
    });
    const { userErrors } = await call(owner, 'connectAccount', {
      connector: 'practice',
      settings: [
        { name: 'colour', value: 'red' },
        { name: 'token', value: 'good-x' },
        { name: 'site', value: 'https://me:pass@example.com' },
      ],
    });
    expect(userErrors.map(({ field, code }: any) => `${field} ${code}`)).toEqual([
      'settings.colour INVALID',
      'settings.token INVALID',
      'settings.site NOT_ALLOWED',
      'secrets.token REQUIRED',
    ]);
    expect((await call(owner, 'connectAccount', { connector: 'none' })).userErrors).toMatchObject([
      { field: 'connector', code: 'NOT_FOUND' },
    ]);
    expect(await accounts(owner)).toEqual([]);
  });

  test('is one, however often and however much at once it is connected', async () => {
    const both = await Promise.all([connect(owner, 'good-una'), connect(owner, 'good-una')]);
    const again = await connect(owner, 'good-una');
    expect(new Set([...both, again].map(({ account }) => account.id)).size).toBe(1);
    expect(await accounts(owner)).toMatchObject([{ handle: 'una', sources: [{ query: 'una' }] }]);
    const key = { idempotencyKey: 'once' };
    const first = await connect(owner, 'good-dos', key);
    expect((await connect(owner, 'good-dos', key)).account.id).toBe(first.account.id);
    const other = await owner.send(
      `mutation ($input: ConnectAccountInput!) { connectAccount(input: $input) { account { id } } }`,
      { input: { connector: 'practice', secrets: [{ name: 'token', value: 'good-tres' }], ...key } },
    );
    expect(other.errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  test('becomes the one that was only kept under its handle', async () => {
    const { account: kept } = await call(owner, 'createAccount', { network: 'WEB', handle: 'antes' });
    expect((await connect(owner, 'good-antes')).account).toMatchObject({ id: kept.id, connector: 'practice' });
  });

  test('takes new credentials of the same account only, and goes on with what waited', async () => {
    const { account } = await connect(owner, 'good-pan');
    await eventually(async () => (await accounts(owner))[0].lagSeconds === 0);
    const { system } = app.app.database;
    await system.query(`update accounts set state = 'NEEDS_REAUTHORIZATION' where organization_id = $1`, [
      organization.id,
    ]);
    await system.query(`update sources set state = 'NEEDS_REAUTHORIZATION', problem = $2 where organization_id = $1`, [
      organization.id,
      { class: 'AUTH', message: 'over', retryAt: null, at: new Date().toISOString() },
    ]);
    expect((await accounts(owner))[0]).toMatchObject({
      state: 'NEEDS_REAUTHORIZATION',
      problem: { class: 'AUTH', remedy: 'Sign in again at the network, or give new credentials.' },
    });
    const renew = (value: string) =>
      call(owner, 'setAccountCredentials', { accountId: account.id, secrets: [{ name: 'token', value }] });
    expect((await renew('good-otro')).userErrors).toMatchObject([{ field: 'secrets', code: 'NOT_ALLOWED' }]);
    expect((await renew('good-pan')).account).toMatchObject({
      id: account.id,
      state: 'ACTIVE',
      problem: null,
      sources: [{ state: 'ACTIVE' }],
    });
  });

  test('is the same under another handle, unless another account is called that', async () => {
    const { account } = await connect(owner, 'good-vieja');
    network.renamed = { vieja: 'nueva' };
    expect((await connect(owner, 'good-vieja')).account).toMatchObject({
      id: account.id,
      handle: 'nueva',
      sources: [{ kind: 'ACCOUNT', query: 'nueva' }],
    });
    await call(owner, 'createAccount', { network: 'WEB', handle: 'ajena' });
    network.renamed = { vieja: 'ajena' };
    const secrets = [{ name: 'token', value: 'good-vieja' }];
    const taken = [{ field: 'handle', code: 'TAKEN' }];
    expect((await call(owner, 'setAccountCredentials', { accountId: account.id, secrets })).userErrors).toMatchObject(
      taken,
    );
    expect((await connect(owner, 'good-vieja')).userErrors).toMatchObject(taken);
  });

  test('has its secrets sent to no other server by somebody who does not know them', async () => {
    const manager = await organization.as('MANAGER');
    const { account } = await connect(owner, 'good-segura');
    const settings = [{ name: 'site', value: 'https://elsewhere.example' }];
    const moved = await call(manager, 'setAccountCredentials', { accountId: account.id, settings });
    expect(moved.userErrors).toMatchObject([{ field: 'secrets.token', code: 'REQUIRED' }]);
    const follow = async (given: object) =>
      (
        await manager.data(
          'mutation ($input: CreateSourceInput!) { createSource(input: $input) { userErrors { field code } } }',
          { input: { kind: 'ACCOUNT', query: 'otra', accountId: account.id, ...given } },
        )
      ).createSource.userErrors;
    expect(await follow({ settings: { site: 'https://elsewhere.example' } })).toEqual([
      { field: 'query', code: 'NOT_ALLOWED' },
    ]);
    expect(await follow({})).toEqual([]);
    const secrets = [{ name: 'token', value: 'good-segura' }];
    const known = await call(manager, 'setAccountCredentials', { accountId: account.id, settings, secrets });
    expect(known.userErrors).toEqual([]);
  });

  test('is checked, and says what to do in the language of who asks', async () => {
    const { account } = await connect(owner, 'good-mal');
    expect(await check(owner, account.id)).toMatchObject({ ok: true, account: { problem: null } });
    network.revoke('good-mal');
    const found = await check(owner, account.id);
    expect(found).toMatchObject({
      ok: false,
      userErrors: [],
      account: { state: 'NEEDS_REAUTHORIZATION', problem: { class: 'AUTH', message: 'The token … is not accepted.' } },
    });
    const spanish = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: owner.authorization, 'accept-language': 'es' },
      payload: { query: '{ accounts { problem { remedy } } }' },
    });
    expect(spanish.json().data.accounts[0].problem.remedy).toMatch(/^Inicie sesión de nuevo/);
  });

  test('tells that access ends soon, when nobody but its owner can renew it', async () => {
    network.says = { expiresAt: new Date(Date.now() + 3.5 * 24 * 3600_000).toISOString() };
    const { account } = await connect(owner, 'good-plazo');
    expect(Date.parse(account.accessEndsAt)).toBe(Date.parse(network.says.expiresAt!));
    expect(account).toMatchObject({
      state: 'ACTIVE',
      problem: { class: 'AUTH', message: 'Access ends soon: 4 days left.' },
    });
  });

  test('is told live when how it fares changes, also to who was away', async () => {
    const url = await listen(app);
    const document = `subscription ($after: String) { accountHealthChanged(after: $after) { cursor accountId account { state problem { class } } } }`;
    await toldSoFar(app);
    const listener = subscribe(url, owner.authorization, document);
    await eventually(() => app.app.hub.subscribers > 0);
    const { account } = await connect(owner, 'good-vivo');
    const [first] = await listener.until(received => received.length > 0);
    expect(first.accountHealthChanged).toMatchObject({ accountId: account.id, account: { state: 'ACTIVE' } });
    await listener.close();
    network.revoke('good-vivo');
    await check(owner, account.id);
    const later = subscribe(url, owner.authorization, document, { after: first.accountHealthChanged.cursor });
    await later.until(received =>
      received.some((one: any) => one.accountHealthChanged.account.problem?.class === 'AUTH'),
    );
    await later.close();
  });

  test('shows its secrets nowhere: not in a table, an answer or the log', async () => {
    const { account } = await connect(owner, 'good-verysecretindeed', { idempotencyKey: 'k' });
    const token = 'good-verysecretindeed';
    await connect(owner, 'wrong-verysecretindeed');
    await call(owner, 'setAccountCredentials', {
      accountId: account.id,
      secrets: [{ name: 'token', value: token }],
      idempotencyKey: 'k2',
    });
    await eventually(() => logged.includes('"request"'));
    const kept = await everyText(app.app.database.system);
    expect(kept.length).toBeGreaterThan(40);
    const told = kept.filter(({ text }) => text.includes(token) || text.includes('wrong-verysecretindeed'));
    expect(told.map(({ table }) => table)).toEqual([]);
    expect(logged).not.toContain(token);
    expect(logged).not.toContain('wrong-verysecretindeed');
    const log = await owner.data('{ auditEntries(first: 50) { edges { node { tableName before after } } } }');
    expect(JSON.stringify(log)).not.toContain('hook_key');
    expect(log.auditEntries.edges.filter(({ node }: any) => node.tableName === 'account_secrets')).toHaveLength(2);
  });

  test('is connected by who may manage channels, and by nobody across the border', async () => {
    const agent = await organization.as('AGENT');
    const refused = await agent.send(
      'mutation { connectAccount(input: { connector: "practice" }) { userErrors { code } } }',
    );
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { account } = await connect(owner, 'good-nuestra');
    const stranger = await (await app.organization()).as('OWNER');
    const given = { accountId: account.id, secrets: [{ name: 'token', value: 'good-nuestra' }] };
    expect((await call(stranger, 'setAccountCredentials', given)).userErrors).toMatchObject([
      { field: 'accountId', code: 'NOT_FOUND' },
    ]);
    expect((await check(stranger, account.id)).userErrors).toMatchObject([{ field: 'id', code: 'NOT_FOUND' }]);
  });

  test('says when its network will not call us', async () => {
    network.refusesHooks = 403;
    await connect(owner, 'good-sorda');
    const heard = async () => (await accounts(owner))[0].problem;
    await eventually(async () => (await heard())?.class === 'FORBIDDEN');
    expect(await heard()).toMatchObject({ message: 'It will not call.', retryAt: expect.any(String) });
  });
});
