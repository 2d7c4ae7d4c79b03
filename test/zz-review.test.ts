import { afterAll, beforeAll, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { openTestApp, type TestApp } from './support/app.js';
let t: TestApp;
const out = (...a: unknown[]) => process.stderr.write(`ZZ ${a.map(x => (typeof x === 'string' ? x : JSON.stringify(x))).join(' ').slice(0, 600)}\n`);
beforeAll(async () => { t = await openTestApp({ MAX_SUBSCRIPTIONS: '2' }); }, 40000);
afterAll(() => t.close());
const step = async (name: string, work: () => Promise<void>) => { try { await work(); } catch (e) { out(name, 'FAILED', String(e)); } };
test('review', async () => {
  const org = await t.organization();
  const owner = await org.as('OWNER');
  const { server, database } = t.app;
  await step('subs', async () => {
    await server.fastify.listen({ port: 0, host: '127.0.0.1' });
    const port = (server.fastify.server.address() as any).port;
    const ws = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
    const errors: string[] = [];
    await new Promise<void>((done, fail) => {
      ws.on('error', fail);
      ws.on('open', () => ws.send(JSON.stringify({ type: 'connection_init', payload: { authorization: owner.authorization } })));
      ws.on('message', m => { const x = JSON.parse(String(m)); if (x.type === 'connection_ack') { for (let i = 0; i < 6; i++) ws.send(JSON.stringify({ id: `s${i}`, type: 'subscribe', payload: { query: 'subscription{postReceived{cursor}}' } })); setTimeout(done, 1500); } else errors.push(x.type + ':' + JSON.stringify(x.payload)?.slice(0, 120)); });
    });
    out('6 subscriptions, limit 2: open', t.app.hub.subscribers, errors);
    ws.close();
  });
  await step('bomb', async () => {
    for (const n of [6, 9, 11]) {
      const f = Array.from({ length: n }, (_, i) => `fragment F${i} on SocialIdentity{a:customer{identities{...F${i + 1}}} b:customer{identities{...F${i + 1}}}}`).join('\n');
      const s = performance.now(); const p: any = server.executor.prepare(`{socialIdentities{edges{node{...F0}}}}\n${f}\nfragment F${n} on SocialIdentity{id}`);
      out('bomb', n, Math.round(performance.now() - s), 'ms', p.run ? 'compiled' : String(p[0]));
    }
  });
  await step('or width', async () => {
    const or = Array.from({ length: 70000 }, () => ({ own: true }));
    const s = performance.now(); const r: any = await owner.send('query($f:PostFilter){posts(filter:$f){edges{node{id}}}}', { f: { or } });
    out('or 70k', Math.round(performance.now() - s), r.errors?.[0]?.message ?? r.data, r.extensions);
    const r2: any = await owner.send('query($f:PostFilter){posts(filter:$f){edges{node{id}}}}', { f: { or: or.slice(0, 8000) } });
    out('or 8k', Math.round(performance.now() - s), r2.errors?.[0]?.message ?? r2.data);
  });
  await step('micros', async () => {
    await database.system.query(`insert into customers (organization_id,id,kind,display_name,created_at) values ($1,'01890000-0000-7000-8000-000000000001','PERSON','Z','2026-01-01 00:00:00.123456Z')`, [org.id]);
    const r: any = await owner.send('{customers(filter:{createdAt:{eq:"2026-01-01T00:00:00.123456Z"}}){totalCount edges{node{createdAt}}} b:customers(filter:{createdAt:{gt:"2026-01-01T00:00:00.123456Z"}}){totalCount}}');
    out('micros', r);
  });
  await step('url index', async () => {
    const c = await database.system.connect();
    await c.query('begin');
    await c.query(`insert into social_identities (organization_id,id,network,handle,handle_key,url) select $1,gen_random_uuid(),'TWITTER','h'||i,'h'||i,'https://e.example/'||i from generate_series(1,60000) i`, [org.id]);
    await c.query(`insert into contact_points (organization_id,id,customer_id,kind,value,verified_at) values ($1,gen_random_uuid(),'01890000-0000-7000-8000-000000000001','EMAIL','z@e.example',now())`, [org.id]);
    await c.query('analyze social_identities'); await c.query('analyze contact_points');
    const { rows } = await c.query(`explain analyze select i.id from social_identities i join contact_points c on c.organization_id = i.organization_id and ((c.kind = 'EMAIL' and c.value = i.verified_email and c.verified_at is not null) or (c.kind = 'PHONE' and c.value = i.verified_phone and c.verified_at is not null) or (c.kind = 'WEBSITE' and c.value = i.url and c.verified_at is not null)) join customers k on k.organization_id=c.organization_id and k.id=c.customer_id and k.deleted_at is null where i.organization_id=$1 and c.customer_id='01890000-0000-7000-8000-000000000001'::uuid and i.customer_id is null for update of i`, [org.id]);
    out('explain', rows.map((r: any) => r['QUERY PLAN'].trim()).filter((l: string) => /Scan|Join|Loop|Execution/.test(l)).join(' | '));
    await c.query('rollback'); c.release();
  });
}, 80000);
