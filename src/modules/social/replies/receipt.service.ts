import type { Tx } from '../../../platform/database/database.js';
import type { Network } from '../networks.js';
import { tellOfReplies } from './outbox.queue.js';
import { type Progress, type ReplyReceipt, withReceipt } from './receipt.rules.js';
import type { StoredFailure } from './reply.entity.js';
import type { ReplyState } from './reply.states.rules.js';

interface Row {
  id: string;
  external_id: string;
  state: ReplyState;
  sent_at: string | null;
  delivered_at: string | null;
  read_at: string | null;
  failure: StoredFailure | null;
}

const dateOf = (value: string | null): Date | null => (value === null ? null : new Date(value));

/**
 * Takes in what a network tells of our messages; of others' messages nothing is kept. What it tells of one before its sending
 * was recorded waits for that.
 */
export async function applyReceipts(tx: Tx, network: Network, receipts: readonly ReplyReceipt[]): Promise<void> {
  const byId = Map.groupBy(receipts.filter(isSound), receipt => receipt.ref.id);
  if (byId.size === 0) return;
  const { organizationId } = tx.scope;
  const rows = await tx.query<Row>(
    `select id, external_id, state, sent_at, delivered_at, read_at, failure from replies
      where organization_id = $1 and network = $2 and external_id = any ($3) order by id for update`,
    [organizationId, network, [...byId.keys()]],
  );
  const changed: string[] = [];
  for (const row of rows) {
    const before: Progress = {
      state: row.state,
      sentAt: dateOf(row.sent_at),
      deliveredAt: dateOf(row.delivered_at),
      readAt: dateOf(row.read_at),
      failure: row.failure,
    };
    const after = byId.get(row.external_id)!.reduce(withReceipt, before);
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    await tx.query(
      `update replies set state = $3, sent_at = $4, delivered_at = $5, read_at = $6, failure = $7, updated_at = now()
        where organization_id = $1 and id = $2`,
      [organizationId, row.id, after.state, after.sentAt, after.deliveredAt, after.readAt, after.failure],
    );
    changed.push(row.id);
  }
  await tellOfReplies(tx, changed);
  for (const { external_id: known } of rows) byId.delete(known);
  if (byId.size > 0) await keepForLater(tx, network, [...byId.values()].flat());
}

const isSound = ({ ref, at }: ReplyReceipt): boolean =>
  typeof ref.id === 'string' && ref.id !== '' && ref.id.length <= 2000 && !ref.id.includes('\0') && at.getTime() > 0;

/** Only while something is on its way to this network can a receipt be of it. */
async function keepForLater(tx: Tx, network: Network, receipts: ReplyReceipt[]): Promise<void> {
  const rows = receipts.map(({ ref, state, at, fault }) => ({ external_id: ref.id, state, at, fault: fault ?? null }));
  await tx.query(
    `insert into early_receipts (organization_id, network, external_id, state, at, fault)
     select distinct on (r.external_id, r.state) $1::uuid, $2, r.external_id, r.state, r.at, r.fault
       from jsonb_to_recordset($3) as r(external_id text, state text, at timestamptz, fault jsonb)
      where exists (select 1 from replies o where o.organization_id = $1 and o.network = $2 and o.state in ('SENDING', 'UNKNOWN'))
      order by r.external_id, r.state, r.at
     on conflict (organization_id, network, external_id, state) do nothing`,
    [tx.scope.organizationId, network, JSON.stringify(rows)],
  );
}

/** What was told of a message before we knew its id. */
export async function applyEarlyReceipts(tx: Tx, network: Network, externalId: string): Promise<void> {
  const rows = await tx.query<{ state: ReplyReceipt['state']; at: string; fault: ReplyReceipt['fault'] | null }>(
    `with taken as (
       delete from early_receipts where organization_id = $1 and network = $2 and external_id = $3 returning state, at, fault)
     select * from taken`,
    [tx.scope.organizationId, network, externalId],
  );
  await applyReceipts(
    tx,
    network,
    rows.map(({ state, at, fault }) => ({ ref: { id: externalId }, state, at: new Date(at), ...(fault && { fault }) })),
  );
}
