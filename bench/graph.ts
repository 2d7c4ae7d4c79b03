import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findCommunities } from '../src/modules/graph/analysis/communities.js';
import { buildCsr, undirected } from '../src/modules/graph/analysis/csr.js';
import { powerLawEdges } from './graph.dataset.js';
import { measureHiggs } from './graph.higgs.js';
import { measureGraphQueries } from './graph.queries.js';
import { checkReferences } from './graph.references.js';
import { measureRefresh } from './graph.refresh.js';
import type { RankingTask, RankingTimes } from './graph.run.js';
import { cache } from './support/cluster.js';
import { machine } from './support/machine.js';
import { helper, root } from './support/processes.js';
import { median, say } from './support/statistics.js';

const PYTHON = process.env['BENCH_PYTHON'] ?? '/usr/bin/python3';

interface Igraph {
  version: string;
  build: number;
  ranks: number[];
  communities: number;
  modularity: number;
}

export async function measureGraph(flags: ReadonlySet<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const size = isQuick ? { nodeCount: 100_000, edgeCount: 1_000_000 } : { nodeCount: 1_000_000, edgeCount: 10_000_000 };
  say(machine());
  const task = { ...size, rounds: Number(process.env['BENCH_ROUNDS'] ?? 5), folder: join(cache, 'graph') };
  const igraph = await measureRanking(task);
  measureCommunities(task, igraph);
  checkReferences();
  measureHiggs();
  await measureGraphQueries();
  await measureRefresh(size);
}

async function measureRanking(task: RankingTask): Promise<Igraph | undefined> {
  const { nodeCount, edgeCount, folder } = task;
  mkdirSync(folder, { recursive: true });
  say(
    `\nPageRank, ${nodeCount.toLocaleString('en')} nodes and ${edgeCount.toLocaleString('en')} edges by a power law (processor time)`,
  );
  const child = helper('graph.run');
  const ours = await child.ask<RankingTimes>(task);
  child.end();
  const [build, ranks] = [median(ours.build), median(ours.ranks)];
  say(`  ours     build ${ms(build)} (first ${ms(ours.build[0]!)}), ranks ${ms(ranks)} (first ${ms(ours.ranks[0]!)})`);
  say(
    `           ${ours.iterations} passes, ${Math.round(ours.peakMegabytes)} MB at most, the list of edges among them`,
  );
  const igraph = measureIgraph(task);
  if (igraph) {
    const theirs = median(igraph.ranks);
    say(`  igraph   build ${ms(igraph.build)}, ranks ${ms(theirs)} (igraph ${igraph.version})`);
    say(`  ratio    build ${(igraph.build / build).toFixed(1)}, ranks ${(theirs / ranks).toFixed(1)}`);
    const [most, relative] = differences(folder);
    say(`  largest difference of a rank ${most.toExponential(1)}, as a share of it ${relative.toExponential(1)}`);
  }
  rmSync(folder, { recursive: true });
  return igraph;
}

/** Undefined, and said, where igraph is not there. */
function measureIgraph({ folder, nodeCount, rounds }: RankingTask): Igraph | undefined {
  try {
    execFileSync(PYTHON, ['-c', 'import igraph'], { stdio: 'ignore' });
  } catch {
    say(`  ${PYTHON} has no igraph: nothing to compare with (Debian: apt-get install python3-igraph).`);
    return undefined;
  }
  const script = join(root, 'bench/graph.igraph.py');
  return JSON.parse(
    execFileSync(PYTHON, [script, folder, String(nodeCount), String(rounds)], { encoding: 'utf8' }),
  ) as Igraph;
}

function differences(folder: string): [absolute: number, relative: number] {
  const read = (name: string) => new Float64Array(new Uint8Array(readFileSync(join(folder, name))).buffer);
  const theirs = read('ranks.igraph');
  let [absolute, relative] = [0, 0];
  for (const [node, rank] of read('ranks').entries()) {
    const difference = Math.abs(rank - theirs[node]!);
    absolute = Math.max(absolute, difference);
    relative = Math.max(relative, difference / theirs[node]!);
  }
  return [absolute, relative];
}

/** The hardest case: edges drawn by chance have no communities to find. */
function measureCommunities({ nodeCount, edgeCount }: RankingTask, igraph: Igraph | undefined): void {
  const { from, to } = powerLawEdges(nodeCount, edgeCount, 1);
  const both = undirected(buildCsr(nodeCount, from, to, null), { loops: 'drop' });
  const before = process.cpuUsage();
  const { count, modularity } = findCommunities(both);
  const { user, system } = process.cpuUsage(before);
  say('\nCommunities of the same graph (processor time)');
  say(`  ours     ${ms((user + system) / 1000)}, ${count} of them, modularity ${modularity.toFixed(4)}`);
  if (igraph) say(`  igraph   ${ms(igraph.communities)}, modularity ${igraph.modularity.toFixed(4)}`);
}

const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`;
