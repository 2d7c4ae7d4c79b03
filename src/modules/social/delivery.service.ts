import type pg from 'pg';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { enqueue } from '../../platform/jobs.js';
import type { Vault } from '../../platform/vault.js';
import type { DeliveryState } from './delivery.entity.js';

/** The job that reads one delivery. */
export const PARSE_TASK = 'webhook.parse';

const LONGEST_ID = 500;
const EXPIRED_AT_ONCE = 200;

/** A request of a network, as it came. */
export interface DeliveredRequest {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** A delivery as it is read. For the owner's connection only: it holds what the network sent. */
export interface StoredDelivery extends DeliveredRequest {
  organizationId: string;
  id: string;
  accountId: string;
  state: DeliveryState;
  receivedAt: Date;
}

/**
 * Keeps a delivery together with the job that reads it. False when one of this name is there already: the network sends it
 * again because it did not hear our answer.
 */
export async function keepDelivery(
  tx: Tx,
  vault: Vault,
  accountId: string,
  request: DeliveredRequest,
  deliveryId?: string,
): Promise<boolean> {
  const id = newId();
  const { method, url, headers, body } = request;
  const envelope = await vault.seal({ url, headers: JSON.stringify(headers) }, id);
  const name = deliveryId && deliveryId.length <= LONGEST_ID && !deliveryId.includes('\0') ? deliveryId : null;
  const kept = await tx.query(
    `insert into webhook_deliveries (organization_id, id, account_id, delivery_id, method, envelope, body)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization_id, account_id, delivery_id) do nothing returning id`,
    [tx.scope.organizationId, id, accountId, name?.toWellFormed() ?? null, method, envelope, body],
  );
  if (kept.length > 0) await enqueue(tx, PARSE_TASK, { deliveryId: id }, { key: `delivery:${id}` });
  return kept.length > 0;
}

/** What was delivered, or null when it is there no more. */
export async function storedDelivery(pool: pg.Pool, vault: Vault, id: string): Promise<StoredDelivery | null> {
  const { rows } = await pool.query<Omit<StoredDelivery, 'url' | 'headers'> & { envelope: string }>(
    `select organization_id as "organizationId", id, account_id as "accountId", method, envelope, body, state, received_at as "receivedAt"
       from webhook_deliveries where id = $1`,
    [id],
  );
  if (!rows[0]) return null;
  const { envelope, ...delivery } = rows[0];
  const { url, headers } = await vault.open(envelope, id);
  return { ...delivery, url: url!, headers: JSON.parse(headers!) };
}

/** A delivery was read: `postIds` are the network's own ids of what it told of. */
export async function settleDelivery(tx: Tx, id: string, postIds: string[]): Promise<void> {
  await tx.query(
    `update webhook_deliveries set state = 'DONE', problem = null, post_ids = $3, parsed_at = now() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id, postIds],
  );
}

/** A delivery cannot be read, and why. */
export async function refuseDelivery(tx: Tx, id: string, problem: string): Promise<void> {
  await tx.query(
    `update webhook_deliveries set state = 'FAILED', problem = $3, parsed_at = now() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id, problem.slice(0, 1000).toWellFormed().replaceAll('\0', '')],
  );
}

/** Deletes what was read and tells of one of these posts, by the network's own ids: their text must not be kept anywhere. */
export async function forgetDeliveries(tx: Tx, postIds: string[]): Promise<void> {
  if (postIds.length > 0) await tx.query('select forget_deliveries($1)', [postIds]);
}

const READ_AGAIN = `select enqueue_job('${PARSE_TASK}', json_build_object('organizationId', w.organization_id, 'deliveryId', w.id), 'delivery:' || w.id)`;

/** Reads what came while the account, or its source, was paused. */
export async function readWaiting(tx: Tx, accountId: string): Promise<void> {
  await tx.query(
    `${READ_AGAIN} from webhook_deliveries w where organization_id = $1 and account_id = $2 and state = 'RECEIVED'`,
    [tx.scope.organizationId, accountId],
  );
}

/** Reads deliveries again, those that failed or all that are still kept; harmless, as often as it is done. Answers how many. */
export async function replayDeliveries(tx: Tx, which: 'FAILED' | 'ALL'): Promise<number> {
  const again = await tx.query(
    `with w as (
       update webhook_deliveries set state = 'RECEIVED', problem = null, parsed_at = null
        where organization_id = $1 and ($2 = 'ALL' or state <> 'DONE') returning organization_id, id)
     ${READ_AGAIN} from w`,
    [tx.scope.organizationId, which],
  );
  return again.length;
}

/** Gives those that wait and have no job one: the queue gives up after days, and a pause may be over. Returns how many. */
export async function readForgotten(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `${READ_AGAIN} from webhook_deliveries w
       join accounts a on a.organization_id = w.organization_id and a.id = w.account_id and a.state <> 'PAUSED'
      where w.state = 'RECEIVED' and w.received_at < now() - interval '1 hour' and not exists (
        select 1 from graphile_worker.jobs j where j.key = 'delivery:' || w.id and j.attempts < j.max_attempts)`,
  );
  return rowCount ?? 0;
}

/** Deletes what was read `readDays` ago and what could not be read `failedDays` ago, of every organisation. */
export async function expireDeliveries(pool: pg.Pool, readDays: number, failedDays: number): Promise<void> {
  for (;;) {
    // A few at a time: each may have many megabytes.
    const { rowCount } = await pool.query(
      `delete from webhook_deliveries where (organization_id, id) in (
         select organization_id, id from webhook_deliveries
          where (state = 'DONE' and received_at < now() - make_interval(days => $1))
             or (state <> 'DONE' and received_at < now() - make_interval(days => $2))
          limit ${EXPIRED_AT_ONCE})`,
      [readDays, failedDays],
    );
    if ((rowCount ?? 0) < EXPIRED_AT_ONCE) return;
  }
}
