import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { InteractionKind } from '../social/index.js';
import { weightOfSql, weightsJoin } from './strength.sql.js';

/** Further than this nobody speaks of influence; and each step reads ten times what the one before did. */
const MOST_HOPS = 6;
/** Of each identity only its strongest ties are followed. */
const TIES = 200;
/** So many identities are looked at before the search gives up. */
const MOST_SEEN = 20_000;

export interface PathHop {
  /** Who moves. */
  from: string;
  /** Who is moved. */
  to: string;
  kind: InteractionKind;
  postId: string | null;
  /** Share of what `to` does that concerns `from`, 0 to 1. */
  weight: number;
}

/**
 * The strongest chain along which `from` moves `to`: each moves the next as much as the share of the next one's attention that
 * goes to it, and a chain as much as the product of its shares (Kempe, Kleinberg and Tardos 2003, weighted cascade). Searched
 * step by step from `from`, shortest first, up to six steps; null when there is none.
 */
export async function strongestPath(context: RequestContext, from: string[], to: string[]): Promise<PathHop[] | null> {
  const goals = new Set(to);
  const best = new Map<string, { share: number; before: string | null; weight: number }>();
  for (const id of from) best.set(id, { share: 1, before: null, weight: 1 });
  const shared = from.find(id => goals.has(id));
  if (shared) return [];
  let frontier = from;
  for (let hop = 1; hop <= MOST_HOPS && frontier.length > 0 && best.size < MOST_SEEN; hop++) {
    const reached = new Set<string>();
    for (const { near, far, weight } of await moved(context, frontier)) {
      const share = best.get(near)!.share * weight;
      const known = best.get(far);
      if (known && (known.share >= share || known.before === null)) continue;
      best.set(far, { share, before: near, weight });
      reached.add(far);
    }
    const found = to.filter(id => best.has(id)).sort((a, b) => best.get(b)!.share - best.get(a)!.share)[0];
    if (found) return prove(context, walkBack(best, found));
    frontier = [...reached].sort((a, b) => best.get(b)!.share - best.get(a)!.share).slice(0, MOST_SEEN / MOST_HOPS);
  }
  return null;
}

/** Whom each of `ids` moves, with the share of their attention that goes to it. */
async function moved(context: RequestContext, ids: string[]): Promise<{ near: string; far: string; weight: number }[]> {
  const parameters = new Parameters();
  const keys = parameters.add(ids, 'uuid[]');
  const visible = visibleCondition(context.viewer, 'IDENTITY', 'n', parameters);
  return context.read(
    `select k.id as near, t.far, least(1, t.weight / nullif(a.weight, 0)) as weight
       from unnest(${keys}) as k(id)
      cross join lateral (
        select e.from_identity_id as far, sum(${weightOfSql('e.strength')}) as weight
          from (select * from identity_edges x where x.to_identity_id = k.id order by x.strength desc limit ${TIES}) e
          ${weightsJoin('e')}
          ${visible ? 'join social_identities n on n.organization_id = e.organization_id and n.id = e.from_identity_id' : ''}
         ${visible ? `where ${visible}` : ''}
         group by 1) t
      cross join lateral (
        select sum(${weightOfSql('e.strength')}) as weight
          from identity_edges e ${weightsJoin('e')}
         where e.from_identity_id = t.far) a
      where a.weight > 0`,
    parameters.values,
  );
}

function walkBack(
  best: Map<string, { before: string | null; weight: number }>,
  end: string,
): { from: string; to: string; weight: number }[] {
  const hops: { from: string; to: string; weight: number }[] = [];
  for (let at = end; best.get(at)?.before; at = best.get(at)!.before!) {
    const { before, weight } = best.get(at)!;
    hops.unshift({ from: before!, to: at, weight });
  }
  return hops;
}

/** Gives each hop its strongest kind, and the latest post of that kind by which it is shown. */
async function prove(
  context: RequestContext,
  hops: { from: string; to: string; weight: number }[],
): Promise<PathHop[]> {
  const rows = await context.read<{ at: number; kind: InteractionKind; postId: string | null }>(
    `select h.place::integer as at, e.kind, i.post_id as "postId"
       from unnest($1::uuid[], $2::uuid[]) with ordinality as h(influencer, moved, place)
      cross join lateral (
        select x.kind from identity_edges x where x.from_identity_id = h.moved and x.to_identity_id = h.influencer order by x.strength desc limit 1) e
       left join lateral (
        select y.post_id from interactions y
         where y.from_identity_id = h.moved and y.to_identity_id = h.influencer and y.kind = e.kind
         order by y.post_id is null, y.occurred_at desc limit 1) i on true`,
    [hops.map(hop => hop.from), hops.map(hop => hop.to)],
  );
  const proofs = new Map(rows.map(row => [row.at, row]));
  return hops.map((hop, at) => ({ ...hop, kind: proofs.get(at + 1)!.kind, postId: proofs.get(at + 1)!.postId }));
}
