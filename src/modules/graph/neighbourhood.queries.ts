import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import type { InteractionKind, Network } from '../social/index.js';
import { log2SumOfSql, weightOfSql, weightsJoin } from './strength.sql.js';

/** Which interactions count. */
export interface EdgeFilter {
  /** Only edges with an interaction since then. */
  since?: Date | null;
  kinds?: InteractionKind[] | null;
  networks?: Network[] | null;
}

export interface GraphEdgeRow {
  from: string;
  to: string;
  kinds: InteractionKind[];
  count: number;
  weight: number;
  lastAt: string;
}

export interface Neighbours {
  /** Stored ids of identities, the centre first, then by distance and strength. */
  nodes: { identityId: string; distance: number }[];
  /** There is more than was asked for. */
  truncated: boolean;
}

/**
 * The strongest neighbourhood of `centers` within `depth` steps, whichever way the interactions went: nearest first, and of the
 * equally near those tied most strongly to what is there already. At most `limit` identities, all of which the viewer may see.
 */
export async function neighbourhoodOf(
  context: RequestContext,
  centers: string[],
  { depth, limit, filter }: { depth: number; limit: number; filter: EdgeFilter },
): Promise<Neighbours> {
  const nodes = centers.slice(0, limit).map(identityId => ({ identityId, distance: 0 }));
  let truncated = centers.length > limit;
  let frontier = nodes.map(node => node.identityId);
  for (let distance = 1; distance <= depth && frontier.length > 0; distance++) {
    const left = limit - nodes.length;
    const seen = nodes.map(node => node.identityId);
    // One more than there is room for tells whether there are more.
    const next = await strongestNeighbours(context, frontier, seen, left + 1, filter);
    if (next.length > left) truncated = true;
    frontier = next.slice(0, left);
    nodes.push(...frontier.map(identityId => ({ identityId, distance })));
    if (truncated) break;
  }
  return { nodes, truncated };
}

/** Keeps of edges `e` those that count. */
function edgeConditions({ since, kinds }: EdgeFilter, parameters: Parameters): string[] {
  return [
    since && `e.last_at >= ${parameters.add(since, 'timestamptz')}`,
    kinds && `e.kind = any (${parameters.add(kinds, 'text[]')})`,
  ].filter(condition => typeof condition === 'string');
}

/** Keeps of identities `n` those that count and that the viewer may see. */
function nodeConditions(context: RequestContext, { networks }: EdgeFilter, parameters: Parameters): string[] {
  return [
    networks && `n.network = any (${parameters.add(networks, 'text[]')})`,
    visibleCondition(context.viewer, 'IDENTITY', 'n', parameters),
  ].filter(condition => typeof condition === 'string');
}

async function strongestNeighbours(
  context: RequestContext,
  frontier: string[],
  seen: string[],
  most: number,
  filter: EdgeFilter,
): Promise<string[]> {
  const parameters = new Parameters();
  const from = parameters.add(frontier, 'uuid[]');
  const known = parameters.add(seen, 'uuid[]');
  const limit = parameters.add(most, 'integer');
  const ofEdge = edgeConditions(filter, parameters);
  const ofNode = nodeConditions(context, filter, parameters);
  // An edge of another kind between the same two takes a row too, and of these there are six kinds.
  const side = (near: string, far: string) => `
    (select e.${far} as other, e.strength from identity_edges e
      ${ofNode.length > 0 ? `join social_identities n on n.organization_id = e.organization_id and n.id = e.${far}` : ''}
      where ${[`e.${near} = k.id`, `e.${far} <> all (${known})`, ...ofEdge, ...ofNode].join(' and ')}
      order by e.strength desc limit ${limit} * 6)`;
  const rows = await context.read<{ other: string }>(
    `select o.other
       from (select s.other, s.strength, max(s.strength) over (partition by s.other) as top
               from unnest(${from}) as k(id)
              cross join lateral (${side('from_identity_id', 'to_identity_id')} union all ${side('to_identity_id', 'from_identity_id')}) s) o
      group by o.other order by ${log2SumOfSql('o.strength', 'o.top')} desc, o.other limit ${limit}`,
    parameters.values,
  );
  return rows.map(row => row.other);
}

/** Everything between these identities, the heaviest first. Whoever asks sees each of them already. */
export async function edgesAmong(
  context: RequestContext,
  identityIds: string[],
  filter: EdgeFilter,
): Promise<GraphEdgeRow[]> {
  if (identityIds.length < 2) return [];
  const parameters = new Parameters();
  const ids = parameters.add(identityIds, 'uuid[]');
  const ofEdge = edgeConditions(filter, parameters);
  return context.read<GraphEdgeRow>(
    `select e.from_identity_id as "from", e.to_identity_id as "to", array_agg(e.kind order by e.strength desc) as kinds,
            sum(e.count)::integer as count, sum(${weightOfSql('e.strength')}) as weight, max(e.last_at) as "lastAt"
       from identity_edges e ${weightsJoin('e')}
      where ${[`e.from_identity_id = any (${ids})`, `e.to_identity_id in (select unnest(${ids}))`, ...ofEdge].join(' and ')}
      group by e.from_identity_id, e.to_identity_id order by weight desc, 1, 2`,
    parameters.values,
  );
}
