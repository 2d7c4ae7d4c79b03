import type { ErpKind } from '../../erp/port.js';
import type { Tx } from '../../platform/database/database.js';
import { newId, publicId } from '../../platform/ids.js';
import { enqueue } from '../../platform/jobs.js';

/** The job that reads one connection, and then writes to it. */
export const SYNC_TASK = 'erp.sync';
/** The job that writes what waits to go out by one connection. */
export const WRITE_TASK = 'erp.write';

const syncKey = (connectionId: string): string => `erp.sync:${connectionId}`;
export const writeKey = (connectionId: string): string => `erp.write:${connectionId}`;

export const queueSync = (tx: Tx, connectionId: string): Promise<void> =>
  enqueue(tx, SYNC_TASK, { connectionId }, { key: syncKey(connectionId) });

export const queueWriting = (tx: Tx, connectionId: string): Promise<void> =>
  enqueue(tx, WRITE_TASK, { connectionId }, { key: writeKey(connectionId) });

/**
 * Puts a record of ours on its way. One that is on its way already goes out as it is when its turn comes; one that is being sent
 * right now goes out once more, after that has ended or its claim is over (nobody knows before
 * whether it arrived), unless it need go out only `ONCE`.
 */
export async function queueWrite(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  recordId: string,
  key = publicId('customer', recordId),
  times: 'AGAIN' | 'ONCE' = 'AGAIN',
): Promise<void> {
  await tx.query(
    `insert into erp_writes as w (organization_id, id, connection_id, kind, record_id, key) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, connection_id, kind, record_id) do update
        set state = 'QUEUED', attempts = 0, next_at = now(), problem = null, is_doubtful = w.is_doubtful or w.state = 'SENDING',
            updated_at = now()
      where w.state <> 'QUEUED' and ($7 or w.state <> 'SENDING')`,
    [tx.scope.organizationId, newId(), connectionId, kind, recordId, key, times === 'AGAIN'],
  );
  await queueWriting(tx, connectionId);
}

/** The next turn of whatever is still to go out by a connection. */
export async function queueWritingAt(tx: Tx, connectionId: string): Promise<void> {
  const [next] = await tx.query<{ at: Date | null }>(
    `select min(case when state = 'SENDING' then claimed_until else greatest(next_at, claimed_until) end) as at from erp_writes
      where organization_id = $1 and connection_id = $2 and state in ('QUEUED', 'SENDING')`,
    [tx.scope.organizationId, connectionId],
  );
  if (next?.at)
    await enqueue(tx, WRITE_TASK, { connectionId }, { key: writeKey(connectionId), runAt: next.at, keepRunAt: true });
}
