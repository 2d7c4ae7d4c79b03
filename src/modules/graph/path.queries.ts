import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { InteractionKind } from '../social/index.js';
import { type Attention, type ChainHop, strongestChain, type Wanted } from './path.search.js';

/** Further than this nobody speaks of influence. */
const MOST_HOPS = 6;
/** Of each identity only its strongest ties are followed, of those the viewer may see; one to the mover itself always is. */
const TIES = 200;
/** So many identities are looked at before the search answers the strongest chain it has. */
const MOST_READ = 1_000;
/** With no more than so many who attend to the mover, it is read beforehand what the last step of a chain can be. */
const MOST_LAST = 400;

export interface PathHop {
  /** Who moves. */
  from: string;
  /** Who is moved. */
  to: string;
  kind: InteractionKind;
  postId: string | null;
  /** Share of what `to` does that concerns `from`, above 0, at most 1. */
  weight: number;
}

/**
 * The strongest chain along which `from` moves `to`: each moves the next as much as the share of the next one's attention that
 * goes to it, and a chain as much as the product of its shares (Kempe, Kleinberg and Tardos 2003, weighted cascade). Searched
 * from `to`, whose attention is short to read, where what everybody does to somebody famous is not; up to six steps, all of them
 * identities the viewer may see. Null when there is none.
 */
export async function strongestPath(context: RequestContext, from: string[], to: string[]): Promise<PathHop[] | null> {
  const hops = await strongestChain<InteractionKind>(from, to, {
    attentionOf: wanted => attentionOf(context, from, wanted),
    lastSteps: await lastStepsTo(context, from),
    mostHops: MOST_HOPS,
    mostRead: MOST_READ,
  });
  return hops && prove(context, hops);
}

/** Of everybody the viewer may see, what part of their attention a mover has; null where they are too many. */
async function lastStepsTo(
  context: RequestContext,
  movers: string[],
): Promise<Map<string, Attention<InteractionKind>> | null> {
  const parameters = new Parameters();
  const ids = parameters.add(movers, 'uuid[]');
  const visible = visibleCondition(context.viewer, 'IDENTITY', 'n', parameters);
  const near = await context.read<{ id: string }>(
    `select distinct e.from_identity_id as id from identity_edges e
       ${visible ? 'join social_identities n on n.organization_id = e.organization_id and n.id = e.from_identity_id' : ''}
      where e.to_identity_id = any (${ids}) ${visible ? `and ${visible}` : ''}
      limit ${MOST_LAST + 1}`,
    parameters.values,
  );
  if (near.length > MOST_LAST) return null;
  // No share is above 1, so that this asks for what goes to the movers only.
  const attention = await attentionOf(
    context,
    movers,
    near.map(({ id }) => ({ id, above: 1 })),
  );
  return new Map(near.flatMap(({ id }, at) => (attention[at]![0] ? [[id, attention[at]![0]] as const] : [])));
}

/**
 * Where the attention of each goes. What time has done to weights cancels out of shares, so they are taken from the strengths
 * alone. Attention to people the viewer may not see is part of the whole that a share is of, and no more is told of it.
 */
async function attentionOf(
  context: RequestContext,
  movers: string[],
  wanted: Wanted[],
): Promise<Attention<InteractionKind>[][]> {
  const parameters = new Parameters();
  const ids = parameters.add(
    wanted.map(({ id }) => id),
    'uuid[]',
  );
  const above = parameters.add(
    wanted.map(each => each.above),
    'double precision[]',
  );
  const goals = parameters.add(movers, 'uuid[]');
  const visible = visibleCondition(context.viewer, 'IDENTITY', 'n', parameters);
  const rows = await context.read<{ place: number; to: string; share: number; kind: InteractionKind }>(
    `select k.place::integer as place, t.far as "to", t.share, t.kind
       from unnest(${ids}, ${above}) with ordinality as k(id, above, place)
      cross join lateral (
        select v.*, row_number() over (order by v.share desc, v.far) as rank
          from (
            select g.organization_id, g.far, g.kind, least(1, g.weight / sum(g.weight) over ()) as share
              from (
                select e.organization_id, e.to_identity_id as far, (array_agg(e.kind order by e.strength desc, e.kind))[1] as kind,
                       sum(power(2::double precision, greatest(e.strength - m.top, -1000))) as weight
                  from (select max(x.strength) as top from identity_edges x where x.from_identity_id = k.id) m
                  join identity_edges e on e.from_identity_id = k.id
                 group by 1, 2) g) v
          ${visible ? 'join social_identities n on n.organization_id = v.organization_id and n.id = v.far' : ''}
         where (v.share > k.above or v.far = any (${goals})) ${visible ? `and ${visible}` : ''}) t
      where (t.rank <= ${TIES} and t.share > k.above) or t.far = any (${goals})
      order by k.place, t.rank`,
    parameters.values,
  );
  const byPlace = Map.groupBy(rows, row => row.place);
  return wanted.map((_, at) => byPlace.get(at + 1) ?? []);
}

/** Gives each hop the latest post of its kind that shows it, of those the viewer may see. */
async function prove(context: RequestContext, hops: ChainHop<InteractionKind>[]): Promise<PathHop[]> {
  if (hops.length === 0) return [];
  const parameters = new Parameters();
  const movers = parameters.add(
    hops.map(hop => hop.from),
    'uuid[]',
  );
  const moved = parameters.add(
    hops.map(hop => hop.to),
    'uuid[]',
  );
  const kinds = parameters.add(
    hops.map(hop => hop.kind),
    'text[]',
  );
  const visible = visibleCondition(context.viewer, 'POST', 'p', parameters);
  const rows = await context.read<{ place: number; postId: string }>(
    `select h.place::integer as place, i.post_id as "postId"
       from unnest(${movers}, ${moved}, ${kinds}) with ordinality as h(mover, moved, kind, place)
      cross join lateral (
        select y.post_id from interactions y
          join posts p on p.organization_id = y.organization_id and p.id = y.post_id
         where y.from_identity_id = h.moved and y.to_identity_id = h.mover and y.kind = h.kind ${visible ? `and ${visible}` : ''}
         order by y.occurred_at desc, y.id limit 1) i`,
    parameters.values,
  );
  const posts = new Map(rows.map(row => [row.place, row.postId]));
  return hops.map((hop, at) => ({ ...hop, postId: posts.get(at + 1) ?? null }));
}
