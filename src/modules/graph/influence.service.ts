import type { PoolClient } from 'pg';
import { WEIGHT_OF_ENGAGERS } from './analysis/influence.js';
import { decaySql, weightsJoin } from './strength.sql.js';

/** Where more are engaged with at once, as by an import, the next run sees to all of them together. */
export const MOST_REFRESHED = 2000;

/**
 * Brings the influence of identities up to date that were engaged with since the last run: their engagers are counted anew, and
 * their score moves by as much as the engagers' part of it does. PageRank, reach, trend and community wait for the next run; the
 * percentile is that of whoever has the next lower score. Before the first run there is no scale to do it on.
 */
export async function refreshInfluence(
  client: PoolClient,
  organizationId: string,
  identityIds: string[],
): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('influence ' || $1, 0)) as mine",
    [organizationId],
  );
  // A run is writing its results; the next one will have seen this.
  if (!rows[0]!.mine) return;
  await client.query(
    `with counted as (
       select o.id, count(*)::integer as distinct_engagers, sum(o.counts) as engagers, max(o.most) as most
         from (select k.id, max(${decaySql('e.last_at')}) as counts, max(c.most_engagers) as most
                 from unnest($2::uuid[]) as k(id)
                 join identity_edges e on e.organization_id = $1 and e.to_identity_id = k.id
                 ${weightsJoin('e')}
                where c.most_engagers > 0
                group by k.id, e.from_identity_id) o
        group by o.id),
     scored as (
       select n.id, n.distinct_engagers, n.engagers,
              least(100, greatest(0, coalesce(x.score, 0) + ${100 * WEIGHT_OF_ENGAGERS} * (ln(1 + n.engagers) - ln(1 + coalesce(x.engagers, 0))) / ln(1 + n.most))) as score
         from counted n left join identity_influence x on x.organization_id = $1 and x.identity_id = n.id)
     insert into identity_influence as x (organization_id, identity_id, score, percentile, engagers, distinct_engagers, pagerank, reach, trend)
     select $1, s.id, s.score,
            coalesce((select y.percentile from identity_influence y
                       where y.organization_id = $1 and y.score <= s.score order by y.score desc limit 1), 0),
            s.engagers, s.distinct_engagers, 0, s.distinct_engagers, 0
       from scored s order by s.id
     on conflict (organization_id, identity_id) do update
       set score = excluded.score, percentile = excluded.percentile, engagers = excluded.engagers,
           distinct_engagers = excluded.distinct_engagers, reach = greatest(x.reach, excluded.distinct_engagers)`,
    [organizationId, identityIds],
  );
}
