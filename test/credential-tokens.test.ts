import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import type { Verdict } from '../src/modules/access/credentials/index.js';
import { Role } from '../src/modules/access/roles.js';
import { BASE_URL, type Fixture, FORM_TYPE, GRANT, JSON_TYPE, openFixture, PASSWORD } from './support/credentials.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture();
}, 60_000);

afterAll(() => fixture?.close());

describe('an API key', () => {
  test('names its organisation and role until it is revoked, here at once and elsewhere within seconds', async () => {
    const { key, start, authKeyId } = await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: 'key_1' });
    expect(key).toMatch(/^vnc_[A-Za-z]{40}$/);
    expect(key.startsWith(start)).toBe(true);
    expect(start).toHaveLength(10);
    const elsewhere = await fixture.open();
    const verdict = { kind: 'apiKey', apiKeyId: 'key_1', organizationId: 'organization_1', role: 'AGENT' };
    expect(await fixture.credentials.authenticate(`Bearer ${key}`)).toEqual(verdict);
    expect(await elsewhere.authenticate(`Bearer ${key}`)).toEqual(verdict);
    await fixture.credentials.revokeApiKey(authKeyId);
    expect(await fixture.credentials.authenticate(`Bearer ${key}`)).toEqual({ kind: 'invalid' });
    await until(async () => (await elsewhere.authenticate(`Bearer ${key}`))?.kind === 'invalid', 6_000);
    await fixture.credentials.revokeApiKey(authKeyId);
  });

  test('that is revoked while it is being read is not remembered', async () => {
    for (let round = 0; round < 20; round++) {
      const { key, authKeyId } = await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: `key_race_${round}` });
      const reads = Promise.all([1, 2, 3].map(() => fixture.credentials.authenticate(`Bearer ${key}`)));
      await fixture.credentials.revokeApiKey(authKeyId);
      await reads;
      expect(await fixture.credentials.authenticate(`Bearer ${key}`)).toEqual({ kind: 'invalid' });
    }
  });

  test('ends when it says', async () => {
    const tooLate = { ...GRANT, apiKeyId: 'key_late', expiresAt: new Date(Date.now() - 1000) };
    await expect(fixture.credentials.createApiKey(tooLate)).rejects.toMatchObject({
      problems: [{ field: 'expiresAt' }],
    });
    const input = { ...GRANT, apiKeyId: 'key_short', expiresAt: new Date(Date.now() + 2_000) };
    const { key } = await fixture.credentials.createApiKey(input);
    const verdict = (await fixture.credentials.authenticate(`Bearer ${key}`)) as Verdict;
    expect(verdict).toMatchObject({ kind: 'apiKey', apiKeyId: 'key_short' });
    expect(Math.abs(verdict.expiresAt!.getTime() - input.expiresAt.getTime())).toBeLessThan(1_000);
    await until(async () => (await fixture.credentials.authenticate(`Bearer ${key}`))?.kind === 'invalid', 3_000);
  });

  test('is verified without a write, and remembered without a query, like every other token', async () => {
    await fixture.credentials.createUser({ email: 'reader@example.com', name: 'Reader', password: PASSWORD });
    const tokens = [
      await fixture.tokenOf('reader@example.com', PASSWORD),
      await fixture.accessToken({}),
      await fixture.accessToken({ resource: BASE_URL }),
    ];
    for (let n = 0; n < 20; n++) {
      tokens.push((await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: `key_many_${n}` })).key);
    }
    const before = await rowsWritten();
    for (const token of tokens) await fixture.credentials.authenticate(`Bearer ${token}`);
    expect(await rowsWritten()).toBe(before);
    const statements = countStatements();
    for (const token of tokens) {
      expect((await fixture.credentials.authenticate(`Bearer ${token}`))?.kind).not.toBe('invalid');
    }
    expect(statements.stop()).toBe(0);
  });
});

describe('a token that is no good', () => {
  test('is invalid whatever is wrong with it, and no token at all is nobody', async () => {
    expect(await fixture.credentials.authenticate(undefined)).toBeNull();
    expect(await fixture.credentials.authenticate('')).toBeNull();
    expect(await fixture.credentials.authenticate(undefined, new Headers({ cookie: 'other=1' }))).toBeNull();
    const { key } = await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: 'key_garbled' });
    await fixture.credentials.createUser({ email: 'garbled@example.com', name: 'Garbled', password: PASSWORD });
    const session = await fixture.tokenOf('garbled@example.com', PASSWORD);
    const { rows } = await fixture.pool.query<{ token: string }>(
      'select token from auth.session order by "createdAt" desc limit 1',
    );
    const jwt = await fixture.accessToken({ resource: BASE_URL });
    const [header, payload, signature] = jwt.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const bad = [
      'x',
      'vnc_',
      `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`,
      `${key}a`,
      key.slice(0, -1),
      key.toUpperCase(),
      `vnt_${'a'.repeat(32)}`,
      'a'.repeat(100_000),
      `vnc_${'a'.repeat(1_000_000)}`,
      `${'a'.repeat(2_000)}.${'b'.repeat(2_000)}.${'c'.repeat(90)}`,
      rows[0]?.token ?? '',
      `${session.slice(0, 32)}.${'A'.repeat(43)}=`,
      `${session.startsWith('b') ? 'c' : 'b'}${session.slice(1)}`,
      `${session}.x`,
      '..',
      'a.b.c',
      'eyJhbGciOiJIUzI1NiJ9.e30.AAAA',
      'eyJhbGciOiJFZERTQSJ9.bm90anNvbg.AAAA',
      `${none}.${payload}.${signature}`,
      `${none}.${payload}.`,
      `${header}.${payload}.${'A'.repeat(signature.length)}`,
      `${header}.${Buffer.from('{"azp":"x","aud":"y"}').toString('base64url')}.${signature}`,
      '\u0000',
      "' or 1=1 --",
      'тест',
    ];
    for (const token of bad) {
      expect([token.slice(0, 60), await fixture.credentials.authenticate(`Bearer ${token}`)]).toEqual([
        token.slice(0, 60),
        { kind: 'invalid' },
      ]);
    }
    for (const header of ['Bearer', 'Bearer ', `Basic ${key}`, key, `Bearer ${key} ${key}`, `Bearer  `]) {
      expect([header, await fixture.credentials.authenticate(header)]).toEqual([header, { kind: 'invalid' }]);
    }
    const cookie = 'vinculo.session_token=%E0%A4%A';
    expect(await fixture.credentials.authenticate(undefined, new Headers({ cookie }))).toEqual({ kind: 'invalid' });
    expect(await fixture.credentials.authenticate(`Bearer ${key}`)).toMatchObject({ kind: 'apiKey' });
  });

  test('is an error, not a verdict, when the database does not answer', async () => {
    const { key } = await fixture.credentials.createApiKey({ ...GRANT, apiKeyId: 'key_down' });
    const lost = new pg.Pool({ connectionString: fixture.database.ownerUrl });
    const cutOff = await fixture.open({ pool: lost });
    await lost.end();
    for (const token of [key, `vnt_${'a'.repeat(32)}`, await fixture.accessToken({ resource: BASE_URL })]) {
      await expect(cutOff.authenticate(`Bearer ${token}`)).rejects.toThrow();
    }
    const body = JSON.stringify({ email: 'nobody@example.com', password: PASSWORD });
    const request = new Request(`${BASE_URL}/auth/sign-in/email`, { method: 'POST', headers: JSON_TYPE, body });
    expect((await cutOff.handler(request, fixture.nextAddress())).status).toBe(500);
  });
});

describe('an OAuth client', () => {
  test.each(['header', 'body'] as const)('gets a ten-minute token with its secret in the %s', async place => {
    const client = await fixture.credentials.createOAuthClient({ ...GRANT, role: Role.PARTNER });
    for (const resource of [undefined, BASE_URL]) {
      const answer = await fixture.askToken(client, place, { resource });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const body = (await answer.json()) as { access_token: string; expires_in: number; token_type: string };
      expect(body).toMatchObject({ expires_in: 600, token_type: 'Bearer' });
      expect(body.access_token).toMatch(resource ? /^eyJ/ : /^vnt_/);
      const verdict = (await fixture.credentials.authenticate(`Bearer ${body.access_token}`)) as Verdict;
      const { clientId } = client;
      const expected = {
        kind: 'oauthClient',
        clientId,
        organizationId: 'organization_1',
        role: 'PARTNER',
        scopes: ['graphql'],
      };
      expect(verdict).toMatchObject(expected);
      expect(Math.abs(verdict.expiresAt!.getTime() - Date.now() - 600_000)).toBeLessThan(5_000);
    }
  });

  test('gets nothing with a wrong secret, scope, audience or grant', async () => {
    const client = await fixture.credentials.createOAuthClient(GRANT);
    const wrong = { ...client, clientSecret: `${client.clientSecret.slice(0, -1)}_` };
    expect((await fixture.askToken(wrong, 'header')).status).toBe(401);
    expect((await fixture.askToken(wrong, 'body')).status).toBe(401);
    expect((await fixture.askToken({ ...client, clientId: 'unknown' }, 'header')).status).toBe(401);
    expect((await fixture.askToken(client, 'header', { scope: 'graphql admin' })).status).toBe(400);
    expect((await fixture.askToken(client, 'header', { resource: 'https://elsewhere.example.com' })).status).toBe(400);
    expect((await fixture.askToken(client, 'header', { grant_type: 'authorization_code' })).status).toBe(400);
    await expect(fixture.credentials.createOAuthClient({ ...GRANT, scopes: ['admin'] })).rejects.toMatchObject({
      problems: [{ field: 'scopes' }],
    });
  });

  test('has a token for another audience refused here', async () => {
    const elsewhere = 'https://elsewhere.example.com';
    await fixture.pool.query(`insert into auth."oauthResource" (id, identifier, name) values ('1', $1, 'Elsewhere')`, [
      elsewhere,
    ]);
    const token = await fixture.accessToken({ resource: elsewhere });
    expect(token).toMatch(/^eyJ/);
    expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toEqual({ kind: 'invalid' });
    await fixture.pool.query(`delete from auth."oauthResource" where id = '1'`);
  });

  test('that is revoked has its tokens refused at once, of either kind', async () => {
    const client = await fixture.credentials.createOAuthClient(GRANT);
    const tokens = [await fixture.accessToken({}, client), await fixture.accessToken({ resource: BASE_URL }, client)];
    for (const token of tokens) {
      expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toMatchObject({ kind: 'oauthClient' });
    }
    await fixture.credentials.revokeOAuthClient(client.clientId);
    for (const token of tokens)
      expect(await fixture.credentials.authenticate(`Bearer ${token}`)).toEqual({ kind: 'invalid' });
    expect((await fixture.askToken(client, 'header')).status).toBe(401);
  });

  test('can give a token back, and an expired one is refused and swept', async () => {
    const client = await fixture.credentials.createOAuthClient(GRANT);
    const given = await fixture.accessToken({}, client);
    expect(await fixture.credentials.authenticate(`Bearer ${given}`)).toMatchObject({ kind: 'oauthClient' });
    const form = new URLSearchParams({ token: given, client_id: client.clientId, client_secret: client.clientSecret });
    expect((await fixture.send('POST', '/auth/oauth2/revoke', FORM_TYPE, form.toString())).status).toBe(200);
    expect(await fixture.credentials.authenticate(`Bearer ${given}`)).toEqual({ kind: 'invalid' });

    const old = await fixture.accessToken({}, client);
    await fixture.pool.query(`update auth."oauthAccessToken" set "expiresAt" = now() - interval '1 second'`);
    expect(await fixture.credentials.authenticate(`Bearer ${old}`)).toEqual({ kind: 'invalid' });
    expect(await fixture.credentials.sweep()).toBeGreaterThan(0);
    expect((await fixture.pool.query('select from auth."oauthAccessToken"')).rowCount).toBe(0);
  });

  test('has a token that ends after ten minutes, as a session does after a week', async () => {
    await fixture.credentials.createUser({ email: 'week@example.com', name: 'Week', password: PASSWORD });
    const session = await fixture.tokenOf('week@example.com', PASSWORD);
    const short = [await fixture.accessToken({}), await fixture.accessToken({ resource: BASE_URL })];
    const other = await fixture.open();
    await other.authenticate(`Bearer ${short[1]}`);
    const lives = [
      { tokens: short, seconds: 600 },
      { tokens: [session], seconds: 7 * 86_400 },
    ];
    for (const { tokens, seconds } of lives) {
      for (const token of tokens) {
        expect(await fixture.credentials.authenticate(`Bearer ${token}`)).not.toEqual({ kind: 'invalid' });
        const later = Date.now() + (seconds + 1) * 1000;
        jest.useFakeTimers({ now: later, doNotFake: [...TIMERS] });
        const verdicts = [fixture.credentials, other].map(each => each.authenticate(`Bearer ${token}`));
        expect(await Promise.all(verdicts).finally(() => jest.useRealTimers())).toEqual(
          Array(2).fill({ kind: 'invalid' }),
        );
      }
    }
  });

  test('finds the issuer described where the standard says', async () => {
    for (const path of [
      '/auth/.well-known/oauth-authorization-server',
      '/.well-known/oauth-authorization-server/auth',
    ]) {
      const answer = await fixture.send('GET', path);
      expect(await answer.json()).toMatchObject({
        issuer: `${BASE_URL}/auth`,
        token_endpoint: `${BASE_URL}/auth/oauth2/token`,
      });
    }
    expect(await (await fixture.send('GET', '/auth/jwks')).json()).toMatchObject({
      keys: [{ kid: expect.any(String) }],
    });
  });
});

/** Everything that makes time pass; only the date is changed. */
const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Rows written so far. Transactions are no measure: their numbers are shared with whatever else runs on the server. */
async function rowsWritten(): Promise<number> {
  // The counters of idle connections are flushed first.
  await fixture.pool.query('select pg_stat_force_next_flush()');
  const { rows } = await fixture.pool.query<{ written: number }>(
    `select sum(n_tup_ins + n_tup_upd + n_tup_del)::int as written from pg_stat_user_tables where schemaname = 'auth'`,
  );
  return rows[0]!.written;
}

function countStatements(): { stop: () => number } {
  let count = 0;
  const counting = () => {
    count += 1;
  };
  fixture.pool.on('acquire', counting);
  return {
    stop: () => {
      fixture.pool.off('acquire', counting);
      return count;
    },
  };
}

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not happen within ${withinMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
