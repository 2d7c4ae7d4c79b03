// The algorithms beside what igraph and networkx say of a public graph; the published values of others need data that is not here.
import { findCommunities } from '../src/modules/graph/analysis/communities.js';
import { weakComponents } from '../src/modules/graph/analysis/components.js';
import { buildCsr, transpose, undirected } from '../src/modules/graph/analysis/csr.js';
import { coreNumbers } from '../src/modules/graph/analysis/kcore.js';
import { pageRank } from '../src/modules/graph/analysis/pagerank.js';
import { emailEuCore, references } from './graph.dataset.js';
import { say } from './support/statistics.js';

const SEEDS = 20;

export function checkReferences(): void {
  const email = emailEuCore();
  if (!email) {
    say('\nNo research data: nothing to check. BENCH_DATA names another folder.');
    return;
  }
  const reference = references()['email-Eu-core']!;
  const graph = buildCsr(email.nodeCount, email.from, email.to, null);
  const { ranks } = pageRank(transpose(graph));
  const off = Math.max(...reference.pagerank_weighted_top10.map(([node, rank]) => Math.abs(ranks[node]! - rank)));
  const core = Math.max(...coreNumbers(undirected(graph, { parallel: 'keep' })));
  const { count, sizes } = weakComponents(graph);
  const both = undirected(graph, { loops: 'drop' });
  const qualities = Array.from({ length: SEEDS }, (_, i) => findCommunities(both, { seed: i + 1 }).modularity);
  say('\nReferences, email-Eu-core (theirs in brackets)');
  say(`  PageRank of the first ten: off by ${off.toExponential(1)} at most`);
  say(`  largest core ${core} (${reference.coreness_max})`);
  say(`  components ${count} (${reference.weak_components}), the largest of ${sizes[0]} (${reference.largest_wcc})`);
  say(
    `  modularity ${Math.min(...qualities).toFixed(5)} to ${Math.max(...qualities).toFixed(5)} over ${SEEDS} seeds ` +
      `(Louvain ${reference.louvain_Q.toFixed(5)}, Leiden ${reference.leiden_Q.toFixed(5)})`,
  );
}
