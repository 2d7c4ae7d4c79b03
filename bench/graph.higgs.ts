// A real cascade: who will be reshared next, whom to begin with, which communities there are.
import { simulateCascade } from '../src/modules/graph/analysis/cascade.js';
import { findCommunities } from '../src/modules/graph/analysis/communities.js';
import { buildCsr, rowShares, transpose, undirected } from '../src/modules/graph/analysis/csr.js';
import { countEngagers, influenceScores } from '../src/modules/graph/analysis/influence.js';
import { coreNumbers } from '../src/modules/graph/analysis/kcore.js';
import { pageRank } from '../src/modules/graph/analysis/pagerank.js';
import { secondOrderReach } from '../src/modules/graph/analysis/reach.js';
import { seedSet } from '../src/modules/graph/analysis/seeds.js';
import { type Higgs, higgs } from './graph.dataset.js';
import { say } from './support/statistics.js';

/** What is known ends here, and whoever is reshared in the time up to the end is to be foretold. */
const CUTS = ['2012-07-04T00:00Z', '2012-07-04T05:00Z', '2012-07-04T06:00Z', '2012-07-04T07:00Z'];
const END = Date.parse('2012-07-04T08:00Z') / 1000;
const HALF_LIFE = 6 * 3600;
const FOREVER = 1e12;
const FIRST = 100;
const SEEDS = 50;

export function measureHiggs(): void {
  const all = higgs(['REPOST', 'MENTION', 'REPLY']);
  if (!all) return;
  say('\nHiggs: of the 100 first by each measure, the share among the 100 reshared by most afterwards (until 08:00)');
  for (const cut of CUTS) foretell(all, cut);
  measureSeeds(all);
  const both = undirected(buildCsr(all.nodeCount, all.from, all.to, null), { loops: 'drop' });
  const { count, modularity } = timed('  communities', () => findCommunities(both));
  say(`    ${count}, modularity ${modularity.toFixed(4)}`);
  timed('  second-order reach', () => secondOrderReach(buildCsr(all.nodeCount, all.to, all.from, null)));
}

function foretell(all: Higgs, until: string): void {
  const cut = Date.parse(until) / 1000;
  const known = part(all, i => all.at[i]! < cut);
  const next = part(all, i => all.at[i]! >= cut && all.kinds[i] === 'REPOST');
  const truth = new Set(first(countEngagers(next, END, FOREVER).distinct, FIRST));
  const precision = (values: ArrayLike<number>) =>
    (first(values, FIRST).filter(node => truth.has(node)).length / FIRST).toFixed(2);
  const incoming = buildCsr(all.nodeCount, known.to, known.from, null, { parallel: 'sum' });
  const { ranks } = pageRank(incoming);
  const { distinct, decayed } = countEngagers(known, cut, HALF_LIFE);
  const activity = new Int32Array(all.nodeCount);
  for (const node of known.from) activity[node]!++;
  const measures = {
    score: influenceScores(decayed, ranks),
    'decayed engagers': decayed,
    engagers: distinct,
    PageRank: ranks,
    'k-core': coreNumbers(undirected(incoming, { loops: 'drop' })),
    'own activity': activity,
  };
  const results = Object.entries(measures).map(([name, values]) => `${name} ${precision(values)}`);
  say(`  from ${until}: ${results.join(', ')}`);
}

function measureSeeds({ nodeCount, from, to }: Higgs): void {
  say(
    `\nHiggs, all kinds: ${nodeCount.toLocaleString('en')} accounts, ${from.length.toLocaleString('en')} interactions`,
  );
  const shares = timed('  build', () =>
    rowShares(buildCsr(nodeCount, from, to, null, { parallel: 'sum', loops: 'drop' })),
  );
  const { seeds, reach, guarantee, samples } = timed(`  seedSet(${SEEDS})`, () => seedSet(shares, SEEDS));
  const { mean, error } = simulateCascade(shares, seeds);
  say(`    says it reaches ${Math.round(reach[SEEDS - 1]!)}, simulated ${Math.round(mean)} ± ${Math.round(error)}`);
  say(`    proven ${guarantee.toFixed(3)} of the best, ${samples.toLocaleString('en')} sets`);
  const incoming = transpose(shares);
  const { ranks } = pageRank(buildCsr(nodeCount, to, from, null));
  const engagers = Int32Array.from({ length: nodeCount }, (_, v) => incoming.offsets[v + 1]! - incoming.offsets[v]!);
  const reachOf = (nodes: number[]) => Math.round(simulateCascade(shares, Int32Array.from(nodes)).mean);
  const anyone = Array.from({ length: SEEDS }, (_, i) => (i * 7919) % nodeCount);
  say(
    `    the first ${SEEDS} by PageRank reach ${reachOf(first(ranks, SEEDS))}, by engagers ` +
      `${reachOf(first(engagers, SEEDS))}, at random ${reachOf(anyone)}`,
  );
}

function part(all: Higgs, isIn: (row: number) => boolean): Higgs {
  const rows = Int32Array.from(all.at.keys()).filter(isIn);
  return {
    ...all,
    from: rows.map(row => all.from[row]!),
    to: rows.map(row => all.to[row]!),
    at: Float64Array.from(rows, row => all.at[row]!),
    kinds: Array.from(rows, row => all.kinds[row]!),
  };
}

function first(values: ArrayLike<number>, count: number): number[] {
  const nodes = Array.from(values, (_, node) => node);
  return nodes.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count);
}

function timed<T>(what: string, work: () => T): T {
  const started = performance.now();
  const result = work();
  say(`${what} ${Math.round(performance.now() - started)} ms`);
  return result;
}
