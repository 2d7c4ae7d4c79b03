import { describe, expect, test } from '@jest/globals';
import { type Edges, emailEuCore, higgs, references } from '../../../../bench/graph.dataset.js';
import { karateClub } from '../../../../test/support/karate.js';
import { simulateCascade } from './cascade.js';
import { findCommunities } from './communities.js';
import { weakComponents } from './components.js';
import { buildCsr, type Csr, rowShares, transpose, undirected } from './csr.js';
import { coreNumbers } from './kcore.js';
import { pageRank } from './pagerank.js';
import { seedSet } from './seeds.js';

const email = emailEuCore();
const [replies, mentions] = [higgs(['REPLY']), higgs(['MENTION'])];
const isThere = email && replies && mentions;
if (!isThere) process.stderr.write('The research data is not there: what is measured on it is skipped.\n');

const directed = ({ nodeCount, from, to }: Edges): Csr => buildCsr(nodeCount, from, to, null);
const largest = (values: Iterable<number>) => [...values].reduce((a, b) => Math.max(a, b), 0);

function best(values: ArrayLike<number>, count: number): number[] {
  const nodes = Array.from(values, (_, node) => node);
  return nodes.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count);
}

/** What igraph 0.10.2 says of the early interactions; the published reference values are of the whole data, which is longer. */
const EARLY = {
  REPLY: {
    ranks: [
      [677, 0.05020568351790336],
      [152385, 0.04270926776055519],
      [88, 0.01622828608382389],
      [7690, 0.002925127008470497],
      [3369, 0.0013504236001377064],
    ],
    core: 3,
    simpleEdges: 8933,
    components: 3449,
    largest: 3693,
    louvain: 0.9656,
  },
  MENTION: {
    ranks: [
      [13813, 0.18080060142455243],
      [88, 0.0927547996372779],
      [3998, 0.043206407911490455],
      [3369, 0.022882421756857937],
      [13808, 0.0073768977682402235],
    ],
    core: 9,
    simpleEdges: 46570,
    components: 3266,
    largest: 30286,
    louvain: 0.78206,
  },
} as const;

(isThere ? describe : describe.skip)('on public graphs', () => {
  test('a karate club has the ranks, core, components and communities of the references', () => {
    const reference = references()['karate']!;
    const graph = karateClub();
    const { ranks } = pageRank(graph);
    for (const [node, rank] of reference.pagerank_weighted_top10)
      expect(Math.abs(ranks[node]! - rank)).toBeLessThan(1e-9);
    expect(largest(coreNumbers(graph))).toBe(reference.coreness_max);
    expect(weakComponents(graph).count).toBe(reference.weak_components);
    expect(findCommunities(graph).modularity).toBeGreaterThan(reference.louvain_Q - 1e-12);
  });

  test('the mails of an institute have those of the references', () => {
    const reference = references()['email-Eu-core']!;
    const graph = directed(email!);
    const { ranks } = pageRank(transpose(graph));
    for (const [node, rank] of reference.pagerank_weighted_top10)
      expect(Math.abs(ranks[node]! - rank)).toBeLessThan(1e-8);
    expect(best(ranks, 10)).toEqual(reference.pagerank_weighted_top10.map(([node]) => node));
    const both = undirected(graph, { loops: 'drop' });
    expect(both.targets.length / 2).toBe(reference.undirected_simple_edges);
    // The reference counts both directions of a pair, and loops; igraph says 34 of the simple graph.
    expect(largest(coreNumbers(undirected(graph, { parallel: 'keep' })))).toBe(reference.coreness_max);
    expect(largest(coreNumbers(both))).toBe(34);
    expect(weakComponents(graph)).toMatchObject({ count: reference.weak_components });
    expect(weakComponents(graph).sizes[0]).toBe(reference.largest_wcc);
    for (let seed = 1; seed <= 5; seed++) {
      expect(findCommunities(both, { seed }).modularity).toBeGreaterThan(reference.louvain_Q);
    }
  });

  test.each(['REPLY', 'MENTION'] as const)('the early Higgs interactions of kind %s have those of igraph', kind => {
    const reference = EARLY[kind];
    const edges = kind === 'REPLY' ? replies! : mentions!;
    const graph = directed(edges);
    const { ranks } = pageRank(transpose(graph));
    for (const [name, rank] of reference.ranks) {
      expect(Math.abs(ranks[edges.names.indexOf(name)]! - rank)).toBeLessThan(1e-9);
    }
    const both = undirected(graph, { loops: 'drop' });
    expect(both.targets.length / 2).toBe(reference.simpleEdges);
    expect(largest(coreNumbers(both))).toBe(reference.core);
    const { count, sizes } = weakComponents(graph);
    expect([count, sizes[0]]).toEqual([reference.components, reference.largest]);
    expect(findCommunities(both).modularity).toBeGreaterThan(reference.louvain);
  });

  test('chosen seeds reach further than those of highest PageRank, and those further than any at random', () => {
    for (const edges of [email!, higgs(['REPLY', 'MENTION', 'REPOST'])!]) {
      const shares = rowShares(
        buildCsr(edges.nodeCount, edges.from, edges.to, null, { parallel: 'sum', loops: 'drop' }),
      );
      const reachOf = (seeds: Iterable<number>) => simulateCascade(shares, Int32Array.from(seeds), { plays: 50 }).mean;
      const { seeds, reach } = seedSet(shares, 50);
      const chosen = reachOf(seeds);
      const ranked = reachOf(best(pageRank(transpose(directed(edges))).ranks, 50));
      expect(chosen).toBeGreaterThan(ranked);
      expect(ranked).toBeGreaterThan(reachOf(Array.from({ length: 50 }, (_, i) => (i * 7919) % edges.nodeCount)));
      expect(Math.abs(reach[49]! / chosen - 1)).toBeLessThan(0.03);
    }
  });
});
