import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { buildCsr, rowShares } from '../analysis/csr.js';
import { seedSet } from '../analysis/seeds.js';
import { loadEdges, relativeWeights } from './graph.load.js';

export interface SeedInput {
  ownerUrl: string;
  organizationId: string;
  k: number;
  /** Keeps of identities `t` those who may be chosen, with the values of its places; null for anybody. */
  within: { condition: string; values: unknown[] } | null;
}

export interface ChosenSeeds {
  /** In the order they were chosen; `reach` is expected of all up to this one. */
  seeds: { identityId: string; reach: number }[];
  guarantee: number;
  /** Identities in the graph. */
  people: number;
}

const { ownerUrl, organizationId, k, within } = workerData as SeedInput;

/** Comes before every id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Candidates a statement. */
const ROWS = 20_000;

const pool = new pg.Pool({
  connectionString: ownerUrl,
  max: 1,
  application_name: 'vinculo-graph',
  options: '-c timezone=UTC -c statement_timeout=30000',
});
pool.on('error', () => {});
const client = await pool.connect();
try {
  const edges = await loadEdges(client, organizationId, { expected: 1 });
  const { identities, from, to } = edges;
  const nodeCount = identities.count;
  const weight = relativeWeights(edges);
  // Whom somebody engages with may draw them along, by the share of their attention they have (weighted cascade).
  const influencers = rowShares(buildCsr(nodeCount, from, to, weight, { parallel: 'sum', loops: 'drop' }));
  const chosen = seedSet(influencers, k, within ? { within: await numbersOf(within) } : {});
  const answer: ChosenSeeds = {
    seeds: Array.from(chosen.seeds, (identity, at) => ({
      identityId: identities.text(identity),
      reach: chosen.reach[at]!,
    })),
    guarantee: chosen.guarantee,
    people: nodeCount,
  };
  parentPort!.postMessage(answer);

  /** Asked as a request would be: under the role and the organisation that row-level security goes by. */
  async function numbersOf({ condition, values }: { condition: string; values: unknown[] }): Promise<Int32Array> {
    const bytes = Buffer.alloc(16);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    const numbers = new Int32Array(nodeCount);
    let count = 0;
    await client.query('begin isolation level repeatable read read only; set local role vinculo_app');
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    for (let after = NOBODY; ; ) {
      const { rows } = await client.query<{ id: string }>(
        `select t.id from social_identities t where (${condition}) and t.id > $${values.length + 1}::uuid order by t.id limit ${ROWS}`,
        [...values, after],
      );
      for (const { id } of rows) {
        bytes.write(id.replaceAll('-', ''), 'hex');
        const number = identities.find(view, 0);
        // Whoever has no ties is in nobody's reach, and reaches only itself.
        if (number >= 0) numbers[count++] = number;
      }
      if (rows.length < ROWS) break;
      after = rows.at(-1)!.id;
    }
    await client.query('rollback');
    return numbers.subarray(0, count);
  }
} finally {
  client.release(true);
  await pool.end();
}
