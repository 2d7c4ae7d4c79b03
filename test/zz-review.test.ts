import { afterAll, beforeAll, test } from '@jest/globals';
import { ingest } from '../src/ingest/ingest.service.js';
import { openTestApp, type TestApp } from './support/app.js';
let t: TestApp;
const out = (...a: unknown[]) => process.stderr.write(`ZZ ${a.map(x => (typeof x === 'string' ? x : JSON.stringify(x))).join(' ').slice(0, 700)}\n`);
beforeAll(async () => { t = await openTestApp({ DATABASE_POOL_SIZE: '2', WORKER: 'none' } as never).catch(async () => openTestApp({ DATABASE_POOL_SIZE: '2' })); }, 40000);
afterAll(() => t.close());
const ev = (id: string, revision: string, text: string, extra: object = {}) => ({ op: 'upsert', ref: { id }, revision, kind: 'MENTION', author: { handle: 'ana' }, text, media: [], own: false, auto: false, occurredAt: new Date('2026-01-01T00:00:00Z'), ...extra }) as never;
const step = async (name: string, work: () => Promise<void>) => { try { await work(); } catch (e) { out(name, 'FAILED', String(e)); } };
test('review', async () => {
  const org = await t.organization();
  const owner = await org.as('OWNER');
  const scope = { organizationId: org.id, actor: 'system:x', requestId: 'r' };
  const { database, server } = t.app;
  await step('intro', async () => {
    const q = `{__schema{${Array.from({ length: 8 }, (_, i) => `a${i}:types{fields{type{fields{name}}}}`).join(' ')}}}`;
    const s = performance.now(); const r = await t.anonymous.send(q); const text = JSON.stringify(r);
    out('introspection 8 aliases', Math.round(performance.now() - s), 'ms', text.length, 'bytes', (r as any).extensions, r.errors?.[0]?.message ?? '');
  });
  await step('default', async () => {
    const a: any = await owner.send('query($n:Int=200){customers(first:$n){edges{node{id posts(first:$n){edges{node{id}}}}}}}');
    const b: any = await owner.send('{customers(first:200){edges{node{id posts(first:200){edges{node{id}}}}}}}');
    out('cost default', a.extensions?.cost?.requested, a.errors?.[0]?.message ?? '', 'literal', b.extensions?.cost?.requested, b.errors?.[0]?.message ?? '');
  });
  await step('like', async () => {
    await ingest(database, scope, [ev('l1', '1', 'Łódź straße'), ev('l2', '1', '한국 좋아요'), ev('l3', '1', 'plain ascii')], { network: 'TWITTER' as never });
    for (const w of ['Łódź', 'straße', '한국', 'plain']) {
      const r: any = await owner.send('query($w:String!){posts(filter:{text:{contains:$w}}){edges{node{text}}}}', { w });
      out('contains', w, r.data?.posts.edges.length, r.errors?.[0]?.message ?? '');
    }
  });
  await step('hidden order', async () => {
    const analyst = await org.as('ANALYST');
    await database.system.query(`insert into access_rules (organization_id, role, kind, scope, hidden_fields) values ($1,'ANALYST','POST','ALL','{priority}'),($1,'ANALYST','IDENTITY','TEAM','{}')`, [org.id]);
    await new Promise(d => setTimeout(d, 5500));
    const r: any = await analyst.send('{posts(first:1 orderBy:{field:PRIORITY direction:DESC}){edges{cursor node{priority{score}}}}}');
    out('hidden', r.errors?.[0]?.message ?? '', r.data?.posts.edges[0]?.node, Buffer.from(r.data?.posts.edges[0]?.cursor.split('.')[0] ?? '', 'base64url').toString());
    const c = '01890000-0000-7000-8000-000000000001';
    await database.system.query(`insert into customers (organization_id,id,kind,display_name,owner_id) select $1,$2,'PERSON','Z',null`, [org.id, c]);
    const m = await org.member('other'); await database.system.query('update customers set owner_id=$3 where organization_id=$1 and id=$2', [org.id, c, m]);
    await database.system.query('update social_identities set customer_id=$2 where organization_id=$1', [org.id, c]);
    const r2: any = await analyst.send('{posts(first:2){edges{node{id author{handle}}}}}');
    out('author invisible', r2.data, r2.errors?.[0]?.message, r2.errors?.[0]?.extensions);
  });
  await step('pool', async () => {
    const s = performance.now();
    const rs: any[] = await Promise.all([1, 2, 3, 4].map(() => owner.send('mutation{unlinkIdentity(input:{identityId:"identity_01h455vb4pex5vsknk084sn02q"}){userErrors{code}}}')));
    out('pool', Math.round(performance.now() - s), 'ms', rs.map(r => r.errors?.[0]?.extensions?.code ?? r.data));
  });
  await step('http subscription', async () => { const r: any = await owner.send('subscription{postReceived{cursor}}'); out('http sub', r); const r2: any = await owner.send('subscription{postReceived{cursor post{id}}}'); out('http sub2', r2); });
  await step('edit race', async () => {
    let go!: () => void; const held = new Promise<void>(d => { go = d; }); let in1!: () => void; const inside = new Promise<void>(d => { in1 = d; });
    const a = ingest(database, scope, [ev('race', 'rev1', 'first', { author: { handle: 'bob' } })], { network: 'TWITTER' as never, finish: async () => { in1(); await held; } });
    await inside;
    const b = ingest(database, scope, [ev('race', 'rev2', 'second', { author: { handle: 'bob' } })], { network: 'TWITTER' as never });
    await new Promise(d => setTimeout(d, 300)); go();
    out('race', await a, await b, (await database.system.query(`select revision, text from posts where external_id='race'`)).rows);
    await ingest(database, scope, [ev('race', 'rev1', 'first', { author: { handle: 'bob' } })], { network: 'TWITTER' as never });
    await ingest(database, scope, [ev('race', 'rev2', 'second', { author: { handle: 'bob' } })], { network: 'TWITTER' as never });
    out('replay old', await ingest(database, scope, [ev('race', 'rev1', 'first', { author: { handle: 'bob' } })], { network: 'TWITTER' as never }), (await database.system.query(`select revision, text from posts where external_id='race'`)).rows);
  });
  await step('thread', async () => {
    for (const [id, p] of [['c', 'b'], ['b', 'a'], ['a', null]] as const)
      await ingest(database, scope, [ev(id, '1', id, p ? { parent: { id: p } } : {})], { network: 'TWITTER' as never });
    out('thread conversations', (await database.system.query(`select p.external_id, c.root_external_id, p.in_reply_to_id is not null as tied from posts p join conversations c on c.id=p.conversation_id where p.external_id in ('a','b','c') order by 1`)).rows);
  });
  await step('claim secret', async () => {
    await database.system.query('update social_identities set customer_id=null where organization_id=$1', [org.id]);
    const r: any = await owner.data('{socialIdentities(first:1){edges{node{id}}} customers(first:1){edges{node{id}}}}');
    await owner.data('mutation($i:ID!,$c:ID!){claimIdentity(input:{identityId:$i customerId:$c idempotencyKey:"k1"}){code}}', { i: r.socialIdentities.edges[0].node.id, c: r.customers.edges[0].node.id });
    out('claim', (await database.system.query(`select payload from idempotency_keys where organization_id=$1`, [org.id])).rows);
  });
  await step('bomb', async () => {
    for (const n of [6, 8, 10]) {
      const f = Array.from({ length: n }, (_, i) => `fragment F${i} on Customer{a:identities{customer{...F${i + 1}}} b:identities{customer{...F${i + 1}}}}`).join('\n');
      const s = performance.now(); server.executor.prepare(`{customers{edges{node{...F0}}}}\n${f}\nfragment F${n} on Customer{id}`);
      out('bomb', n, Math.round(performance.now() - s), 'ms');
    }
  });
}, 80000);
