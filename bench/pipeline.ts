// The board of a pipeline over HTTP, beside one hand-written statement that builds the same answer.
import pg from 'pg';
import { publicId } from '../src/platform/ids.js';
import { type Cluster, makeKey, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { vinculo } from './support/processes.js';
import { median, quantile, rounded, say, table } from './support/statistics.js';

const CARDS = 25;

const BOARD = `{ pipelineBoard { stages {
  stage { id name } count sums { amount currency } total { amount currency } weighted { amount currency }
  cards(first: ${CARDS}) { edges { node { id name amount { amount currency } expectedCloseOn stageEnteredAt
    customer { id displayName } owner { id name } } } } } } }`;

/** `pipelineBoard` of 50,000 opportunities for an owner, who sees all, and for an agent, who sees what the hierarchy of teams says. */
export async function measurePipeline(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const count = isQuick ? 5000 : 50_000;
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? (isQuick ? 20 : 100));
  const cluster = await openCluster(`pipeline-${count}`, { fresh: true });
  try {
    say(machine(cluster.version));
    const organizationId = await makeOrganization(cluster);
    const keys = { OWNER: makeKey(cluster, 'OWNER'), AGENT: makeKey(cluster, 'AGENT') };
    await fill(cluster, organizationId, count);
    say(
      `${rounded(count)} opportunities in six stages; ${CARDS} cards a stage; ${rounds} rounds, interleaved, one at a time.\n`,
    );
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    const client = new pg.Client({ connectionString: cluster.ownerUrl, options: '-c timezone=UTC' });
    await client.connect();
    try {
      const rows: string[][] = [];
      for (const [role, key] of Object.entries(keys)) {
        const teams = role === 'AGENT' ? await teamsOf(client, organizationId) : null;
        const ours = () => ask(server.said, key);
        const bare = () => byHand(client, organizationId, teams);
        const [answer, expected] = [await ours(), await bare()];
        if (JSON.stringify(answer) !== JSON.stringify(expected))
          throw new Error(`The answers for ${role} differ:\n${difference(answer, expected)}`);
        const seen = expected.reduce((all, stage) => all + stage.count, 0);
        rows.push(...(await compare(`${role} (sees ${rounded(seen)})`, ours, bare, rounds)));
      }
      say(table(['', 'median ms', 'p95 ms', 'ratio'], rows));
      say('\nBoth answered the same, to the letter.');
    } finally {
      await client.end();
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function compare(
  name: string,
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
  rounds: number,
): Promise<string[][]> {
  const times: [number[], number[]] = [[], []];
  for (let round = -10; round < rounds; round++) {
    for (const [at, work] of [ours, bare].entries()) {
      const begin = performance.now();
      await work();
      if (round >= 0) times[at]!.push(performance.now() - begin);
    }
  }
  const floor = median(times[1]);
  return times.map((taken, at) => [
    at === 0 ? `pipelineBoard, ${name}` : '… one statement',
    rounded(median(taken), 1),
    rounded(quantile(taken, 0.95), 1),
    rounded(median(taken) / floor, 2),
  ]);
}

async function ask(origin: string, key: string): Promise<unknown> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: BOARD }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: object[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data.pipelineBoard.stages.map((stage: any) => ({
    ...stage,
    cards: stage.cards.edges.map((edge: any) => edge.node),
  }));
}

/** The same, sums and cards of all stages in one statement; `teams` are those an agent sees by, null for everything. */
async function byHand(client: pg.Client, organizationId: string, teams: string[] | null): Promise<{ count: number }[]> {
  const seen = teams
    ? `and (o.team_id = any ($2::uuid[]) or (o.owner_id is null and o.team_id is null)
            or o.owner_id in (select member_id from team_members where organization_id = $1 and team_id = any ($2::uuid[])))`
    : '';
  const { rows } = await client.query({
    name: `board-${teams ? 'agent' : 'owner'}`,
    values: teams ? [organizationId, teams] : [organizationId],
    text: `
    with s as (select s.* from stages s join pipelines p on p.organization_id = s.organization_id and p.id = s.pipeline_id and p.is_default
                where s.organization_id = $1),
         sums as (select o.stage_id, o.currency, count(*)::integer as count, coalesce(sum(o.amount), 0) as amount
                    from opportunities o where o.organization_id = $1 and o.stage_id in (select id from s) ${seen} group by 1, 2),
         rates as (select distinct on (currency) currency, rate from exchange_rates
                    where organization_id = $1 and valid_from <= current_date order by currency, valid_from desc),
         totals as (select t.stage_id, sum(t.count)::integer as count,
                           json_agg(json_build_object('amount', t.amount::text, 'currency', t.currency) order by t.currency) as sums,
                           round(sum(t.amount * coalesce(r.rate, 1)), 2) as total
                      from sums t left join rates r on r.currency = t.currency group by 1)
    select s.id, s.name, s.probability::text::numeric as probability, coalesce(t.count, 0) as count, coalesce(t.sums, '[]') as sums,
           coalesce(t.total, 0.00)::text as total, round(coalesce(t.total, 0) * s.probability::text::numeric, 2)::text as weighted,
           (select coalesce(json_agg(c), '[]') from (
              select o.id, o.name, o.amount::text as amount, o.currency, o.expected_close_on, o.stage_entered_at::text as entered,
                     c.id as customer_id, c.display_name, m.id as member_id, m.name as member_name
                from opportunities o
                join customers c on c.organization_id = $1 and c.id = o.customer_id
                left join members m on m.organization_id = $1 and m.id = o.owner_id
               where o.organization_id = $1 and o.stage_id = s.id ${seen}
               order by o.stage_entered_at desc, o.id desc limit ${CARDS}) c) as cards
      from s left join totals t on t.stage_id = s.id order by s.position`,
  });
  const money = (amount: string, currency: string) => ({ amount: Number(amount).toFixed(2), currency });
  return rows.map(row => ({
    stage: { id: publicId('stage', row.id), name: row.name },
    count: row.count,
    sums: row.sums.map((sum: any) => money(sum.amount, sum.currency)),
    total: money(row.total, 'EUR'),
    weighted: money(row.weighted, 'EUR'),
    cards: row.cards.map((card: any) => ({
      id: publicId('opportunity', card.id),
      name: card.name,
      amount: money(card.amount, card.currency),
      expectedCloseOn: card.expected_close_on,
      stageEnteredAt: `${card.entered.slice(0, 10)}T${card.entered.slice(11, -3)}Z`,
      customer: { id: publicId('customer', card.customer_id), displayName: card.display_name },
      owner: card.member_id && { id: publicId('member', card.member_id), name: card.member_name },
    })),
  }));
}

async function teamsOf(client: pg.Client, organizationId: string): Promise<string[]> {
  const { rows } = await client.query(
    `with recursive below as (
       select team_id as id from api_keys where organization_id = $1 and role = 'AGENT'
       union select t.id from teams t join below b on t.parent_id = b.id where t.organization_id = $1)
     select id from below`,
    [organizationId],
  );
  return rows.map(row => row.id);
}

/** Three regions of four teams of five people each; an agent of the first region sees that region and what is nobody's. */
async function fill({ pool }: Cluster, organizationId: string, count: number): Promise<void> {
  const client = await pool.connect();
  const run = (sql: string, values: unknown[] = []) => client.query(sql, [organizationId, ...values]);
  try {
    await client.query("set session_replication_role = 'replica'");
    await client.query('select setseed(0.42)');
    await run(
      `insert into teams (organization_id, id, name) select $1, gen_random_uuid(), 'Region ' || n from generate_series(1, 3) n`,
    );
    await run(`insert into teams (organization_id, id, name, parent_id)
      select $1, gen_random_uuid(), t.name || ' team ' || n, t.id from teams t, generate_series(1, 4) n where t.organization_id = $1`);
    await run(`insert into members (organization_id, id, name, email, role)
      select $1, gen_random_uuid(), 'Seller ' || n, 'seller' || n || '@example.com', 'AGENT' from generate_series(1, 60) n`);
    await run(`insert into team_members (organization_id, team_id, member_id)
      select $1, t.id, m.id from (select id, row_number() over (order by name) as n from teams where organization_id = $1 and parent_id is not null) t
        join (select id, row_number() over (order by email) as n from members where organization_id = $1 and name like 'Seller %') m
          on (m.n - 1) / 5 + 1 = t.n`);
    await run(`update api_keys set team_id = (select id from teams where organization_id = $1 and name = 'Region 1')
      where organization_id = $1 and role = 'AGENT'`);
    await run(
      `insert into customers (organization_id, id, kind, display_name)
       select $1, gen_random_uuid(), 'COMPANY', 'Bakery ' || n from generate_series(1, $2) n`,
      [Math.ceil(count / 5)],
    );
    await run(
      `insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, 'USD', '2026-01-01', 0.9), ($1, 'MXN', '2026-01-01', 0.05)`,
    );
    await run(
      `insert into pipelines (organization_id, id, name, is_default) values ($1, gen_random_uuid(), 'Sales', true)`,
    );
    await run(`insert into stages (organization_id, id, pipeline_id, name, position, kind, probability)
      select $1, gen_random_uuid(), p.id, s.name, s.position, s.kind, s.probability from pipelines p,
        (values ('Qualification', 1, 'OPEN', 0.1), ('Analysis', 2, 'OPEN', 0.25), ('Proposal', 3, 'OPEN', 0.5),
                ('Negotiation', 4, 'OPEN', 0.75), ('Won', 5, 'WON', 1), ('Lost', 6, 'LOST', 0)) as s(name, position, kind, probability)
       where p.organization_id = $1`);
    // Numbered beforehand: joined to a numbering that is not analysed, they would be looked through for every row.
    await client.query('create temp table buyers (id uuid, n integer); create temp table sellers (id uuid, n integer)');
    await run(
      'insert into buyers select id, row_number() over (order by id) from customers where organization_id = $1',
    );
    await run(`insert into sellers select id, row_number() over (order by email) from members
      where organization_id = $1 and name like 'Seller %'`);
    await client.query('analyze');
    await run(
      `insert into opportunities (organization_id, id, name, customer_id, pipeline_id, stage_id, status, amount, currency, expected_close_on,
                                  owner_id, team_id, stage_entered_at, created_at, updated_at)
       select $1, gen_random_uuid(), 'Oven ' || x.n, c.id, s.pipeline_id, s.id, s.kind, round((random() * 20000)::numeric, 2),
              (array['EUR', 'EUR', 'EUR', 'USD', 'MXN'])[ceil(random() * 5)::int], date '2026-12-01' + (random() * 90)::int,
              case when random() < .97 then m.id end, null, at, at, at
         from (select n, 1 + floor(random() * $3)::int as customer, 1 + floor(random() * 60)::int as member,
                      (array[1, 1, 2, 2, 3, 4, 5, 5, 5, 6, 6, 6])[ceil(random() * 12)::int] as stage,
                      timestamptz '2026-11-20' - random() * interval '700 days' as at
                 from generate_series(1, $2) n offset 0) x
         join pg_temp.buyers c on c.n = x.customer
         join pg_temp.sellers m on m.n = x.member
         join stages s on s.organization_id = $1 and s.position = x.stage`,
      [count, Math.ceil(count / 5)],
    );
  } finally {
    client.release(true);
  }
  await pool.query('vacuum (analyze)');
}

function difference(ours: unknown, theirs: unknown): string {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  return `${a.slice(Math.max(0, at - 200), at + 200)}\n${b.slice(Math.max(0, at - 200), at + 200)}`;
}
