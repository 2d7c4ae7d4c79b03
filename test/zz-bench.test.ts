import { test } from '@jest/globals';
import { BASE_URL, FORM_TYPE, GRANT, openFixture, PASSWORD } from './support/credentials.js';

test('bench', async () => {
  const t0 = performance.now();
  const f = await openFixture();
  const out: unknown[] = [`fixture ${(performance.now() - t0).toFixed(0)} ms`];
  for (const [b, h] of [
    ['{', {}],
    ['[]', {}],
    ['null', {}],
    ['{"email":1}', {}],
    ['{"email":"a@b.co","password":"\\u0000"}', {}],
    ['{"email":"a\\u0000@b.co","password":"x"}', {}],
    ['x=1', FORM_TYPE],
    [JSON.stringify({ email: 'a@b.co', password: 'x'.repeat(1e6) }), {}],
  ] as const) {
    const r = await f.send('POST', '/auth/sign-in/email', h, b);
    out.push([b.slice(0, 40), r.status, (await r.text()).slice(0, 120)]);
  }
  for (const b of [
    '',
    '{}',
    'grant_type=client_credentials',
    'grant_type=client_credentials&client_id=a&client_id=b&client_secret=c',
    'grant_type=client_credentials&client_id=a%00&client_secret=%00',
  ]) {
    const r = await f.send('POST', '/auth/oauth2/token', FORM_TYPE, b || ' ');
    out.push([b, r.status, (await r.text()).slice(0, 120)]);
  }
  {
    const r = await f.send(
      'POST',
      '/auth/oauth2/token',
      { ...FORM_TYPE, authorization: 'Basic !!!' },
      'grant_type=client_credentials',
    );
    out.push(['bad basic', r.status, await r.text()]);
  }
  const client = await f.credentials.createOAuthClient(GRANT);
  await f.credentials.createUser({ email: 'a@example.com', name: 'A', password: PASSWORD });
  const N = 300;
  const kinds: Record<string, () => Promise<string>> = {
    apiKey: async () => (await f.credentials.createApiKey({ ...GRANT, apiKeyId: 'k' })).key,
  };
  const sets: Record<string, string[]> = { apiKey: [], session: [], opaque: [], jwt: [] };
  for (let i = 0; i < N; i++) sets.apiKey!.push(await kinds.apiKey!());
  for (let i = 0; i < 40; i++) {
    sets.session!.push(await f.tokenOf('a@example.com', PASSWORD));
    sets.opaque!.push(await f.accessToken({}, client));
    sets.jwt!.push(await f.accessToken({ resource: BASE_URL }, client));
  }
  const fresh = await f.open();
  for (const [kind, tokens] of Object.entries(sets)) {
    for (const round of ['cold', 'warm', 'warm2']) {
      const ts: number[] = [];
      for (const t of tokens) {
        const s = performance.now();
        const v = await fresh.authenticate(`Bearer ${t}`);
        ts.push(performance.now() - s);
        if (v?.kind === 'invalid') throw new Error(kind);
      }
      ts.sort((a, b) => a - b);
      out.push(
        `${kind} ${round} p50 ${ts[ts.length >> 1]!.toFixed(4)} p99 ${ts[Math.floor(ts.length * 0.99)]!.toFixed(3)} max ${ts.at(-1)!.toFixed(2)} ms n=${ts.length}`,
      );
    }
  }
  const s = performance.now();
  const o = await f.open();
  out.push(`open ${(performance.now() - s).toFixed(1)} ms`);
  void o;
  {
    const s = performance.now();
    for (let i = 0; i < 1000; i++) await f.credentials.authenticate(`Bearer vnc_${'ab'.repeat(20)}`);
    out.push(`unknown key ${((performance.now() - s) / 1000).toFixed(3)} ms`);
  }
  (await import('node:fs')).writeFileSync('/tmp/credpg/out.json', JSON.stringify(out, null, 1));
  await f.close();
}, 120000);
