// `salesForecast` over two years, beside one hand-written statement that answers the same.
import pg from 'pg';
import { openForecastDataset } from './forecast.dataset.js';
import { makeKey, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { vinculo } from './support/processes.js';
import { median, rounded, say, table } from './support/statistics.js';

const QUERY = `query ($from: Date!, $to: Date!, $asOf: DateTime) { salesForecast(from: $from, to: $to, asOf: $asOf) {
  periods { start end won { amount currency } committed { amount currency } bestCase { amount currency } weighted { amount currency } target { amount currency } }
  unconverted { currency count } undated { amount { amount } count } overdue { amount { amount } count } } }`;

const STATISTICAL = `query ($from: Date!, $to: Date!) { salesForecast(from: $from, to: $to) { method backtest { mase periods error { amount } naiveError { amount } } } }`;

const CHANGES = `query ($from: Date!, $to: Date!, $since: DateTime) { forecastChanges(from: $from, to: $to, since: $since) {
  after { weighted { amount } } reasons { reason count difference { weighted { amount } } } } }`;

/** One answer as JSON: every column the query above asks for, by one statement. $1 organisation, $2 first day, $3 last day. */
const BY_HAND = `
with org as (select id, currency from organizations where id = $1),
closed as (select id, status from opportunities where organization_id = $1 and status in ('WON', 'LOST')),
been as (select distinct stage_id, opportunity_id from opportunity_revisions where organization_id = $1 and status = 'OPEN'),
odds as (
  select g.id, g.forecast_category,
         round((10 * g.probability::numeric + count(*) filter (where c.status = 'WON')) / (10 + count(c.id)), 6) as probability
    from stages g left join been b on b.stage_id = g.id left join closed c on c.id = b.opportunity_id
   where g.organization_id = $1 group by g.id, g.forecast_category, g.probability),
deals as (
  select o.status, coalesce(o.forecast_category, d.forecast_category) as category, d.probability, o.currency, coalesce(o.amount, 0) as amount,
         case when o.status = 'WON' then (o.closed_at at time zone 'UTC')::date else o.expected_close_on end as day
    from opportunities o join odds d on d.id = o.stage_id
   where o.organization_id = $1 and o.status in ('WON', 'OPEN')),
worth as (
  select e.*, round(e.amount * case when e.currency = org.currency then 1 else (
           select x.rate from exchange_rates x where x.organization_id = $1 and x.currency = e.currency
              and x.valid_from <= case when e.status = 'WON' then e.day else (now() at time zone 'UTC')::date end
            order by x.valid_from desc limit 1) end, 2) as value
    from deals e cross join org),
summed as (
  select date_trunc('month', day::timestamp)::date as start,
         coalesce(sum(value) filter (where status = 'WON'), 0) as won,
         coalesce(sum(value) filter (where status = 'OPEN' and category = 'COMMITTED'), 0) as committed,
         coalesce(sum(value) filter (where status = 'OPEN' and category = 'BEST_CASE'), 0) as best,
         coalesce(sum(round(value * probability, 2)) filter (where status = 'OPEN' and category <> 'OMITTED'), 0) as weighted
    from worth where day between $2 and $3 group by 1),
quotas as (
  select s::date as start, sum(t.amount) as target
    from generate_series($2::date, $3::date, interval '1 month') s
    join sales_targets t on t.organization_id = $1 and t.owner_id is not null and t.starts_on = s::date group by 1)
select json_build_object(
  'periods', (select json_agg(json_build_object('start', s::date, 'end', (s + interval '1 month - 1 day')::date,
      'won', json_build_object('amount', round(coalesce(p.won, 0), 2)::text, 'currency', org.currency),
      'committed', json_build_object('amount', round(coalesce(p.won + p.committed, 0), 2)::text, 'currency', org.currency),
      'bestCase', json_build_object('amount', round(coalesce(p.won + p.committed + p.best, 0), 2)::text, 'currency', org.currency),
      'weighted', json_build_object('amount', round(coalesce(p.won + p.weighted, 0), 2)::text, 'currency', org.currency),
      'target', case when q.target is not null then json_build_object('amount', round(q.target, 2)::text, 'currency', org.currency) end) order by s)
    from org cross join generate_series($2::date, $3::date, interval '1 month') s left join summed p on p.start = s::date left join quotas q on q.start = s::date),
  'unconverted', (select coalesce(json_agg(json_build_object('currency', currency, 'count', count)), '[]')
    from (select currency, count(*) from worth where value is null and day between $2 and $3 group by 1 order by 1) m),
  'undated', (select json_build_object('amount', json_build_object('amount', round(coalesce(sum(value), 0), 2)::text), 'count', count(*)) from worth where status = 'OPEN' and day is null),
  'overdue', (select json_build_object('amount', json_build_object('amount', round(coalesce(sum(value), 0), 2)::text), 'count', count(*))
    from worth where status = 'OPEN' and day < (now() at time zone 'UTC')::date)) as answer`;

/** The first day of the month `months` from this one, and the last of it. */
function month(months: number): { first: string; last: string } {
  const now = new Date();
  const day = (offset: number, date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, date)).toISOString().slice(0, 10);
  return { first: day(months, 1), last: day(months + 1, 0) };
}

export async function measureForecast(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const dataset = await openForecastDataset(isQuick ? 2000 : 50_000);
  const { cluster, organizationId } = dataset;
  try {
    say(machine(cluster.version));
    say(
      `${rounded(dataset.opportunities)} opportunities, ${rounded(dataset.revisions)} revisions; two years by month, one request at a time.\n`,
    );
    const key = makeKey(cluster, 'OWNER');
    const server = await vinculo(
      ['start'],
      { ...serverSettings(cluster.directory), WORKER: 'off' },
      /ready at (http:\/\/[^/\s]+)/,
    );
    try {
      await compare(server.said, key, cluster.ownerUrl, organizationId, isQuick ? 3 : 7);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function compare(origin: string, key: string, ownerUrl: string, organizationId: string, rounds: number) {
  const ask = async (query: string, variables: object) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: any; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data.salesForecast ?? data.forecastChanges;
  };
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    const [from, to] = [month(-17).first, month(6).last];
    const byHand = async () => {
      const { rows } = await client.query({ name: 'byHand', text: BY_HAND, values: [organizationId, from, to] });
      return rows[0].answer;
    };
    const ours = () => ask(QUERY, { from, to });
    const [said, expected] = [await ours(), await byHand()];
    const isSame = canonical(said) === canonical(expected);
    say(isSame ? 'Both answers are the same.\n' : `The answers differ:\n${canonical(said)}\n${canonical(expected)}\n`);
    const quarters = { from: month(-11).first, to: month(6).last };
    const asOf = new Date(Date.now() - 180 * 86_400_000).toISOString();
    const asked: [string, () => Promise<unknown>][] = [
      ['salesForecast', ours],
      ['one statement', byHand],
      ['salesForecast, as of half a year ago', () => ask(QUERY, { from, to, asOf })],
      ['salesForecast, one month', () => ask(QUERY, { from: month(0).first, to: month(0).last })],
    ];
    const since = new Date(Date.now() - 90 * 86_400_000).toISOString();
    asked.push(['forecastChanges of this year, since 90 days ago', () => ask(CHANGES, { ...quarters, since })]);
    const times = asked.map((): number[] => []);
    for (let round = -2; round < rounds; round++) {
      for (const [at, [, work]] of asked.entries()) {
        const started = performance.now();
        await work();
        if (round >= 0) times[at]!.push(performance.now() - started);
      }
    }
    const floor = median(times[1]!);
    say(
      table(
        ['', 'median ms', '× one statement'],
        asked.map(([name], at) => [name, rounded(median(times[at]!)), rounded(median(times[at]!) / floor, 2)]),
      ),
    );
    say(`\nThe statistical forecast beside it: ${JSON.stringify(await ask(STATISTICAL, { from, to }))}.`);
  } finally {
    await client.end();
  }
}

/** The same text for the same answer, whatever the order of its keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
