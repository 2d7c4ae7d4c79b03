import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Tx } from '../platform/database/database.js';

/** Somebody else has the word about a connection by now: nothing more may be written for it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Lease {
  id: string;
  connectionId: string;
  ms: number;
}

/** Makes this process the only one that reads a connection; null while another one does. A dead one's lease ends by itself. */
export async function takeLease(
  system: pg.Pool,
  organizationId: string,
  connectionId: string,
  ms: number,
): Promise<Lease | null> {
  const id = randomUUID();
  const { rowCount } = await system.query(
    `update erp_states set lease = $3, leased_until = clock_timestamp() + make_interval(secs => $4)
      where organization_id = $1 and connection_id = $2 and (lease is null or leased_until < clock_timestamp())`,
    [organizationId, connectionId, id, ms / 1000],
  );
  return rowCount === 1 ? { id, connectionId, ms } : null;
}

/** In the transaction of whatever is written under the lease: it is held to its end, or `LeaseLost` is thrown. */
export async function holdLease(tx: Tx, { id, connectionId, ms }: Lease): Promise<void> {
  const held = await tx.query(
    `update erp_states set leased_until = clock_timestamp() + make_interval(secs => $4)
      where organization_id = $1 and connection_id = $2 and lease = $3 returning lease`,
    [tx.scope.organizationId, connectionId, id, ms / 1000],
  );
  if (held.length === 0) throw new LeaseLost('Another process has taken over.');
}

export async function giveBackLease(
  system: pg.Pool,
  organizationId: string,
  { id, connectionId }: Lease,
): Promise<void> {
  await system.query(
    `update erp_states set lease = null, leased_until = null
      where organization_id = $1 and connection_id = $2 and lease = $3`,
    [organizationId, connectionId, id],
  );
}
