import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { openKeyRing } from '../src/platform/secrets.js';
import { type Cluster, cache, makeKey, makeOrganization, openCluster } from './support/cluster.js';
import { root } from './support/processes.js';
import { say } from './support/statistics.js';

const SHAPE = 4;
export const AGENTS = 200;
export const TEAMS = 20;

export interface Size {
  /** Each with a telephone number and an e-mail address. */
  customers: number;
  tickets: number;
}
export const FULL: Size = { customers: 500_000, tickets: 1_000_000 };
export const QUICK: Size = { customers: 10_000, tickets: 20_000 };

interface Facts {
  organizationId: string;
  keys: { OWNER: string; AGENT: string };
}

export interface SupportDataset extends Facts {
  cluster: Cluster;
}

/** The number of the customer made as the n-th, in E.164: they are valid, and nobody's that we know of. */
export const numberOf = (n: number): string => `+346${String(n).padStart(8, '0')}`;
/** Signs sessions as the server does: what the n-th agent, from 1, shows as its bearer token. */
export async function signer({ pool }: Cluster): Promise<(n: number) => string> {
  const secret = (await openKeyRing(pool, undefined)).key('credentials').toString('base64url');
  return n => `${tokenOf(n)}.${createHmac('sha256', secret).update(tokenOf(n)).digest('base64')}`;
}

const tokenOf = (n: number): string => `bench-agent-session-${String(n).padStart(6, '0')}-${'0'.repeat(8)}`;

/** Opens the dataset, making it first where it is not there, or where the tables have changed since. */
export async function openSupportDataset(size: Size, name = 'support'): Promise<SupportDataset> {
  const migrations = readdirSync(join(root, 'migrations')).map(file => readFileSync(join(root, 'migrations', file)));
  const print = createHash('sha256')
    .update(JSON.stringify([SHAPE, size]))
    .update(Buffer.concat(migrations));
  const folder = `${name}-${print.digest('hex').slice(0, 10)}`;
  const file = join(cache, folder, 'facts.json');
  const made = existsSync(file);
  const cluster = await openCluster(folder, { fresh: !made });
  if (!made) {
    say(`Making the dataset in ${cluster.directory}; later runs find it there.`);
    writeFileSync(file, JSON.stringify(await fill(cluster, size)));
  }
  return { cluster, ...(JSON.parse(readFileSync(file, 'utf8')) as Facts) };
}

async function fill(cluster: Cluster, size: Size): Promise<Facts> {
  const organizationId = await makeOrganization(cluster);
  const keys = { OWNER: makeKey(cluster, 'OWNER'), AGENT: makeKey(cluster, 'AGENT') };
  const client = await cluster.pool.connect();
  try {
    // Rows go in without triggers and foreign keys: what they would do is not what is measured.
    await client.query("set session_replication_role = 'replica'");
    await client.query('set synchronous_commit = off');
    await addStaff(client, organizationId);
    await addCustomers(client, organizationId, size.customers);
    await addTickets(client, organizationId, size);
  } finally {
    client.release(true);
  }
  await cluster.pool.query('vacuum (analyze, freeze)');
  await cluster.pool.query('checkpoint');
  return { organizationId, keys };
}

/** A number from 0 to 1 that follows from a row and a word. */
const chance = (row: string, word: string): string =>
  `((hashint8extended(${row}::bigint, hashtext('${word}')) & 2147483647) / 2147483648.0)`;

/** Teams of ten agents; each agent is signed in. */
async function addStaff(client: pg.PoolClient, organizationId: string): Promise<void> {
  await client.query(
    `insert into teams (organization_id, id, name) select $1::uuid, uuidv7(), 'Team ' || n from generate_series(1, ${TEAMS}) n`,
    [organizationId],
  );
  await client.query(
    `insert into auth."user" (id, name, email, "emailVerified") select 'bench-' || n, 'Agent ' || n, 'agent' || n || '@example.com', true from generate_series(1, ${AGENTS}) n`,
  );
  await client.query(
    `insert into auth.session (id, "expiresAt", token, "updatedAt", "userId")
     select 'bench-' || n, now() + interval '300 days', t.token, now(), 'bench-' || n from unnest($1::text[]) with ordinality t(token, n)`,
    [Array.from({ length: AGENTS }, (_, at) => tokenOf(at + 1))],
  );
  await client.query(
    `with made as (
       insert into members (organization_id, id, user_id, name, email, role)
       select $1::uuid, uuidv7(), 'bench-' || n, 'Agent ' || n, 'agent' || n || '@example.com', 'AGENT' from generate_series(1, ${AGENTS}) n
       returning id, name)
     insert into team_members (organization_id, team_id, member_id)
     select $1::uuid, t.id, m.id from made m join teams t on t.organization_id = $1 and t.name = 'Team ' || (1 + split_part(m.name, ' ', 2)::int % ${TEAMS})`,
    [organizationId],
  );
  await client.query(
    `update api_keys set team_id = (select id from teams where organization_id = $1 and name = 'Team 1') where organization_id = $1 and role = 'AGENT'`,
    [organizationId],
  );
}

/** A tenth of them is a team's; one in five is known on a network, where it has said three things. */
async function addCustomers(client: pg.PoolClient, organizationId: string, count: number): Promise<void> {
  await client.query(
    `create temporary table made as
     select uuidv7() as id, n, case when ${chance('n', 'team')} < .1 then 1 + n % ${TEAMS} end as team from generate_series(1, ${count}) n`,
  );
  await client.query(
    `insert into customers (organization_id, id, kind, display_name, language, tags, team_id, created_at)
     select $1::uuid, m.id, 'PERSON', 'Customer ' || m.n, (array['es', 'pt', 'en'])[1 + m.n % 3], case when m.n % 50 = 0 then '{VIP}'::text[] else '{}' end, t.id,
            now() - ${chance('m.n', 'created')} * interval '700 days'
       from made m left join teams t on t.organization_id = $1 and t.name = 'Team ' || m.team`,
    [organizationId],
  );
  await client.query(
    `insert into contact_points (organization_id, id, customer_id, kind, value, is_primary, verified_at)
     select $1::uuid, uuidv7(), id, 'PHONE', '+346' || lpad(n::text, 8, '0'), true, case when n % 2 = 0 then now() end from made
     union all select $1::uuid, uuidv7(), id, 'EMAIL', 'customer' || n || '@example.com', true, null from made`,
    [organizationId],
  );
  await client.query(
    `insert into preferences (organization_id, id, customer_id, key, value) select $1::uuid, uuidv7(), id, 'delivery', '"morning"' from made where n % 2 = 0`,
    [organizationId],
  );
  await client.query(
    `insert into consents (organization_id, id, customer_id, purpose, channel, state) select $1::uuid, uuidv7(), id, 'SERVICE', 'PHONE', 'GRANTED' from made where n % 2 = 0`,
    [organizationId],
  );
  await client.query(
    `with known as (
       insert into social_identities (organization_id, id, network, external_id, handle, handle_key, authored, customer_id)
       select $1::uuid, uuidv7(), 'PHONE', '+346' || lpad(n::text, 8, '0'), '+346' || lpad(n::text, 8, '0'), '+346' || lpad(n::text, 8, '0'), true, id from made where n % 5 = 0
       returning id, handle)
     insert into posts (organization_id, id, network, external_id, revision, kind, author_id, text, language, sentiment_label, sentiment_score, priority_score, occurred_at)
     select $1::uuid, uuidv7(), 'PHONE', k.handle || '-' || s, '1', 'DIRECT_MESSAGE', k.id, 'El pan de ayer estaba duro.', 'es', 'NEGATIVE', -0.4, 20,
            now() - s * interval '9 days' from known k, generate_series(1, 3) s`,
    [organizationId],
  );
}

/** Two years of tickets: one in twenty-five is open, of which one in six is nobody's. */
async function addTickets(client: pg.PoolClient, organizationId: string, { customers, tickets }: Size): Promise<void> {
  await client.query('create index on made (n)');
  await client.query(
    `create temporary table staff as
     select m.id, tm.team_id, row_number() over (order by m.email) as at from members m
       join team_members tm on tm.organization_id = m.organization_id and tm.member_id = m.id where m.organization_id = '${organizationId}'`,
  );
  const opened = `(now() - ${chance('n', 'opened')} * interval '730 days')`;
  const status = `case when ${chance('n', 'open')} < .04 then (array['NEW', 'OPEN', 'OPEN', 'PENDING', 'PENDING', 'ON_HOLD'])[1 + n % 6]
                       when ${chance('n', 'open')} < .06 then 'SOLVED' else 'CLOSED' end`;
  await client.query(
    `insert into tickets (organization_id, id, number, subject, status, priority, channel, customer_id, assignee_id, team_id, opened_at, first_responded_at,
                          waiting_since, last_message_at, message_count, solved_at, closed_at, created_by, created_at, updated_at)
     select $1::uuid, uuidv7(), 'T-' || n, 'About bread, number ' || n, w.status, (array['LOW', 'NORMAL', 'NORMAL', 'NORMAL', 'HIGH', 'URGENT'])[1 + n % 6],
            (array['EMAIL', 'CHAT', 'CALL', 'SOCIAL', 'WEB_FORM'])[1 + n % 5], c.id, s.id, s.team_id, w.opened, w.opened + interval '1 hour',
            case when w.status in ('NEW', 'OPEN') then w.opened + interval '2 hours' end, w.opened + interval '2 hours', 3,
            case when w.status in ('SOLVED', 'CLOSED') then w.opened + interval '1 day' end, case when w.status = 'CLOSED' then w.opened + interval '5 days' end,
            'system:bench', w.opened, w.opened + interval '5 days'
       from generate_series(1, ${tickets}) n
       cross join lateral (select ${status} as status, ${opened} as opened) w
       join (select id, n as place from made) c on c.place = 1 + (${chance('n', 'customer')} * ${customers - 1})::int
       left join staff s on s.at = 1 + n % ${AGENTS} and not (w.status in ('NEW', 'OPEN') and n % 4 = 0)`,
    [organizationId],
  );
  await client.query(
    `insert into ticket_revisions (organization_id, ticket_id, changed_at, changed_until, changed_by, status, priority, assignee_id, team_id)
     select organization_id, id, opened_at, solved_at, 'system:bench', 'OPEN', priority, assignee_id, team_id from tickets where organization_id = $1
     union all select organization_id, id, solved_at, null, 'system:bench', status, priority, assignee_id, team_id from tickets where organization_id = $1 and solved_at is not null`,
    [organizationId],
  );
  // What the triggers would have counted.
  await client.query(
    `insert into ticket_counts (organization_id, id, status, delta)
     select organization_id, gen_random_uuid(), status, count(*) from tickets where organization_id = $1 group by organization_id, status`,
    [organizationId],
  );
}
