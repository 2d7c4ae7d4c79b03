import { findCommunities } from '../analysis/communities.js';
import { buildCsr, type Csr, undirected } from '../analysis/csr.js';
import { countEngagers, engagementTrend, influenceScores, percentileRanks } from '../analysis/influence.js';
import { pageRank } from '../analysis/pagerank.js';
import { checkpoint, type Watch } from '../analysis/progress.js';
import { secondOrderReach } from '../analysis/reach.js';
import { type LoadedGraph, relativeWeights } from './graph.load.js';

/** Influence of every node, by its number. */
export interface NodeInfluence {
  score: Float64Array;
  percentile: Float64Array;
  engagers: Float64Array;
  distinctEngagers: Int32Array;
  pagerank: Float64Array;
  reach: Float64Array;
  /** (engagers of the last window − those of the one before) ÷ the sum of both, -1 to 1; 0 without any. */
  trend: Float64Array;
}

export interface FoundCommunities {
  /** Number of the community of each identity, or -1 for those of too few. */
  of: Int32Array;
  count: number;
  sizes: Int32Array;
  /** Share of the members' weight that stays among them. */
  cohesion: Float64Array;
}

export interface Clock {
  /** The latest interaction, seconds since 1970. */
  now: number;
  halfLife: number;
  /** Length of one window of the trend, seconds. */
  window: number;
}

/** Two that talk are a pair; a community begins with three. */
const FEWEST_MEMBERS = 3;

interface Edges {
  nodeCount: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  lastAt: Float64Array;
  recent: LoadedGraph['recent'];
}

/** Influence of identities, of customers under all their identities, and communities of identities. */
export function analyse(graph: LoadedGraph, clock: Clock, watch: Watch) {
  const part = (from: number, to: number): Watch => ({
    ...watch,
    onProgress: done => watch.onProgress?.(from + done * (to - from)),
  });
  const { from, to, lastAt, recent } = graph;
  const edges = { nodeCount: graph.identities.count, from, to, weight: relativeWeights(graph), lastAt, recent };
  const identities = influenceOf(edges, clock, part(0, 0.35));
  const communities = communitiesOf(graph, part(0.35, 0.8));
  // Without customers the collapsed graph is the one that was just ranked.
  const customers = graph.customers.count > 0 ? influenceOf(collapse(edges, graph), clock, part(0.8, 1)) : identities;
  checkpoint(watch, 1);
  return { identities, customers, communities };
}

/** Identities of one customer become one node; what they do among themselves is nobody's influence. Customers come first, by number. */
function collapse(edges: Edges, { customerOf, customers }: LoadedGraph): Edges {
  const node = new Int32Array(edges.nodeCount);
  let next = customers.count;
  for (let identity = 0; identity < node.length; identity++)
    node[identity] = customerOf[identity]! >= 0 ? customerOf[identity]! : next++;
  const renumber = (ends: Int32Array): Int32Array => ends.map(identity => node[identity]!);
  const { recent } = edges;
  return {
    ...edges,
    nodeCount: next,
    from: renumber(edges.from),
    to: renumber(edges.to),
    recent: { ...recent, from: renumber(recent.from), to: renumber(recent.to) },
  };
}

function influenceOf(
  { nodeCount, from, to, weight, lastAt, recent }: Edges,
  clock: Clock,
  watch: Watch,
): NodeInfluence {
  const incoming = buildCsr(nodeCount, to, from, weight, { parallel: 'sum', loops: 'drop' });
  checkpoint(watch, 0.2);
  const { ranks } = pageRank(incoming, { ...watch, onProgress: done => watch.onProgress?.(0.2 + done * 0.3) });
  const { distinct, decayed } = countEngagers({ nodeCount, from, to, at: lastAt }, clock.now, clock.halfLife);
  checkpoint(watch, 0.7);
  const reach = secondOrderReach(incoming, { ...watch, onProgress: done => watch.onProgress?.(0.7 + done * 0.2) });
  const { recent: latest, before } = engagementTrend({ nodeCount, ...recent }, clock.now, clock.window);
  const trend = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++)
    trend[node] = (latest[node]! - before[node]!) / Math.max(1, latest[node]! + before[node]!);
  const score = influenceScores(decayed, ranks);
  return {
    score,
    percentile: percentileRanks(score),
    engagers: decayed,
    distinctEngagers: distinct,
    pagerank: ranks,
    reach,
    trend,
  };
}

/**
 * Who belongs together does not fade like influence does: with decayed weights, all that is old would be one community beside
 * whatever is new. Nor do a thousand likes make a thousand ties: edges weigh log2(1 + interactions).
 */
function communitiesOf(graph: LoadedGraph, watch: Watch): FoundCommunities {
  const { identities, from, to, count: acts } = graph;
  const nodeCount = identities.count;
  const weight = Float64Array.from(acts, interactions => Math.log2(1 + interactions));
  const both = undirected(buildCsr(nodeCount, from, to, weight, { loops: 'drop' }));
  const found = findCommunities(both, {
    ...watch,
    ...(graph.former.subjects.count > 0 ? { start: startOf(graph) } : {}),
  });
  // The largest come first, so those of too few are the last.
  let count = found.sizes.findIndex(size => size < FEWEST_MEMBERS);
  if (count === -1) count = found.count;
  const of = found.community.map(community => (community < count ? community : -1));
  return { of, count, sizes: found.sizes.subarray(0, count), cohesion: cohesionOf(both, of, count) };
}

/** Everybody where the last run put them, and whoever was nowhere alone. */
function startOf(graph: LoadedGraph): Int32Array {
  const formerOf = formerCommunitiesOf(graph);
  const first = new Int32Array(graph.formerCommunities.count).fill(-1);
  return formerOf.map((community, node) => {
    if (community < 0) return node;
    if (first[community] === -1) first[community] = node;
    return first[community]!;
  });
}

/** Number of the community each identity was in before, or -1. */
export function formerCommunitiesOf({ identities, former }: LoadedGraph): Int32Array {
  const of = new Int32Array(identities.count);
  for (let node = 0; node < of.length; node++) {
    const row = former.subjects.findOf(identities, node);
    of[node] = row >= 0 ? former.community[row]! : -1;
  }
  return of;
}

function cohesionOf({ nodeCount, offsets, targets, weights }: Csr, of: Int32Array, count: number): Float64Array {
  const inside = new Float64Array(count);
  const all = new Float64Array(count);
  for (let node = 0; node < nodeCount; node++) {
    const community = of[node]!;
    if (community < 0) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const weight = weights ? weights[i]! : 1;
      all[community]! += weight;
      if (of[targets[i]!] === community) inside[community]! += weight;
    }
  }
  return inside.map((weight, community) => (all[community]! > 0 ? weight / all[community]! : 0));
}

/**
 * Which former community each new one goes on as: the one that most of its members come from, each former one once, the largest
 * overlap first. -1 for those that are new.
 */
export function goesOnAs(of: Int32Array, count: number, formerOf: Int32Array): Int32Array {
  const overlaps = new Map<number, number>();
  const base = of.length + 1;
  for (let node = 0; node < of.length; node++) {
    if (of[node]! < 0 || formerOf[node]! < 0) continue;
    const pair = of[node]! * base + formerOf[node]!;
    overlaps.set(pair, (overlaps.get(pair) ?? 0) + 1);
  }
  const heir = new Int32Array(count).fill(-1);
  const taken = new Set<number>();
  for (const [pair] of [...overlaps].sort((a, b) => b[1] - a[1])) {
    const former = pair % base;
    const community = (pair - former) / base;
    if (heir[community] !== -1 || taken.has(former)) continue;
    heir[community] = former;
    taken.add(former);
  }
  return heir;
}
