import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { issueFirstOwnerLink } from '../../src/modules/access/index.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { PASSWORD, signIn } from '../support/callers.js';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { id start revokedAt } key userErrors { field code } }
}`;
const REVOKE_KEY =
  'mutation ($input: ByIdInput!) { revokeApiKey(input: $input) { apiKey { revokedAt } userErrors { field code } } }';
const CREATE_CLIENT = `mutation ($input: CreateOAuthClientInput!) {
  createOAuthClient(input: $input) { oauthClient { id clientId } clientSecret userErrors { field code } }
}`;
const INVITE = `mutation ($input: InviteMemberInput!) {
  inviteMember(input: $input) { member { id status } link expiresAt userErrors { field code } }
}`;
const ACCEPT =
  'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email userErrors { field code } } }';
const SET_UP =
  'mutation ($input: SetUpFirstOwnerInput!) { setUpFirstOwner(input: $input) { organization email userErrors { field code } } }';

/** Sends `{ viewer { role } }` with these headers. */
async function ask(headers: Record<string, string>, query = '{ viewer { role } }') {
  const response = await app.app.server.fastify.inject({
    method: 'POST',
    url: '/graphql',
    headers,
    payload: { query },
  });
  return { status: response.statusCode, ...response.json() };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const tokenIn = (link: string) => new URL(link).searchParams.get('token') ?? '';

describe('an API key', () => {
  test('works as soon as it is made, is shown once, and is refused at once when it is revoked', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const input = { name: 'Importer', role: 'AGENT', idempotencyKey: 'one' };
    const { apiKey, key } = (await owner.data(CREATE_KEY, { input })).createApiKey;
    expect(key.startsWith(apiKey.start)).toBe(true);
    expect((await owner.data(CREATE_KEY, { input })).createApiKey).toEqual({ apiKey, key: null, userErrors: [] });
    const { rows } = await app.app.database.system.query('select payload::text from idempotency_keys');
    expect(rows.some(({ payload }) => payload.includes(key))).toBe(false);

    expect(await ask(bearer(key))).toMatchObject({ status: 200, data: { viewer: { role: 'AGENT' } } });
    const revoked = await owner.data(REVOKE_KEY, { input: { id: apiKey.id } });
    expect(revoked.revokeApiKey.apiKey.revokedAt).toBeTruthy();
    expect(await ask(bearer(key))).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('ends by itself when it was given an end', async () => {
    const owner = await (await app.organization()).as('OWNER');
    const past = { name: 'Late', role: 'AGENT', expiresAt: '2020-01-01T00:00:00Z' };
    expect((await owner.data(CREATE_KEY, { input: past })).createApiKey.userErrors).toEqual([
      { field: 'expiresAt', code: 'INVALID' },
    ]);
    const soon = { ...past, expiresAt: new Date(Date.now() + 2_500).toISOString() };
    const { key } = (await owner.data(CREATE_KEY, { input: soon })).createApiKey;
    expect((await ask(bearer(key))).status).toBe(200);
    while ((await ask(bearer(key))).status === 200) await new Promise(done => setTimeout(done, 200));
    expect((await ask(bearer(key))).status).toBe(401);
  });

  test('of a customer needs the customer, and no other key has one', async () => {
    const owner = await (await app.organization()).as('OWNER');
    const errors = async (input: object) => (await owner.data(CREATE_KEY, { input })).createApiKey.userErrors;
    expect(await errors({ name: 'C', role: 'CUSTOMER' })).toEqual([{ field: 'customerId', code: 'REQUIRED' }]);
    expect(await errors({ name: 'C', role: 'AGENT', customerId: 'x' })).toEqual([
      { field: 'customerId', code: 'NOT_ALLOWED' },
    ]);
    expect(await errors({ name: 'C', role: 'CUSTOMER', customerId: 'x' })).toEqual([
      { field: 'customerId', code: 'NOT_FOUND' },
    ]);
    expect(await errors({ name: ' ', role: 'AGENT' })).toEqual([{ field: 'name', code: 'REQUIRED' }]);
  });

  test('wrong ones are refused unread after a hundred a minute from one address, while good ones go on', async () => {
    const good = await (await app.organization()).as('AGENT');
    const from = (authorization: string) =>
      app.app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        remoteAddress: '10.1.2.3',
        headers: { authorization },
        payload: { query: '{ viewer { role } }' },
      });
    expect((await from(good.authorization)).statusCode).toBe(200);
    const statuses: number[] = [];
    for (let guess = 0; guess <= 100; guess++) statuses.push((await from(`Bearer vnc_${guess}`)).statusCode);
    expect(statuses).toEqual([...Array(100).fill(401), 429]);
    expect(Number((await from('Bearer vnc_again')).headers['retry-after'])).toBeGreaterThan(0);
    expect((await from(good.authorization)).statusCode).toBe(200);
  });
});

test('an OAuth client gets a token, asks with it, and is refused at once when it is revoked', async () => {
  const owner = await (await app.organization()).as('OWNER');
  const { oauthClient, clientSecret } = (
    await owner.data(CREATE_CLIENT, { input: { name: 'Partner', role: 'ANALYST' } })
  ).createOAuthClient;
  const askToken = () =>
    app.app.server.fastify.inject({
      method: 'POST',
      url: '/auth/oauth2/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${oauthClient.clientId}:${clientSecret}`).toString('base64')}`,
      },
      payload: 'grant_type=client_credentials&scope=graphql',
    });
  const token = (await askToken()).json<{ access_token: string }>().access_token;
  expect(await ask(bearer(token), '{ viewer { role actor } }')).toMatchObject({
    status: 200,
    data: { viewer: { role: 'ANALYST', actor: oauthClient.id } },
  });
  await owner.data('mutation ($input: ByIdInput!) { revokeOAuthClient(input: $input) { userErrors { code } } }', {
    input: { id: oauthClient.id },
  });
  expect((await ask(bearer(token))).status).toBe(401);
  expect((await askToken()).statusCode).toBe(401);
  const metadata = await app.app.server.fastify.inject('/.well-known/oauth-authorization-server/auth');
  expect(metadata.json()).toMatchObject({ grant_types_supported: ['client_credentials'] });
});

describe('somebody who is invited', () => {
  test('chooses a password by a link that works once, and signs in with a token or a cookie', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const email = `marta@${organization.slug}.example.com`;
    const invited = await owner.data(INVITE, { input: { email, name: 'Marta Ruiz', role: 'MANAGER' } });
    expect(invited.inviteMember.member.status).toBe('INVITED');
    const input = { token: tokenIn(invited.inviteMember.link), password: PASSWORD };
    const short = await app.anonymous.data(ACCEPT, { input: { ...input, password: 'short' } });
    expect(short.acceptInvitation.userErrors).toEqual([{ field: 'password', code: 'INVALID' }]);
    expect((await app.anonymous.data(ACCEPT, { input })).acceptInvitation).toEqual({ email, userErrors: [] });
    expect((await app.anonymous.data(ACCEPT, { input })).acceptInvitation.userErrors).toEqual([
      { field: 'token', code: 'NOT_FOUND' },
    ]);
    const taken = await owner.data(INVITE, { input: { email, name: 'Marta', role: 'AGENT' } });
    expect(taken.inviteMember.userErrors).toEqual([{ field: 'email', code: 'TAKEN' }]);

    const signedIn = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/auth/sign-in/email',
      payload: { email, password: PASSWORD },
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly/i);
    for (const headers of [bearer(signedIn.json<{ token: string }>().token), { cookie }])
      expect(await ask(headers, '{ me { email role } }')).toMatchObject({ data: { me: { email, role: 'MANAGER' } } });
    expect((await ask({ cookie: cookie.replace(/.$/, '') })).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  test('is refused at once when they are deactivated, and let in again when they are reactivated', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const memberId = await organization.member('Marta Ruiz');
    const agent = await organization.as('AGENT', { memberId });
    expect((await agent.send('{ me { id } }')).errors).toBeUndefined();
    const id = organization.publicId('member', memberId);
    const change = (mutation: string) =>
      owner.data(
        `mutation ($input: ByIdInput!) { ${mutation}(input: $input) { member { status } userErrors { code } } }`,
        { input: { id } },
      );
    expect((await change('deactivateMember')).deactivateMember.member.status).toBe('DEACTIVATED');
    expect((await agent.send('{ me { id } }')).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const again = bearer(await signIn(app.app, `${memberId}@example.com`));
    expect((await ask(again)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
    await change('reactivateMember');
    expect((await ask(again)).status).toBe(200);
  });

  test('to a second organisation keeps the password they have, and says in which organisation they act', async () => {
    const [first, second] = [await app.organization(), await app.organization()];
    const email = `both@${first.slug}.example.com`;
    const invite = async (organization: typeof first, role: string) =>
      tokenIn(
        (await (await organization.as('OWNER')).data(INVITE, { input: { email, name: 'Both', role } })).inviteMember
          .link,
      );
    await app.anonymous.data(ACCEPT, { input: { token: await invite(first, 'ADMIN'), password: PASSWORD } });
    const token = await invite(second, 'AGENT');
    const stolen = await app.anonymous.data(ACCEPT, { input: { token, password: 'chosen by somebody else' } });
    expect(stolen.acceptInvitation.userErrors).toEqual([{ field: 'password', code: 'INVALID' }]);
    expect((await app.anonymous.data(ACCEPT, { input: { token, password: PASSWORD } })).acceptInvitation.email).toBe(
      email,
    );

    const session = bearer(await signIn(app.app, email));
    expect((await ask(session)).errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await ask({ ...session, 'x-organization': first.slug })).data.viewer.role).toBe('ADMIN');
    expect((await ask({ ...session, 'x-organization': second.slug })).data.viewer.role).toBe('AGENT');
    expect((await ask({ ...session, 'x-organization': 'no-such' })).errors[0].extensions.code).toBe('FORBIDDEN');
  });
});

describe('the first owner', () => {
  let fresh: TestApp;
  beforeAll(async () => {
    fresh = await openTestApp({ WORKER: 'off' });
  });
  afterAll(() => fresh?.close());

  test('is one, whoever comes first of twenty at once with ten links', async () => {
    const { access, database } = fresh.app;
    const { slug } = await fresh.organization();
    const links = await Promise.all(Array.from({ length: 10 }, () => issueFirstOwnerLink(access)));
    expect(links[0]!.text).toContain(links[0]!.url);
    const weak = { token: links[0]!.token, name: 'Ana', email: 'ana@example.com', password: 'short' };
    expect((await fresh.anonymous.data(SET_UP, { input: weak })).setUpFirstOwner.userErrors).toEqual([
      { field: 'password', code: 'INVALID' },
    ]);
    // Hashing passwords staggers them, so they are held up until several stand at the door together.
    const holder = new pg.Client({ connectionString: String(database.system.options.connectionString) });
    await holder.connect();
    await holder.query('begin; lock table members in share row exclusive mode');
    const racing = Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        fresh.anonymous.send(SET_UP, {
          input: { token: links[at % 10]!.token, name: 'Ana', email: `ana${at}@example.com`, password: PASSWORD },
        }),
      ),
    );
    const waiting = async () =>
      (await holder.query<{ count: number }>('select count(*)::integer from pg_locks where not granted')).rows[0]!
        .count;
    while ((await waiting()) < 3) await new Promise(done => setTimeout(done, 10));
    await holder.query('commit');
    await holder.end();
    const attempts = await racing;
    expect(attempts.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const made = attempts.map(({ data }) => data.setUpFirstOwner).filter(({ organization }) => organization);
    expect(made).toHaveLength(1);
    const members = await database.system.query('select role, email from members');
    expect(members.rows).toEqual([{ role: 'OWNER', email: made[0].email }]);
    expect(made[0].organization).toBe(slug);
    expect((await database.system.query('select email from auth.user')).rows).toEqual([{ email: made[0].email }]);
    expect(await issueFirstOwnerLink(access)).toBeNull();
    const again = { token: links[1]!.token, name: 'Eve', email: 'eve@example.com', password: PASSWORD };
    expect((await fresh.anonymous.data(SET_UP, { input: again })).setUpFirstOwner.userErrors).toHaveLength(1);
    expect(await signIn(fresh.app, made[0].email)).toBeTruthy();
  });

  test('of an instance without organisations makes one, by a page that needs no script', async () => {
    const empty = await openTestApp({ WORKER: 'off' });
    try {
      const { token, url } = (await issueFirstOwnerLink(empty.app.access))!;
      const { fastify } = empty.app.server;
      expect((await fastify.inject(url.replace(/^[^/]*\/\/[^/]*/, ''))).body).toContain('Set up the first owner');
      const form = { token, name: 'Ana', email: 'ana@example.com', password: PASSWORD, organizationName: 'Bakery' };
      const sent = await fastify.inject({
        method: 'POST',
        url: '/setup',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
      expect(sent.statusCode).toBe(200);
      const session = await signIn(empty.app, 'ana@example.com');
      const asked = await fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: bearer(session),
        payload: { query: '{ organization { slug name } viewer { role } }' },
      });
      expect(asked.json().data).toEqual({ organization: { slug: 'main', name: 'Bakery' }, viewer: { role: 'OWNER' } });
    } finally {
      await empty.close();
    }
  });

  test('who was invited fills in a page that needs no script', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const email = `page@${organization.slug}.example.com`;
    const { link } = (await owner.data(INVITE, { input: { email, name: '<b>Page</b>', role: 'AGENT' } })).inviteMember;
    const { pathname, search } = new URL(link);
    const { fastify } = app.app.server;
    const page = await fastify.inject({ url: pathname + search, headers: { 'accept-language': 'pt-BR' } });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('Aceitar o convite');
    expect(page.body).toContain('&lt;b&gt;Page&lt;/b&gt;');
    const send = (password: string) =>
      fastify.inject({
        method: 'POST',
        url: pathname,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'es' },
        payload: new URLSearchParams({ token: tokenIn(link), name: 'Page', email, password }).toString(),
      });
    expect((await send('short')).statusCode).toBe(422);
    expect((await send(PASSWORD)).body).toContain(email);
    expect((await send(PASSWORD)).body).toContain('Este enlace ya se usó');
    expect((await fastify.inject(pathname + search)).statusCode).toBe(404);
    expect(await signIn(app.app, email)).toBeTruthy();
  });
});
