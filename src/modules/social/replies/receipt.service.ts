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
  const sound = receipts.filter(isSound).map(storable);
  if (sound.length === 0) return;
  // Asked first: what is sent from now on cannot have been told of already.
  const wasSending = await isSending(tx, network);
  const left = await applyTo(tx, network, sound);
  if (left.length === 0 || !wasSending) return;
  // A sending is either recorded by now, and found this time, or finds what is kept here.
  await lockReceipts(tx, network);
  await keepForLater(tx, network, await applyTo(tx, network, left));
}

/** Answers those that are of no message we know. */
async function applyTo(tx: Tx, network: Network, receipts: ReplyReceipt[]): Promise<ReplyReceipt[]> {
  if (receipts.length === 0) return [];
  const byId = Map.groupBy(receipts, receipt => receipt.ref.id);
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
    byId.delete(row.external_id);
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    await tx.query(
      `update replies set state = $3, sent_at = $4, delivered_at = $5, read_at = $6, failure = $7, updated_at = now()
        where organization_id = $1 and id = $2`,
      [organizationId, row.id, after.state, after.sentAt, after.deliveredAt, after.readAt, after.failure],
    );
    changed.push(row.id);
  }
  await tellOfReplies(tx, changed);
  return [...byId.values()].flat();
}

const isSound = ({ ref, at }: ReplyReceipt): boolean =>
  typeof ref.id === 'string' && ref.id !== '' && ref.id.length <= 2000 && !ref.id.includes('\0') && at.getTime() > 0;

/** Networks put anything into their words; what PostgreSQL does not take must not stop what comes with it. */
const storable = ({ ref, fault, ...receipt }: ReplyReceipt): ReplyReceipt => ({
  ...receipt,
  ref: { id: ref.id.toWellFormed() },
  ...(fault && {
    fault: { class: fault.class, message: fault.message.toWellFormed().replaceAll('\0', '').slice(0, 1000) },
  }),
});

/** Only while something is on its way to this network can a receipt be of it. */
async function isSending(tx: Tx, network: Network): Promise<boolean> {
  const found = await tx.query(
    `select 1 from replies
      where organization_id = $1 and network = $2 and state in ('SENDING', 'UNKNOWN') and updated_at > now() - interval '1 day' limit 1`,
    [tx.scope.organizationId, network],
  );
  return found.length > 0;
}

const lockReceipts = (tx: Tx, network: Network): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`receipts:${tx.scope.organizationId}:${network}`]);

async function keepForLater(tx: Tx, network: Network, receipts: ReplyReceipt[]): Promise<void> {
  if (receipts.length === 0) return;
  const rows = receipts.map(({ ref, state, at, fault }) => ({ external_id: ref.id, state, at, fault: fault ?? null }));
  await tx.query(
    `insert into early_receipts (organization_id, network, external_id, state, at, fault)
     select distinct on (r.external_id, r.state) $1::uuid, $2, r.external_id, r.state, r.at, r.fault
       from jsonb_to_recordset($3) as r(external_id text, state text, at timestamptz, fault jsonb)
      order by r.external_id, r.state, r.at
     on conflict (organization_id, network, external_id, state) do nothing`,
    [tx.scope.organizationId, network, JSON.stringify(rows)],
  );
}

/** What was told of a message before we knew its id. */
export async function applyEarlyReceipts(tx: Tx, network: Network, externalId: string): Promise<void> {
  await lockReceipts(tx, network);
  const rows = await tx.query<{ state: ReplyReceipt['state']; at: string; fault: ReplyReceipt['fault'] | null }>(
    `with taken as (
       delete from early_receipts where organization_id = $1 and network = $2 and external_id = $3 returning state, at, fault)
     select * from taken`,
    [tx.scope.organizationId, network, externalId],
  );
  await applyTo(
    tx,
    network,
    rows.map(({ state, at, fault }) => ({ ref: { id: externalId }, state, at: new Date(at), ...(fault && { fault }) })),
  );
}
