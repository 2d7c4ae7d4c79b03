import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { promisesOf } from './deadline.queries.js';
import { timeTickets } from './deadline.service.js';

/** Name of the background task that recomputes all tickets that are not done, or those of one customer. A trigger names it, too. */
export const RETIME_TICKETS = 'deadlines.retime';

/** Few, so that no transaction lasts. */
const BATCH = 100;
/** By then everybody who read the promises before they changed has committed. */
const SECOND_LOOK_MS = 60_000;

/** Has what is promised for open tickets recomputed, as it follows from what has just been changed. */
export async function retimeTickets(tx: Tx): Promise<void> {
  const { organizationId } = tx.scope;
  await enqueue(tx, RETIME_TICKETS, {}, { key: `${RETIME_TICKETS}:${organizationId}` });
  const runAt = new Date(Date.now() + SECOND_LOOK_MS);
  await enqueue(tx, RETIME_TICKETS, {}, { key: `${RETIME_TICKETS}:again:${organizationId}`, runAt });
}

/**
 * Recomputes the tickets of an organisation that are not done, or those of one customer (stored id), a batch a transaction. What it
 * finds right it leaves alone, so that one that died is simply run again.
 */
export async function retimeOpenTickets(
  database: Database,
  scope: Scope,
  signal: AbortSignal,
  customerId: string | null = null,
): Promise<void> {
  let after: string | null = null;
  while (!signal.aborted) {
    const last: string | null = await database.write(scope, tx => retimeBatch(tx, after, customerId));
    if (last === null) return;
    after = last;
  }
  // Somebody else goes on, from the beginning.
  throw new Error('It was asked to stop before every ticket was recomputed.');
}

async function retimeBatch(tx: Tx, after: string | null, customerId: string | null): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `select id from tickets where organization_id = $1 and status not in ('SOLVED', 'CLOSED') and ($2::uuid is null or id > $2)
        ${customerId ? 'and customer_id = $4' : ''} order by id limit $3`,
    [tx.scope.organizationId, after, BATCH, ...(customerId ? [customerId] : [])],
  );
  const ids = rows.map(({ id }) => id);
  // Also where nothing is promised any more: what ran until now goes.
  const promises = (await promisesOf(tx)) ?? { policies: [], rules: [] };
  await timeTickets(tx, ids, promises);
  return ids.at(-1) ?? null;
}
