// PageRank of a generated graph, in a process of its own, so that its largest resident memory is that of this work alone.
import { writeFileSync } from 'node:fs';
import { buildCsr } from '../src/modules/graph/analysis/csr.js';
import { pageRank } from '../src/modules/graph/analysis/pagerank.js';
import { powerLawEdges } from './graph.dataset.js';
import { answering } from './support/processes.js';

export interface RankingTask {
  nodeCount: number;
  edgeCount: number;
  rounds: number;
  /** Where the edges and the ranks are written for others to compare. */
  folder: string;
}

/** Processor time of all threads in milliseconds, one a round: the first before anything is compiled. */
export interface RankingTimes {
  generate: number;
  build: number[];
  ranks: number[];
  iterations: number;
  peakMegabytes: number;
}

async function rank({ nodeCount, edgeCount, rounds, folder }: RankingTask): Promise<RankingTimes> {
  let before = process.cpuUsage();
  const lap = () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    return (user + system) / 1000;
  };
  const { from, to } = powerLawEdges(nodeCount, edgeCount, 1);
  const times: RankingTimes = { generate: lap(), build: [], ranks: [], iterations: 0, peakMegabytes: 0 };
  for (let round = 0; round < rounds; round++) {
    lap();
    const incoming = buildCsr(nodeCount, to, from, null);
    times.build.push(lap());
    const { ranks, iterations } = pageRank(incoming);
    times.ranks.push(lap());
    times.iterations = iterations;
    if (round === 0) writeFileSync(`${folder}/ranks`, ranks);
  }
  times.peakMegabytes = process.resourceUsage().maxRSS / 1024;
  writeFileSync(`${folder}/from`, from);
  writeFileSync(`${folder}/to`, to);
  return times;
}

answering(rank);
