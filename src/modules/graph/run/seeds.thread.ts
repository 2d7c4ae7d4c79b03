import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { buildCsr, rowShares } from '../analysis/csr.js';
import { seedSet } from '../analysis/seeds.js';
import { loadEdges } from './graph.load.js';

export interface SeedInput {
  ownerUrl: string;
  organizationId: string;
  k: number;
  /** Stored ids of those who may be chosen; null for anybody. */
  within: string[] | null;
}

export interface ChosenSeeds {
  /** In the order they were chosen; `reach` is expected of all up to this one. */
  seeds: { identityId: string; reach: number }[];
  guarantee: number;
  /** Identities in the graph. */
  people: number;
}

const { ownerUrl, organizationId, k, within } = workerData as SeedInput;

const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: 'vinculo-graph' });
pool.on('error', () => {});
const client = await pool.connect();
try {
  const { identities, from, to, strength } = await loadEdges(client, organizationId, { expected: 1 });
  const nodeCount = identities.count;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < strength.length; i++) if (strength[i]! > most) most = strength[i]!;
  const weight = strength.map(value => 2 ** (value - most));
  // Whom somebody engages with may draw them along, by the share of their attention they have (weighted cascade).
  const influencers = rowShares(buildCsr(nodeCount, from, to, weight, { parallel: 'sum', loops: 'drop' }));
  const chosen = seedSet(influencers, k, within ? { within: numbersOf(within) } : {});
  const answer: ChosenSeeds = {
    seeds: Array.from(chosen.seeds, (identity, at) => ({
      identityId: identities.text(identity),
      reach: chosen.reach[at]!,
    })),
    guarantee: chosen.guarantee,
    people: nodeCount,
  };
  parentPort!.postMessage(answer);

  function numbersOf(ids: string[]): Int32Array {
    const bytes = Buffer.alloc(16);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    const numbers: number[] = [];
    for (const id of ids) {
      bytes.write(id.replaceAll('-', ''), 'hex');
      const number = identities.find(view, 0);
      // Whoever has no ties is in nobody's reach, and reaches only itself.
      if (number >= 0) numbers.push(number);
    }
    return Int32Array.from(numbers);
  }
} finally {
  client.release(true);
  await pool.end();
}
