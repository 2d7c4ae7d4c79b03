// What the bench of graphs is measured on: a generated graph with a power law, and the public data of ../shared.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Engagements } from '../src/modules/graph/analysis/influence.js';
import { Random } from '../src/modules/graph/analysis/random.js';

/** From the project's root. */
const DATA = process.env['BENCH_DATA'] ?? '../shared/data';

export interface Edges {
  nodeCount: number;
  from: Int32Array;
  to: Int32Array;
}

/**
 * Edges whose ends are drawn independently, by Zipf's law: in-degrees fall as rank^-0.8 (a density of degree^-2.25, as of followers
 * and mentions), out-degrees as rank^-0.5. Nodes are numbered in random order, so that no hub has a good place in memory.
 */
export function powerLawEdges(nodeCount: number, edgeCount: number, seed: number): Edges {
  const random = new Random(seed);
  const names = () => random.shuffle(Int32Array.from({ length: nodeCount }, (_, i) => i));
  const [givers, receivers] = [names(), names()];
  const from = new Int32Array(edgeCount);
  const to = new Int32Array(edgeCount);
  for (let i = 0; i < edgeCount; i++) {
    from[i] = givers[Math.floor(nodeCount * random.unit() ** 2)]!;
    to[i] = receivers[Math.floor(nodeCount * random.unit() ** 5)]!;
  }
  return { nodeCount, from, to };
}

export type HiggsKind = 'REPOST' | 'MENTION' | 'REPLY';

export interface Higgs extends Engagements {
  /** The account that each node is. */
  names: Int32Array;
  /** One an interaction. */
  kinds: HiggsKind[];
}

/** The early Higgs interactions of the given kinds, nodes numbered by account; undefined where the data is not there. */
export function higgs(kinds: readonly HiggsKind[]): Higgs | undefined {
  const file = `${DATA}/higgs-interactions-early.csv.gz`;
  if (!existsSync(file)) return undefined;
  const rows = gunzipSync(readFileSync(file))
    .toString('latin1')
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(','))
    .filter(([, , , kind]) => kinds.includes(kind as HiggsKind));
  const names = Int32Array.from(new Set(rows.flatMap(([from, to]) => [Number(from), Number(to)]))).sort();
  const node = new Map(Array.from(names, (name, i) => [name, i]));
  return {
    nodeCount: names.length,
    names,
    from: Int32Array.from(rows, ([from]) => node.get(Number(from))!),
    to: Int32Array.from(rows, ([, to]) => node.get(Number(to))!),
    at: Float64Array.from(rows, ([, , at]) => Date.parse(at!) / 1000),
    kinds: rows.map(([, , , kind]) => kind as HiggsKind),
  };
}

/** Who mailed whom; undefined where the data is not there. */
export function emailEuCore(): Edges | undefined {
  const file = `${DATA}/graph/email-Eu-core.txt`;
  if (!existsSync(file)) return undefined;
  const numbers = readFileSync(file, 'utf8').trim().split(/\s+/);
  return {
    nodeCount: 1005,
    from: Int32Array.from({ length: numbers.length / 2 }, (_, i) => Number(numbers[2 * i])),
    to: Int32Array.from({ length: numbers.length / 2 }, (_, i) => Number(numbers[2 * i + 1])),
  };
}

export interface Reference {
  pagerank_weighted_top10: [node: number, rank: number][];
  coreness_max: number;
  weak_components: number;
  largest_wcc: number;
  undirected_simple_edges: number;
  louvain_Q: number;
  leiden_Q: number;
}

export const references = (): Record<string, Reference> =>
  JSON.parse(readFileSync(`${DATA}/graph/reference-values.json`, 'utf8'));
