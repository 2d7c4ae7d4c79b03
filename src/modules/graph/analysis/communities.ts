import { aggregate, type Level, levelOf } from './communities.levels.js';
import { moveNodes } from './communities.moving.js';
import { refine } from './communities.refining.js';
import { numberBySize, weakComponents } from './components.js';
import type { Csr } from './csr.js';
import { modularity } from './modularity.js';
import { checkpoint, type Watch } from './progress.js';
import { Random } from './random.js';

export interface CommunityOptions extends Watch {
  /** γ of modularity; above 1 asks for smaller communities. Default 1. */
  resolution?: number;
  /** The same seed finds the same communities. Default 1. */
  seed?: number;
  /**
   * A community for each node, from 0 to below their number, to begin with: what was found before the graph changed a little. Unless
   * given, everyone begins alone.
   */
  start?: Int32Array;
  /** How often the whole is run again from what the last run found, at most; it ends where a run gains nothing. Default 10; 1 above two million edges, where the next time can begin with this one's result. */
  rounds?: number;
}

export interface Communities {
  /** The community of each node, 0 … count - 1; the largest is 0. A node without edges is alone in its own. */
  community: Int32Array;
  sizes: Int32Array;
  count: number;
  modularity: number;
}

/** An undirected view has two ends an edge. From here on a round takes seconds. */
const MANY_ENDS = 4_000_000;

/** Up to here a run takes milliseconds: the best of four starts is taken. */
const FEW_ENDS = 100_000;

/** Where a round raises modularity by less than this, it is the last. */
const WORTH_A_ROUND = 1e-5;

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019), maximising modularity; each is connected within itself.
 * Nodes are moved between communities, communities are refined into well-connected parts, the parts become the nodes of a
 * smaller graph, and so on until nothing moves. Refinement merges a node where the gain is largest, as the authors' own
 * `leidenalg` does, rather than at random by gain.
 * @param graph an undirected view, as `undirected` makes it
 * @throws RangeError where an option is out of its range
 */
export function findCommunities(graph: Csr, options: CommunityOptions = {}): Communities {
  const { resolution = 1, seed = 1, start, rounds = graph.targets.length > MANY_ENDS ? 1 : 10 } = options;
  if (!(resolution >= 0 && resolution < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`A resolution of ${resolution} is negative or not finite.`);
  }
  if (!(rounds >= 1)) throw new RangeError(`${rounds} rounds are less than one.`);
  if (start && (start.length !== graph.nodeCount || start.some(group => group < 0 || group >= graph.nodeCount))) {
    throw new RangeError('The start does not give each node a community from 0 to below the number of nodes.');
  }
  const random = new Random(seed);
  const ground = levelOf(graph);
  const starts = start || graph.targets.length > FEW_ENDS ? 1 : 4;
  let best = { membership: identity(graph.nodeCount), quality: Number.NEGATIVE_INFINITY };
  for (let time = 0; time < starts; time++) {
    const report = (part: number) => checkpoint(options, (time + part) / starts);
    const found = runRounds(graph, ground, start ?? identity(graph.nodeCount), resolution, rounds, random, report);
    if (found.quality > best.quality) best = found;
  }
  checkpoint(options, 1);
  // Where refinement could merge nothing, whole communities were moved: one may have lost the node that held it together.
  // To part what is not linked never costs modularity.
  const { component, sizes, count } = weakComponents(graph, best.membership);
  return { community: component, sizes, count, modularity: modularity(graph, component, resolution) };
}

/** Until a round gains nothing. */
function runRounds(
  graph: Csr,
  ground: Level,
  start: Int32Array,
  resolution: number,
  rounds: number,
  random: Random,
  report: (part: number) => void,
): { membership: Int32Array; quality: number } {
  let membership = start;
  let quality = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const found = leiden(ground, membership, resolution, random, part => report((round + part) / rounds));
    const reached = modularity(graph, found, resolution);
    const gain = reached - quality;
    if (gain > 0) [membership, quality] = [found, reached];
    if (gain < WORTH_A_ROUND) break;
  }
  return { membership, quality };
}

/** One run from a given membership, over all its levels; told how far it is, by guess, as each step halves what remains. */
function leiden(
  ground: Level,
  start: Int32Array,
  resolution: number,
  random: Random,
  report: (part: number) => void,
): Int32Array {
  let level = ground;
  let membership = start;
  // The node of the present level that each node of the ground is part of.
  const part = identity(ground.nodeCount);
  let remaining = 1;
  for (;;) {
    const check = () => report(1 - remaining);
    membership = moveNodes(level, membership, resolution, random, check);
    remaining /= 2;
    const count = countDistinct(membership);
    if (count === level.nodeCount) break;
    const refined = refine(level, membership, resolution, random, check);
    // Where refinement merged nothing, the communities themselves are the parts: the next level must be smaller.
    const { labels, sizes } = numberBySize(countDistinct(refined) < level.nodeCount ? refined : membership);
    const above = new Int32Array(sizes.length);
    for (let node = 0; node < level.nodeCount; node++) above[labels[node]!] = membership[node]!;
    level = aggregate(level, labels, sizes);
    for (let node = 0; node < part.length; node++) part[node] = labels[part[node]!]!;
    // Communities are numbered anew, to fit the smaller number of nodes.
    membership = renumber(above);
  }
  const result = new Int32Array(part.length);
  for (let node = 0; node < part.length; node++) result[node] = membership[part[node]!]!;
  return result;
}

/** Numbers that may be larger than there are items become 0 … count - 1, in the order they come. */
function renumber(groups: Int32Array): Int32Array {
  let largest = -1;
  for (let i = 0; i < groups.length; i++) largest = Math.max(largest, groups[i]!);
  const number = new Int32Array(largest + 1).fill(-1);
  const result = new Int32Array(groups.length);
  let next = 0;
  for (let i = 0; i < groups.length; i++) {
    if (number[groups[i]!]! < 0) number[groups[i]!] = next++;
    result[i] = number[groups[i]!]!;
  }
  return result;
}

function countDistinct(groups: Int32Array): number {
  const seen = new Uint8Array(groups.length);
  let count = 0;
  for (let i = 0; i < groups.length; i++) {
    if (seen[groups[i]!]) continue;
    seen[groups[i]!] = 1;
    count++;
  }
  return count;
}

function identity(length: number): Int32Array {
  const result = new Int32Array(length);
  for (let i = 0; i < length; i++) result[i] = i;
  return result;
}
