import type pg from 'pg';
import { type Cluster, makeOrganization, openCluster, SLUG } from './support/cluster.js';

export interface ForecastDataset {
  cluster: Cluster;
  organizationId: string;
  opportunities: number;
  revisions: number;
}

/** Opportunities of the past two years, each with what it was like stage by stage, a tenth of them in another currency; the same every time. */
export async function openForecastDataset(size: number): Promise<ForecastDataset> {
  const cluster = await openCluster(`forecast-${size}`);
  const { rows } = await cluster.pool.query('select id from organizations where slug = $1', [SLUG]);
  const organizationId = rows[0]?.id ?? (await makeOrganization(cluster));
  const { rows: known } = await cluster.pool.query('select 1 from opportunities limit 1');
  if (known.length === 0) await fill(cluster.pool, organizationId, size);
  const counts = await cluster.pool.query(
    'select (select count(*) from opportunities)::int as opportunities, (select count(*) from opportunity_revisions)::int as revisions',
  );
  return { cluster, organizationId, ...counts.rows[0] };
}

/** A number from 0 to 1 that follows from a row and a word. */
const chance = (row: string, word: string): string =>
  `(('x' || substr(md5('${word}' || ${row}), 1, 8))::bit(32)::bigint / 4294967296.0)`;

async function fill(pool: pg.Pool, organizationId: string, size: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // History is written whole: what the trigger would write has been lived through already.
    await client.query('alter table opportunities disable trigger user');
    await client.query('select set_config($1, $2, true)', ['app.organization_id', organizationId]);
    await client.query(
      `insert into members (organization_id, id, name, email, role)
       select $1, gen_random_uuid(), 'Member ' || n, n || '@example.com', 'AGENT' from generate_series(1, 40) n`,
      [organizationId],
    );
    await client.query(
      `with made as (insert into pipelines (organization_id, id, name) values ($1, gen_random_uuid(), 'Bench') returning id)
       insert into stages (organization_id, id, pipeline_id, name, position, kind, probability, forecast_category)
       select $1, gen_random_uuid(), made.id, name, position, kind, probability, category from made,
         (values ('Qualify', 1, 'OPEN', 0.1, 'PIPELINE'), ('Offer', 2, 'OPEN', 0.3, 'PIPELINE'), ('Talks', 3, 'OPEN', 0.5, 'BEST_CASE'),
                 ('Contract', 4, 'OPEN', 0.8, 'COMMITTED'), ('Won', 5, 'WON', 1, 'COMMITTED'), ('Lost', 6, 'LOST', 0, 'OMITTED'))
         s (name, position, kind, probability, category)`,
      [organizationId],
    );
    await client.query(
      `insert into exchange_rates (organization_id, currency, valid_from, rate)
       select $1, 'USD', day::date, 0.85 + ${chance('day::text', 'rate')}::numeric(10,6) / 10
         from generate_series(now() - interval '3 years', now(), interval '7 days') day`,
      [organizationId],
    );
    await client.query(
      `insert into sales_targets (organization_id, id, owner_id, period, starts_on, ends_on, amount, currency)
       select $1, gen_random_uuid(), m.id, 'MONTH', s::date, (s + interval '1 month - 1 day')::date, 10000, 'EUR'
         from members m, generate_series(date_trunc('month', now()) - interval '24 months', date_trunc('month', now()) + interval '12 months', interval '1 month') s
        where m.organization_id = $1 and m.name like 'Member %'`,
      [organizationId],
    );
    await client.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, gen_random_uuid(), 'COMPANY', 'Bench')`,
      [organizationId],
    );
    await client.query(
      `create temporary table lived on commit drop as
       select gen_random_uuid() as id, n, now() - (${chance('n', 'begin')} * 730 + 1) * interval '1 day' as began,
              case when ${chance('n', 'fate')} < .2 then 'OPEN' when ${chance('n', 'fate')} < .5 then 'WON' else 'LOST' end as fate,
              1 + floor(${chance('n', 'steps')} * 4)::int as steps,
              (100 + ${chance('n', 'amount')} * 20000)::numeric(19,2) as amount,
              case when ${chance('n', 'currency')} < .1 then 'USD' else 'EUR' end as currency,
              o.id as owner_id
         from generate_series(1, ${size}) n
         join (select id, row_number() over (order by email) as at from members where organization_id = '${organizationId}' and name like 'Member %') o on o.at = 1 + n % 40`,
    );
    await client.query(
      `create temporary table told on commit drop as
       select l.*, s.at, s.at > l.steps as closes,
              l.began + (now() - l.began) * (s.at - 1) / (l.steps + 1.0) * ${chance('l.n', 'pace')} as changed_at,
              g.id as stage_id, g.pipeline_id, g.kind
         from lived l
         cross join lateral generate_series(1, l.steps + case when l.fate = 'OPEN' then 0 else 1 end) s (at)
         join stages g on g.organization_id = '${organizationId}'
          and g.position = case when s.at <= l.steps then s.at when l.fate = 'WON' then 5 else 6 end`,
    );
    await client.query(
      `insert into opportunities (organization_id, id, name, customer_id, pipeline_id, stage_id, status, amount, currency, expected_close_on, owner_id,
                                  stage_entered_at, closed_at, created_at, updated_at)
       select '${organizationId}', t.id, 'Opportunity ' || t.n, (select id from customers where organization_id = '${organizationId}' limit 1), t.pipeline_id, t.stage_id,
              t.kind, t.amount, t.currency, (now() + (${chance('t.n', 'close')} * 360 - 30) * interval '1 day')::date, t.owner_id,
              t.changed_at, case when t.closes then t.changed_at end, t.began, t.changed_at
         from told t where t.at = t.steps + case when t.fate = 'OPEN' then 0 else 1 end`,
    );
    await client.query(
      `insert into opportunity_revisions (organization_id, opportunity_id, changed_at, changed_until, changed_by, pipeline_id, stage_id, status, amount, currency,
                                          expected_close_on, owner_id)
       select '${organizationId}', t.id, t.changed_at, lead(t.changed_at) over (partition by t.id order by t.at), 'system:bench', t.pipeline_id, t.stage_id, t.kind,
              t.amount, t.currency, (now() + (${chance('t.n', 'close')} * 360 - 30) * interval '1 day')::date, t.owner_id
         from told t`,
    );
    await client.query('alter table opportunities enable trigger user');
    await client.query('commit');
    await client.query('vacuum analyze');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
