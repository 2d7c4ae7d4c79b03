import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { plant } from '../support/specimens.js';

/** The database alone is asked here: what holds when every line of our own code is wrong. */
let app: TestApp;
let ours: TestOrganization;
let theirs: TestOrganization;
let role: pg.Client;
let owner: pg.Pool;
let roleUrl: string;
let tenantTables: string[];

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  owner = app.app.database.system;
  [ours, theirs] = [await app.organization(), await app.organization()];
  await plant(app, ours, 'ours');
  await plant(app, theirs, 'theirs');
  for (const organization of [ours, theirs]) {
    const { id } = organization;
    await owner.query(
      `insert into access_rules (organization_id, role, kind, scope) values ($1, 'AGENT', 'CUSTOMER', 'ALL')`,
      [id],
    );
    await owner.query(
      `insert into idempotency_keys (organization_id, actor, key, mutation, input_hash) values ($1, 'a', 'k', 'm', 'h')`,
      [id],
    );
    await owner.query(
      `insert into events (organization_id, type, subject_id) values ($1, 'post.received', gen_random_uuid())`,
      [id],
    );
    await owner.query(
      `insert into identity_claims (organization_id, id, identity_id, customer_id, code_hash, expires_at)
       select organization_id, gen_random_uuid(), id, customer_id, 'hash', now() from social_identities where organization_id = $1 and customer_id is not null`,
      [id],
    );
    await owner.query(
      `insert into sentiment_corrections (organization_id, id, post_id, label, previous_label, corrected_by)
       select organization_id, gen_random_uuid(), id, 'NEUTRAL', 'NEUTRAL', 'a' from posts where organization_id = $1`,
      [id],
    );
    await owner.query(
      `insert into account_secrets (organization_id, account_id, sealed) select organization_id, id, 'sealed' from accounts where organization_id = $1`,
      [id],
    );
    await owner.query(
      `insert into account_connections (organization_id, state_digest, actor, connector, redirect_uri, sealed, expires_at)
       values ($1, gen_random_uuid(), 'a', 'practice', 'https://example.com', 'sealed', now() + interval '1 minute')`,
      [id],
    );
    await owner.query(
      `insert into webhook_deliveries (organization_id, id, account_id, method, envelope, body)
       select organization_id, gen_random_uuid(), id, 'POST', 'sealed', '' from accounts where organization_id = $1`,
      [id],
    );
    await owner.query(
      `insert into media_files (organization_id, id, sha256, type, size, bytes) values ($1, gen_random_uuid(), '', 'text/plain', 0, '')`,
      [id],
    );
    await owner.query(
      `insert into post_media_files select p.organization_id, p.id, f.id from posts p join media_files f using (organization_id)
        where p.organization_id = $1`,
      [id],
    );
    for (const [table, columns, values] of [
      ['rate_buckets', 'id, bucket', `gen_random_uuid(), 'search'`],
      ['channel_spending', 'month, unit', `'2026-11-01', 'post.read'`],
      ['spending_reservations', 'id, month, micros, expires_at', `gen_random_uuid(), '2026-11-01', 1, now()`],
      ['account_breakers', 'failures', '1'],
    ])
      await owner.query(
        `insert into ${table} (organization_id, account_id, ${columns}) select organization_id, id, ${values} from accounts where organization_id = $1`,
        [id],
      );
    await owner.query('insert into graph_settings (organization_id) values ($1)', [id]);
    await owner.query(
      'insert into graph_states (organization_id, latest_at, edges_changed_at) values ($1, now(), now())',
      [id],
    );
    await owner.query(
      'insert into graph_doubts select organization_id, from_identity_id, to_identity_id from interactions where organization_id = $1',
      [id],
    );
    await owner.query(
      `insert into sentiment_models (organization_id, id, examples, macro_f1, lexicon_macro_f1, model) values ($1, gen_random_uuid(), 1, 1, 1, '')`,
      [id],
    );
  }
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'organization_id' order by 1`,
  );
  tenantTables = rows.map(row => row.name);
  roleUrl = (app.app.database.dataSource.options as { url: string }).url;
  role = new pg.Client({ connectionString: roleUrl });
  await role.connect();
});
afterAll(async () => {
  await role?.end();
  await app?.close();
});

const act = (organization: TestOrganization) =>
  role.query("select set_config('app.organization_id', $1, false)", [organization.id]);

const state = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error => (error as { code: string }).code,
  );

const DENIED = '42501';

describe('row-level security', () => {
  test('is on for every table that belongs to an organisation, with a rule about it', async () => {
    const { rows } = await owner.query<{ name: string; secured: boolean; rules: string[] }>(
      `select c.relname as name, c.relrowsecurity as secured,
              array(select coalesce(p.qual, '') || coalesce(p.with_check, '') from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as rules
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any ($1)`,
      [[...tenantTables, 'organizations']],
    );
    expect(rows.length).toBeGreaterThan(25);
    const open = rows.filter(({ secured, rules }) => !secured || rules.length === 0 || !rules.every(isAboutUs));
    expect(open).toEqual([]);
  });

  test('is on for every table there is, but for the one mark that is nobody’s own', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
          and has_table_privilege('vinculo_app', c.oid, 'select, insert, update, delete')`,
    );
    expect(rows.map(row => row.name)).toEqual(['event_floor']);
  });

  test('shows and changes no row of another organisation, in any table', async () => {
    await act(ours);
    for (const table of tenantTables) {
      const there = await owner.query(`select 1 from ${table} where organization_id = $1`, [theirs.id]);
      expect({ table, planted: there.rowCount! > 0 }).toEqual({ table, planted: true });
      const { rows } = await role.query(`select distinct organization_id from ${table}`);
      expect({ table, rows }).toEqual({ table, rows: [{ organization_id: ours.id }] });
      for (const sql of [
        `update ${table} set organization_id = organization_id where organization_id = $1`,
        `delete from ${table} where organization_id = $1`,
      ]) {
        const touched = await role.query(sql, [theirs.id]).then(
          result => result.rowCount,
          error => (error as { code: string }).code,
        );
        // Some tables are not written by requests at all.
        expect([0, DENIED]).toContain(touched);
      }
    }
    const { rows } = await role.query('select id from organizations');
    expect(rows).toEqual([{ id: ours.id }]);
  });

  test('takes no row for another organisation, and gives none away to it', async () => {
    await act(ours);
    for (const table of tenantTables) {
      const copied = await owner.query(
        `select to_jsonb(t) || jsonb_build_object('organization_id', $2::text) as row from ${table} t where organization_id = $1 limit 1`,
        [ours.id, theirs.id],
      );
      const insert = role.query(
        `insert into ${table} overriding system value select (jsonb_populate_record(null::${table}, $1)).*`,
        [copied.rows[0].row],
      );
      expect({ table, insert: await state(insert) }).toEqual({ table, insert: DENIED });
      const give = role.query(`update ${table} set organization_id = $2 where organization_id = $1`, [
        ours.id,
        theirs.id,
      ]);
      expect({ table, give: await state(give) }).toEqual({ table, give: DENIED });
    }
  });

  test('shows nothing at all when nobody said for which organisation', async () => {
    const fresh = new pg.Client({ connectionString: roleUrl });
    await fresh.connect();
    try {
      for (const table of [...tenantTables, 'organizations']) {
        const rows = await fresh.query(`select 1 from ${table}`).then(
          result => result.rowCount,
          () => 0,
        );
        expect({ table, rows }).toEqual({ table, rows: 0 });
      }
    } finally {
      await fresh.end();
    }
  });

  test('holds inside the functions that run as their owner', async () => {
    await act(ours);
    const { rows: found } = await role.query(
      `select c.display_name from search_customers('theirs', 100) f join customers c on c.id = f.id`,
    );
    expect(found.filter(row => row.display_name.startsWith('theirs'))).toEqual([]);
    expect((await role.query(`select 1 from search_posts('theirs', 100)`)).rowCount).toBe(0);
    const { rows } = await owner.query('select subject_id from audit_entries where organization_id = $1', [theirs.id]);
    const [{ erase_audit: erased }] = (
      await role.query('select erase_audit($1::uuid[])', [rows.map(row => row.subject_id)])
    ).rows;
    expect(erased).toBe(0);
  });
});

describe('the role of requests', () => {
  test('owns nothing, is nothing special, and cannot become more', async () => {
    const { rows: who } = await role.query(
      `select session_user <> current_user as dropped, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication
         from pg_roles r where r.rolname = session_user`,
    );
    expect(Object.entries(who[0]).filter(([, value]) => value)).toEqual([]);
    const { rows: owned } = await owner.query(
      `select c.relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'vinculo\\_app%'
       union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname like 'vinculo\\_app%'
       union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname like 'vinculo\\_app%'`,
    );
    expect(owned).toEqual([]);
    for (const sql of [
      'create table mine (id integer)',
      'alter table customers disable row level security',
      'create policy mine on customers using (true)',
      'drop table customers',
      'truncate customers',
      'alter role vinculo_app bypassrls',
      'create role other',
      `copy customers to program 'true'`,
      'set session_replication_role = replica',
    ])
      expect({ sql, state: await state(role.query(sql)) }).toEqual({ sql, state: DENIED });
  });

  test('does not reach credentials, secrets, the queue or the log of migrations', async () => {
    await act(ours);
    for (const schema of ['auth', 'graphile_worker']) {
      const { rows: tables } = await owner.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
        [schema],
      );
      if (schema === 'auth') expect(tables.length).toBeGreaterThan(3);
      for (const { name } of tables)
        expect({ name, state: await state(role.query(`select * from ${name}`)) }).toEqual({ name, state: DENIED });
    }
    expect(await state(role.query('select * from instance_secrets'))).toBe(DENIED);
    expect(await state(role.query('select * from migrations'))).toBe(DENIED);
    expect(
      await state(role.query('insert into organizations (id, slug, name) values (gen_random_uuid(), $1, $1)', ['x'])),
    ).toBe(DENIED);
    expect(await state(role.query('delete from organizations'))).toBe(DENIED);
  });

  test('cannot change what the audit log and the event feed remember', async () => {
    await act(ours);
    for (const sql of [
      `insert into audit_entries (organization_id, actor, action, table_name) values ('${ours.id}', 'nobody', 'INSERT', 'customers')`,
      `update audit_entries set actor = 'nobody'`,
      'delete from audit_entries',
      'truncate audit_entries',
      `update events set type = 'other'`,
      'delete from events',
      'update event_floor set event_id = 0',
      'alter table customers disable trigger audit',
      'drop trigger audit on customers',
    ])
      expect({ sql, state: await state(role.query(sql)) }).toEqual({ sql, state: DENIED });
  });
});

/** A rule compares the row's organisation with the one the connection acts in, and says nothing else. */
const isAboutUs = (rule: string): boolean =>
  /^\(+(organization_id|id) = \(\(? ?SELECT/i.test(rule.replace(/\s+/g, ' ')) && rule.includes('app.organization_id');
