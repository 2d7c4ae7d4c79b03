import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { pino } from 'pino';
import { createAuth } from '../src/modules/access/credentials/auth.server.js';
import {
  BASE_URL,
  type Fixture,
  FORM_TYPE,
  GRANT,
  JSON_TYPE,
  openFixture,
  PASSWORD,
  SECRET,
} from './support/credentials.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture();
}, 60_000);

afterAll(() => fixture?.close());

describe('the schema', () => {
  test('leaves better-auth nothing to migrate, and is in a PostgreSQL schema of its own', async () => {
    const noticed: string[] = [];
    const auth = createAuth({
      pool: fixture.pool,
      secret: SECRET,
      baseUrl: BASE_URL,
      log: pino({ level: 'warn' }, { write: line => noticed.push(line) }),
      onSessionEnded: () => undefined,
      onBackgroundWork: () => undefined,
    });
    const left = await getMigrations(auth.options as Parameters<typeof getMigrations>[0]);
    expect(left).toMatchObject({ toBeCreated: [], toBeAdded: [], toBeAddedIndexes: [], schemaProblems: [] });
    await auth.$context;
    // Its generator makes the column bigint, which its check then finds under the name int8.
    expect(noticed.filter(line => !line.includes('Field lastRequest in table rateLimit'))).toEqual([]);
    const { rows } = await fixture.pool.query(`select schemaname from pg_tables where tablename in ('user', 'apikey')`);
    expect(rows).toEqual([{ schemaname: 'auth' }, { schemaname: 'auth' }]);
  });
});

test('the role that answers queries cannot read a login or a secret', async () => {
  const app = new pg.Client({ connectionString: fixture.database.appUrl });
  await app.connect();
  await expect(app.query('select from auth.account')).rejects.toMatchObject({ code: '42501' });
  await app.end();
});

describe('signing in', () => {
  test('gives a bearer token and a cookie that both name the user, until signing out', async () => {
    const { userId } = await fixture.credentials.createUser({
      email: 'Owner@Example.com',
      name: 'Owner',
      password: PASSWORD,
    });
    const signedIn = await fixture.signIn('owner@example.com', PASSWORD);
    expect(signedIn.status).toBe(200);
    const { token } = (await signedIn.json()) as { token: string };
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).not.toMatch(/Secure/i);
    const pair = cookie.split(';')[0] ?? '';

    const byToken = await fixture.credentials.authenticate(`Bearer ${token}`);
    expect(byToken).toMatchObject({ kind: 'user', userId });
    expect(await fixture.credentials.authenticate(undefined, new Headers({ cookie: pair }))).toEqual(byToken);
    expect(await fixture.credentials.authenticate(`bearer ${encodeURIComponent(token)}`)).toEqual(byToken);

    const stored = token.split('.')[0] ?? '';
    const byStored = await fixture.send('GET', '/auth/get-session', { authorization: `Bearer ${stored}` });
    expect(await byStored.json()).toBeNull();
    const session = await fixture.send('GET', '/auth/get-session', { cookie: pair });
    expect(await session.json()).toMatchObject({ user: { email: 'owner@example.com' } });
    const foreign = await fixture.send('POST', '/auth/sign-out', { cookie: pair, origin: 'https://evil.example.com' });
    expect(foreign.status).toBe(403);
    expect((await fixture.send('POST', '/auth/sign-out', { cookie: pair, origin: BASE_URL })).status).toBe(200);
    expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toEqual({ kind: 'invalid' });
    expect(await fixture.credentials.authenticate(undefined, new Headers({ cookie: pair }))).toEqual({
      kind: 'invalid',
    });
  });

  test('marks the cookie secure where the server is reached by https', async () => {
    await fixture.credentials.createUser({ email: 'secure@example.com', name: 'Secure', password: PASSWORD });
    const behindTls = await fixture.open({ baseUrl: 'https://crm.example.com' });
    const body = JSON.stringify({ email: 'secure@example.com', password: PASSWORD });
    const request = new Request('https://crm.example.com/auth/sign-in/email', {
      method: 'POST',
      headers: JSON_TYPE,
      body,
    });
    const cookie = (await behindTls.handler(request, fixture.nextAddress())).headers.get('set-cookie');
    expect(cookie).toMatch(/^__Secure-.*Secure/);
  });

  test('does not tell an unknown address from a wrong password', async () => {
    await fixture.credentials.createUser({ email: 'known@example.com', name: 'Known', password: PASSWORD });
    const wrong = await fixture.signIn('known@example.com', 'not the password');
    const unknown = await fixture.signIn('unknown@example.com', 'not the password');
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
    expect(wrong.status).toBe(401);
  });

  test('is refused after ten attempts a minute from one address, and says when to come back', async () => {
    const from = fixture.nextAddress();
    const answers: Response[] = [];
    for (let attempt = 0; attempt < 11; attempt++)
      answers.push(await fixture.signIn('nobody@example.com', 'a wrong one', from));
    expect(answers.map(answer => answer.status)).toEqual([...Array(10).fill(401), 429]);
    expect(Number(answers[10]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fixture.signIn('nobody@example.com', 'a wrong one')).status).toBe(401);
  });

  test('is not shown a way to sign up, or to make keys and clients', async () => {
    const closed = [
      'sign-up/email',
      'api-key/create',
      'oauth2/create-client',
      'oauth2/register',
      'token',
      'update-user',
    ];
    for (const path of [...closed, 'sign-in/email/', '/sign-in/email', '%73ign-up/email']) {
      expect([path, (await fixture.send('POST', `/auth/${path}`, {}, '{}')).status]).toEqual([path, 404]);
    }
  });

  test('with a body that cannot be read is the sender’s mistake', async () => {
    for (const body of ['{', '[]', 'null', '{"email":1}', '{"email":"a\\u0000@example.com","password":"x"}']) {
      expect([body, (await fixture.send('POST', '/auth/sign-in/email', {}, body)).status]).toEqual([body, 400]);
    }
    const nul = 'grant_type=client_credentials&client_id=a%00&client_secret=%00';
    expect((await fixture.send('POST', '/auth/oauth2/token', FORM_TYPE, nul)).status).toBe(400);
  });

  test('with a changed password ends the other sessions, and with a set one all of them', async () => {
    const email = 'changing@example.com';
    const { userId } = await fixture.credentials.createUser({ email, name: 'Changing', password: PASSWORD });
    const elsewhere = await fixture.tokenOf(email, PASSWORD);
    const here = await fixture.tokenOf(email, PASSWORD);
    expect(await fixture.credentials.authenticate(`Bearer ${elsewhere}`)).toMatchObject({ kind: 'user' });
    const changed = await fixture.send(
      'POST',
      '/auth/change-password',
      { authorization: `Bearer ${here}` },
      JSON.stringify({ currentPassword: PASSWORD, newPassword: 'another long one', revokeOtherSessions: false }),
    );
    expect(changed.status).toBe(200);
    const { token } = (await changed.json()) as { token: string };
    expect(await fixture.credentials.authenticate(`Bearer ${elsewhere}`)).toEqual({ kind: 'invalid' });
    expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'user', userId });
    await fixture.credentials.setPassword(userId, 'and yet another one');
    expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toEqual({ kind: 'invalid' });
    await fixture.credentials.removeUser(userId);
    expect((await fixture.signIn(email, 'and yet another one')).status).toBe(401);
    expect(await fixture.credentials.findUser(email)).toBeNull();
  });
});

describe('a user', () => {
  test('needs an address nobody has, and a password of ten characters', async () => {
    const created = await fixture.credentials.createUser({
      email: 'twice@example.com',
      name: 'Once',
      password: PASSWORD,
    });
    expect(await fixture.credentials.findUser(' Twice@example.com ')).toEqual({ userId: created.userId, name: 'Once' });
    const again = { email: 'TWICE@example.com', name: 'Again', password: PASSWORD };
    await expect(fixture.credentials.createUser(again)).rejects.toMatchObject({
      problems: [{ field: 'email', code: 'TAKEN' }],
    });
    const short = { email: 'short@example.com', name: 'Short', password: 'ninechars' };
    await expect(fixture.credentials.createUser(short)).rejects.toMatchObject({ problems: [{ field: 'password' }] });
    const none = { email: 'not an address', name: 'None', password: PASSWORD };
    await expect(fixture.credentials.createUser(none)).rejects.toMatchObject({
      problems: [{ field: 'email', code: 'INVALID' }],
    });
    expect(await fixture.credentials.findUser('short@example.com')).toBeNull();
  });

  test('is made once when two ask at the same moment', async () => {
    const input = { email: 'race@example.com', name: 'Race', password: PASSWORD };
    const outcomes = await Promise.allSettled([
      fixture.credentials.createUser(input),
      fixture.credentials.createUser(input),
    ]);
    expect(outcomes.map(outcome => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await fixture.signIn(input.email, PASSWORD)).status).toBe(200);
  });
});

describe('a one-time link', () => {
  test('works once when twenty try it at the same moment in several processes', async () => {
    const setup = { purpose: 'first-owner', organizationId: 'organization_1' } as const;
    const token = await fixture.credentials.issueSetupToken({ ...setup, ttlSeconds: 60 });
    const others = await Promise.all([fixture.open(), fixture.open(), fixture.open()]);
    expect(await fixture.credentials.readSetupToken('first-owner', token)).toEqual(setup);
    const tries = Array.from({ length: 20 }, (_, n) => others[n % 3]!.consumeSetupToken('first-owner', token));
    const taken = (await Promise.all(tries)).filter(Boolean);
    expect(taken).toEqual([setup]);
    expect(await fixture.credentials.readSetupToken('first-owner', token)).toBeNull();
  });

  test('works for its own purpose only, and not after its time', async () => {
    const token = await fixture.credentials.issueSetupToken({
      purpose: 'invitation',
      subject: 'invitation_1',
      ttlSeconds: 60,
    });
    expect(await fixture.credentials.consumeSetupToken('first-owner', token)).toBeNull();
    expect(await fixture.credentials.consumeSetupToken('invitation', 'garbage')).toBeNull();
    expect(await fixture.credentials.consumeSetupToken('invitation', token)).toEqual({
      purpose: 'invitation',
      subject: 'invitation_1',
    });
    const late = await fixture.credentials.issueSetupToken({
      purpose: 'password-reset',
      subject: 'user_1',
      ttlSeconds: 0,
    });
    expect(await fixture.credentials.readSetupToken('password-reset', late)).toBeNull();
    expect(await fixture.credentials.consumeSetupToken('password-reset', late)).toBeNull();
  });
});

test('neither the log nor the database holds a secret that could be used', async () => {
  const { key } = await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: 'key_secret' });
  const client = await fixture.credentials.createOAuthClient(GRANT);
  const link = await fixture.credentials.issueSetupToken({ purpose: 'first-owner', ttlSeconds: 60 });
  const token = await fixture.accessToken({}, client);
  const { rows } = await fixture.pool.query<{ xml: string }>(
    `select schema_to_xml('auth', false, false, '')::text as xml`,
  );
  for (const secret of [key, client.clientSecret.slice(4), link, token.slice(4), PASSWORD, SECRET]) {
    expect(rows[0]?.xml).not.toContain(secret);
    expect(fixture.lines.join('')).not.toContain(secret);
  }
  expect(fixture.lines.join('')).not.toContain('@example.com');
});

test('a schema that is not migrated is said at the start', async () => {
  await fixture.pool.query('alter table auth.session rename to renamed');
  try {
    await expect(fixture.open()).rejects.toThrow('session');
  } finally {
    await fixture.pool.query('alter table auth.renamed rename to session');
  }
});

test('a short secret is refused before anything is opened', async () => {
  await expect(fixture.open({ secret: 'short' })).rejects.toThrow('32 characters');
});
