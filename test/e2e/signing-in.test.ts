import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { channelAccount, Network, renewAccess } from '../../src/modules/social/index.js';
import { openLogger } from '../../src/platform/logger.js';
import { openKeyRing } from '../../src/platform/secrets.js';
import { configuredVault } from '../../src/platform/vault.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { services } from '../support/connector-context.js';
import { accept, mention } from '../support/posts.js';
import { openPracticeNetwork, type PracticeNetwork } from '../support/practice.js';
import { eventually } from '../support/subscriber.js';
import { everyText } from '../support/texts.js';

const ANSWER = 'account { id handle state accessEndsAt problem { class message } } userErrors { field code }';
const APPLICATION = {
  settings: [{ name: 'clientId', value: 'ours' }],
  secrets: [{ name: 'clientSecret', value: 'open sesame' }],
};
const CALLBACK = 'https://crm.example.com/oauth/callback';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let network: PracticeNetwork;
let app: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  network = await openPracticeNetwork();
  app = await openTestApp(
    {
      ALLOW_PRIVATE_ADDRESSES: 'true',
      PUBLIC_URL: 'https://crm.example.com',
      OAUTH_REDIRECT_ORIGINS: 'https://desk.example.com, http://localhost:5173/',
    },
    { adapters: network.connectors },
  );
});
afterAll(async () => {
  await app?.close();
  await network?.close();
});
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  network.lasts = 3600;
});

const begin = (client: Client, input: object = {}) =>
  client
    .data(
      `mutation ($input: BeginAccountConnectionInput!) { beginAccountConnection(input: $input) { authorizationUrl state userErrors { field code } } }`,
      { input: { ...('accountId' in input ? {} : { connector: 'practice-sign-in', ...APPLICATION }), ...input } },
    )
    .then(data => data.beginAccountConnection);
const finish = (client: Client, input: { state: string; code: string; idempotencyKey?: string }) =>
  client
    .data(`mutation ($input: FinishAccountConnectionInput!) { finishAccountConnection(input: $input) { ${ANSWER} } }`, {
      input,
    })
    .then(data => data.finishAccountConnection);
const accounts = async () =>
  (await owner.data('{ accounts { id handle state accessEndsAt problem { class message retryAt } } }')).accounts;
const page = (url: string, given: { method?: 'GET' | 'POST'; payload?: string; language?: string; as?: Client } = {}) =>
  app.app.server.fastify.inject({
    method: given.method ?? 'GET',
    url,
    headers: {
      ...(given.payload ? FORM : {}),
      ...(given.language ? { 'accept-language': given.language } : {}),
      ...(given.as ? { authorization: given.as.authorization } : {}),
    },
    ...(given.payload ? { payload: given.payload } : {}),
  });

/** Signs in from beginning to end. */
async function signIn(handle: string, input: object = {}) {
  const { authorizationUrl } = await begin(owner, input);
  const { state, code } = network.agree(authorizationUrl, handle);
  return finish(owner, { state, code });
}

const OVER = { account: null, userErrors: [{ field: 'state', code: 'NOT_FOUND' }] };

describe('an owner who signs in at the network', () => {
  test('connects the account, by a code that only we can trade', async () => {
    const begun = await begin(owner, { redirectUri: 'https://desk.example.com/back?from=crm' });
    const { state, code, redirectUri } = network.agree(begun.authorizationUrl, 'ana');
    expect(redirectUri).toBe('https://desk.example.com/back?from=crm');
    expect(new URL(begun.authorizationUrl).searchParams.get('code_challenge_method')).toBe('S256');
    expect(state).toBe(begun.state);
    const { account, userErrors } = await finish(owner, { state, code });
    expect(userErrors).toEqual([]);
    expect(account).toMatchObject({ handle: 'ana', state: 'ACTIVE', problem: null });
    const left = Date.parse(account.accessEndsAt) - Date.now();
    expect(left).toBeGreaterThan(3500_000);
    const secrets = [...network.given, 'open sesame', state];
    const told = (await everyText(app.app.database.system)).filter(({ text }) =>
      secrets.some(one => text.includes(one)),
    );
    expect(told.map(({ table }) => table)).toEqual([]);
  });

  test('comes back once, in time, and as the one who left', async () => {
    const left = async (who = owner) => network.agree((await begin(who)).authorizationUrl, 'luz');
    const first = await left();
    const key = { ...first, idempotencyKey: 'a' };
    const { redirectUri: _own, ...came } = key;
    expect((await finish(owner, came)).account.handle).toBe('luz');
    expect((await finish(owner, came)).account.handle).toBe('luz');
    expect(await finish(owner, { state: first.state, code: first.code })).toEqual(OVER);

    const { state, code } = await left();
    const colleague = await organization.as('OWNER');
    const stranger = await (await app.organization()).as('OWNER');
    expect(await finish(colleague, { state, code })).toEqual(OVER);
    expect(await finish(stranger, { state, code })).toEqual(OVER);
    expect(await finish(owner, { state: `${state}x`, code })).toEqual(OVER);
    await app.app.database.system.query(`update account_connections set expires_at = now() - interval '1 s'`);
    expect(await finish(owner, { state, code })).toEqual(OVER);
  });

  test('is told when the network does not trade the code', async () => {
    const { state } = network.agree((await begin(owner)).authorizationUrl, 'mar');
    expect((await finish(owner, { state, code: 'made up' })).userErrors).toEqual([
      { field: 'secrets', code: 'INVALID' },
    ]);
    expect(await accounts()).toEqual([]);
  });

  test('is sent back only to where the installation allows', async () => {
    for (const redirectUri of [
      'https://desk.example.com.evil.example/back',
      'https://evil.example/?https://desk.example.com',
      'https://desk.example.com@evil.example/',
      'https://user:pass@desk.example.com/',
      'http://desk.example.com/',
      'javascript:alert(1)',
      '/oauth/callback',
      'https://crm.example.com/other',
    ])
      expect((await begin(owner, { redirectUri })).userErrors).toEqual([{ field: 'redirectUri', code: 'NOT_ALLOWED' }]);
    expect((await begin(owner, { redirectUri: 'http://localhost:5173/back' })).userErrors).toEqual([]);
    const noSignIn = await begin(owner, {
      connector: 'practice',
      settings: [],
      secrets: [{ name: 'token', value: 'good-a' }],
    });
    expect(noSignIn.userErrors).toMatchObject([{ field: 'connector' }]);
  });

  test('is told the address once, also under an idempotency key', async () => {
    const first = await begin(owner, { idempotencyKey: 'b' });
    expect(first.authorizationUrl).toContain('/authorize');
    expect(await begin(owner, { idempotencyKey: 'b' })).toEqual({
      authorizationUrl: null,
      state: null,
      userErrors: [],
    });
  });

  test('signs in again for an account that is there, and for no other one', async () => {
    const { account } = await signIn('sol');
    await app.app.database.system.query(
      `update accounts set state = 'NEEDS_REAUTHORIZATION' where organization_id = $1`,
      [organization.id],
    );
    const other = await signIn('luna', { accountId: account.id });
    expect(other.userErrors).toEqual([{ field: 'secrets', code: 'NOT_ALLOWED' }]);
    expect((await signIn('sol', { accountId: account.id })).account).toMatchObject({ id: account.id, state: 'ACTIVE' });
  });
});

describe('our own page for coming back', () => {
  const comeBack = async (handle: string) => {
    const { state, code, redirectUri } = network.agree((await begin(owner)).authorizationUrl, handle);
    expect(redirectUri).toBe(CALLBACK);
    return { state, code, url: `/oauth/callback?${new URLSearchParams({ state, code })}` };
  };

  test('asks who is not signed in whether it is meant, names the organisation, and connects then', async () => {
    const { url, state, code } = await comeBack('uno');
    const asked = await page(url, { language: 'pt' });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('Conectar sua conta de Practice');
    expect(asked.body).toContain(organization.slug);
    expect(asked.headers['content-security-policy']).toContain("default-src 'none'");
    expect(asked.headers['referrer-policy']).toBe('no-referrer');
    expect(await accounts()).toEqual([]);
    const payload = new URLSearchParams({ state, code }).toString();
    const done = await page('/oauth/callback', { method: 'POST', payload, language: 'es' });
    expect([done.statusCode, done.body.includes('Conectada: uno')]).toEqual([200, true]);
    expect(await accounts()).toMatchObject([{ handle: 'uno', state: 'ACTIVE' }]);
    expect((await page(url)).statusCode).toBe(404);
  });

  test('goes on at once for who began it, and never for somebody else', async () => {
    const { url } = await comeBack('dos');
    const stranger = await (await app.organization()).as('OWNER');
    for (const as of [stranger, await organization.as('OWNER')]) expect((await page(url, { as })).statusCode).toBe(403);
    expect((await page(url, { as: owner })).body).toContain('Connected: dos');
  });

  test('says so when access was not given, and shows nothing of what it was sent', async () => {
    const { state } = await comeBack('tres');
    const refused = await page(`/oauth/callback?${new URLSearchParams({ state, error: '<script>' })}`);
    expect([refused.statusCode, refused.body.includes('<script>')]).toEqual([422, false]);
    expect((await page('/oauth/callback')).statusCode).toBe(404);
    const foreign = network.agree(
      (await begin(owner, { redirectUri: 'https://desk.example.com/back' })).authorizationUrl,
      'cuatro',
    );
    const { redirectUri: _there, ...came } = foreign;
    expect((await page(`/oauth/callback?${new URLSearchParams(came)}`)).statusCode).toBe(404);
  });
});

describe('access that ends', () => {
  const stored = async () => {
    const { system } = app.app.database;
    const { rows } = await system.query<{ id: string }>('select id from accounts where organization_id = $1', [
      organization.id,
    ]);
    const vault = configuredVault({ CREDENTIALS_KEYS_BEFORE: [] }, await openKeyRing(system, undefined));
    return { vault, account: (await channelAccount(system, vault, { id: rows[0]!.id }))! };
  };
  const renew = async () => {
    const { vault, account } = await stored();
    const channels = connectorRegistry(network.connectors, () => services);
    const { database } = app.app;
    const scope = { organizationId: organization.id, actor: 'system:account.renew', requestId: 'test' };
    await renewAccess({ database, vault, channels, log: openLogger('silent') }, scope, account.id);
  };
  const due = () =>
    app.app.database.system.query(`update accounts set access_renew_at = now() where organization_id = $1`, [
      organization.id,
    ]);

  test('is renewed once, though two processes try, and both tokens are stored together', async () => {
    await signIn('pan');
    const before = (await stored()).account.credentials;
    await due();
    const asked = network.asked['/token']!;
    let go = () => {};
    network.hold = new Promise(done => {
      go = done;
    });
    const both = [renew(), renew(), renew()];
    await eventually(() => network.asked['/token'] === asked + 1);
    await Promise.race(both);
    go();
    network.hold = null;
    await Promise.all(both);
    await renew();
    expect(network.asked['/token']).toBe(asked + 1);
    const after = (await stored()).account.credentials;
    expect(after).toMatchObject({ clientSecret: 'open sesame', nonce: 'kept from the beginning' });
    expect(after['token']).not.toBe(before['token']);
    expect(after['refreshToken']).not.toBe(before['refreshToken']);
    expect(await accounts()).toMatchObject([{ state: 'ACTIVE', problem: null }]);
  });

  test('is renewed by the job before it ends', async () => {
    await signIn('trigo');
    const before = (await stored()).account.credentials;
    await due();
    await app.app.database.system.query(`select graphile_worker.add_job('accounts:renew')`);
    await eventually(async () => (await stored()).account.credentials['token'] !== before['token']);
  });

  test('needs its owner when the network refuses to renew it', async () => {
    await signIn('sal');
    network.revoke((await stored()).account.credentials['refreshToken']!);
    await due();
    await renew();
    expect(await accounts()).toMatchObject([
      { state: 'NEEDS_REAUTHORIZATION', problem: { class: 'AUTH', message: 'invalid_grant' } },
    ]);
    const asked = network.asked['/token']!;
    await renew();
    expect(network.asked['/token']).toBe(asked);
  });

  test('is renewed before anything stops, when the network ends it early', async () => {
    const { account } = await signIn('agua');
    const { token } = (await stored()).account.credentials;
    network.revoke(token!);
    await app.app.database.system.query(
      `update account_secrets set updated_at = updated_at - interval '2 minutes' where organization_id = $1`,
      [organization.id],
    );
    const { sources } = (
      await owner.data('query ($id: ID!) { account(id: $id) { sources { id } } }', { id: account.id })
    ).account;
    await owner.data('mutation ($id: ID!) { pollSourceNow(input: { id: $id }) { userErrors { code } } }', {
      id: sources[0].id,
    });
    await eventually(async () => (await stored()).account.credentials['token'] !== token);
    await eventually(async () => (await accounts())[0].state === 'ACTIVE' && (await accounts())[0].problem === null);
  });

  /** The network takes the token back, some minutes after it gave it. */
  const endEarly = async (): Promise<string> => {
    const { token } = (await stored()).account.credentials;
    network.revoke(token!);
    await app.app.database.system.query(
      `update account_secrets set updated_at = updated_at - interval '2 minutes' where organization_id = $1`,
      [organization.id],
    );
    return token!;
  };

  test('is renewed, and nobody is asked to sign in, when a reply is the first to find it ended', async () => {
    const { account } = await signIn('miga');
    await accept(app, organization, [mention('q1', { occurredAt: new Date() })], {
      network: Network.WEB,
      accountId: (await stored()).account.id,
    });
    const token = await endEarly();
    const { posts } = await owner.data('{ posts { edges { node { id } } } }');
    const { replyToPost } = await owner.data(
      'mutation ($postId: ID!, $accountId: ID!) { replyToPost(input: { postId: $postId, accountId: $accountId, text: "Sí." }) { reply { id } userErrors { code } } }',
      { postId: posts.edges[0].node.id, accountId: account.id },
    );
    expect(replyToPost.userErrors).toEqual([]);
    await eventually(async () => {
      const { reply } = await owner.data('query ($id: ID!) { reply(id: $id) { state } }', { id: replyToPost.reply.id });
      return reply.state === 'SENT';
    });
    expect((await stored()).account.credentials['token']).not.toBe(token);
    expect(await accounts()).toMatchObject([{ state: 'ACTIVE', problem: null }]);
  });

  test('is renewed when a check finds it ended', async () => {
    const { account } = await signIn('corteza');
    const token = await endEarly();
    const { checkAccount } = await owner.data(
      'mutation ($id: ID!) { checkAccount(input: { id: $id }) { ok userErrors { code } } }',
      { id: account.id },
    );
    expect(checkAccount).toEqual({ ok: false, userErrors: [] });
    await eventually(async () => (await stored()).account.credentials['token'] !== token);
    await eventually(async () => (await accounts())[0].problem === null);
    expect(await accounts()).toMatchObject([{ state: 'ACTIVE' }]);
  });
});
