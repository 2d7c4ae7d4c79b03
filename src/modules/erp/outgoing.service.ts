import type { ErpKind, ErpOrder, ErpRecords, Unsaved } from '../../erp/port.js';
import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { printAmount } from '../../platform/money.js';
import { wholeDiscount } from '../sales/index.js';
import { differenceOf } from './change.queue.js';
import type { FieldValues, SharedKind } from './conflict.rules.js';
import { type Applying, applyRecord, baseOf, isShared, sharedMirror } from './mirror/applying.service.js';
import { keepLink, keyOf, linkOf, lockLink } from './mirror/link.queries.js';
import { problemOf, type StoredErpProblem } from './problem.rules.js';
import { queueWrite } from './write.queue.js';

export interface ClaimedWrite {
  id: string;
  kind: ErpKind;
  recordId: string;
  key: string;
  isDoubtful: boolean;
  attempts: number;
  /** Under which it is told apart from other attempts at the same. */
  claimedUntil: string;
}

/** What to send; or that there is nothing to send, or something else must go first. */
export type Outgoing =
  | { record: Unsaved<ErpRecords[ErpKind]>; sent: FieldValues }
  | 'NOTHING'
  | 'LATER'
  | { problem: StoredErpProblem };

/** Takes what has waited longest, what others need first; what a dead process was sending may have arrived. */
export async function claimWrite(tx: Tx, connectionId: string, ms: number): Promise<ClaimedWrite | null> {
  const [row] = await tx.query<ClaimedWrite>(
    `update erp_writes w
        set state = 'SENDING', is_doubtful = w.is_doubtful or w.state = 'SENDING', attempts = w.attempts + 1,
            claimed_until = clock_timestamp() + make_interval(secs => $3), updated_at = now()
      where w.organization_id = $1 and w.id = (
        select id from erp_writes where organization_id = $1 and connection_id = $2
           and (claimed_until is null or claimed_until < clock_timestamp()) and (state = 'QUEUED' and next_at <= clock_timestamp() or state = 'SENDING')
         order by array_position(array['PRODUCT', 'CUSTOMER', 'ORDER'], kind), created_at, id limit 1 for update skip locked)
     returning w.id, w.kind, w.record_id as "recordId", w.key, w.is_doubtful as "isDoubtful", w.attempts, w.claimed_until::text as "claimedUntil"`,
    [tx.scope.organizationId, connectionId, ms / 1000],
  );
  return row ?? null;
}

/** The record as it is to be in the ERP. */
export async function outgoing(tx: Tx, { connectionId, writes }: Applying, write: ClaimedWrite): Promise<Outgoing> {
  if (isShared(write.kind)) return sharedRecord(tx, connectionId, write.kind, write.recordId);
  if (write.kind !== 'ORDER') return 'NOTHING';
  const link = await linkOf(tx, connectionId, 'ORDER', write.recordId);
  const order = await readOrder(tx, connectionId, write.recordId);
  if (!order || (order.status === 'CANCELLED') !== (link !== null)) return 'NOTHING';
  if (link) {
    // One that is there already is told of once it was called off here; everything else about it the ERP knows better.
    const { externalId, base, isGone } = link;
    if (isGone || base['status'] === 'CANCELLED') return 'NOTHING';
    return { record: { ...order, customerId: order.customerId ?? '', externalId } as Unsaved<ErpOrder>, sent: {} };
  }
  if (order.customerId) return { record: order as Unsaved<ErpOrder>, sent: {} };
  if (!writes.includes('CUSTOMER'))
    return {
      problem: problemOf('REFUSED', 'Its customer is not known to the ERP, and this connection writes no customers.'),
    };
  const [standing] = await tx.query<{ problem: StoredErpProblem | null }>(
    `select problem from erp_writes where organization_id = $1 and connection_id = $2 and kind = 'CUSTOMER' and record_id = $3
        and state = 'FAILED'`,
    [tx.scope.organizationId, connectionId, order.ownCustomerId],
  );
  if (standing) return { problem: standing.problem ?? problemOf('REFUSED', 'Its customer could not be written.') };
  await queueWrite(tx, connectionId, 'CUSTOMER', order.ownCustomerId, keyOf('CUSTOMER', order.ownCustomerId), 'ONCE');
  return 'LATER';
}

async function sharedRecord(tx: Tx, connectionId: string, kind: SharedKind, recordId: string): Promise<Outgoing> {
  const ours = await sharedMirror(kind).read(tx, recordId);
  if (!ours) return 'NOTHING';
  const link = await linkOf(tx, connectionId, kind, recordId);
  if (link?.isGone) return 'NOTHING';
  if (link) {
    const difference = await differenceOf(tx, connectionId, kind, recordId);
    if (!difference || Object.keys(difference).length === 0) return 'NOTHING';
  }
  const fields = { ...ours.fields };
  // What somebody must still decide on is left in the ERP as it is.
  if (link)
    for (const { field, theirs } of await tx.query<{ field: string; theirs: unknown }>(
      `select field, theirs from erp_conflicts
        where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4 and state = 'OPEN'`,
      [tx.scope.organizationId, connectionId, kind, link.externalId],
    ))
      fields[field] = theirs;
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
  const { isActive, ...rest } = said;
  return {
    record: {
      ...rest,
      ...(isActive === false && { isGone: true }),
      ...(link && { externalId: link.externalId }),
    } as never,
    sent: fields,
  };
}

/** An order of ours in the ERP's words; without `customerId` where the ERP does not know the customer. */
async function readOrder(tx: Tx, connectionId: string, orderId: string) {
  const [order] = await tx.query<{
    number: string;
    customerId: string;
    status: ErpOrder['status'] | 'RETURNED';
    currency: string;
    placedAt: string;
    net: string;
    tax: string;
    total: string;
  }>(
    `select number, customer_id as "customerId", status, currency, net::text, tax::text, total::text,
            to_char(placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "placedAt"
       from orders where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, orderId],
  );
  if (!order) return null;
  const lines = await tx.query<
    Omit<ErpOrder['lines'][number], 'productId'> & { productId: string | null; net: string }
  >(
    `select l.external_id as "externalId", k.external_id as "productId", l.description, trim_scale(l.quantity)::text as quantity, l.unit,
            trim_scale(l.unit_price)::text as "unitPrice", trim_scale(l.discount_percent)::text as "discountPercent",
            trim_scale(l.tax_percent)::text as "taxPercent", l.net::text as net
       from order_lines l
       left join erp_links k on k.organization_id = l.organization_id and k.connection_id = $3 and k.kind = 'PRODUCT'
             and k.record_id = l.product_id and not k.is_gone
      where l.organization_id = $1 and l.order_id = $2 order by l.position, l.id`,
    [tx.scope.organizationId, orderId, connectionId],
  );
  // One that became this customer is in the ERP as well as this one itself.
  const [customer] = await tx.query<{ externalId: string }>(
    `select l.external_id as "externalId" from erp_links l
       join customers c on c.organization_id = l.organization_id and c.id = l.record_id
      where l.organization_id = $1 and l.connection_id = $2 and l.kind = 'CUSTOMER' and not l.is_gone
        and (c.id = $3 or c.merged_into_id = $3) order by c.id = $3 desc, l.created_at limit 1`,
    [tx.scope.organizationId, connectionId, order.customerId],
  );
  return {
    ...order,
    net: printAmount(order.net, order.currency),
    tax: printAmount(order.tax, order.currency),
    total: printAmount(order.total, order.currency),
    status: order.status === 'RETURNED' ? ('DELIVERED' as const) : order.status,
    reference: order.number,
    ownCustomerId: order.customerId,
    customerId: customer?.externalId,
    // Other systems know discounts of lines only, so that each takes its part of what the whole has.
    lines: lines.map(({ externalId, productId, unit, net, ...line }) => ({
      ...line,
      discountPercent: wholeDiscount({ ...line, net }, order.currency),
      ...(externalId && { externalId }),
      ...(productId && { productId }),
      ...(unit && { unit }),
    })),
  };
}

/** The ERP has it. Answers what is wrong instead, where it is one that is another of ours already. */
export async function recordWritten(
  tx: Tx,
  applying: Applying,
  write: ClaimedWrite,
  written: ErpRecords[ErpKind],
  sent: FieldValues,
): Promise<StoredErpProblem | null> {
  const { connectionId } = applying;
  const { kind, recordId } = write;
  const { externalId } = written;
  const known = await lockLink(tx, connectionId, kind, externalId);
  if (known?.recordId && known.recordId !== recordId) {
    const problem = problemOf(
      'REFUSED',
      `The ERP says that it has it already, as ${externalId}, which is another record here.`,
    );
    await settleWrite(tx, write, { state: 'FAILED', problem });
    return problem;
  }
  // As it was sent: should the ERP keep it in another spelling, the next reading takes that over.
  const base = isShared(kind) ? { ...known?.base, ...sent } : baseOf(kind, written);
  await keepLink(tx, connectionId, kind, {
    externalId,
    recordId,
    base,
    hash: 'written',
    // A page that the ERP gave before it had this must not undo it.
    changedThereAt: momentOf(written.updatedAt),
    isGone: false,
  });
  if (kind === 'ORDER') {
    const { lines } = written as ErpOrder;
    if (lines && 'customerId' in written)
      await applyRecord(tx, { ...applying, isReplay: true }, 'ORDER', written as ErpOrder);
    const named = await tx.query(
      `update orders set erp_id = $3, version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2 and erp_id is null returning id`,
      [tx.scope.organizationId, recordId, applying.idPrefix + externalId],
    );
    if (named.length > 0) await recordEvents(tx, [{ type: 'order.changed', subjectId: recordId }]);
  }
  await settleWrite(tx, write, { state: 'SENT' });
  // Orders that waited for their customer.
  if (kind === 'CUSTOMER')
    await tx.query(
      `update erp_writes w set next_at = now() from orders o
        where w.organization_id = $1 and w.connection_id = $2 and w.kind = 'ORDER' and w.state = 'QUEUED'
          and o.organization_id = w.organization_id and o.id = w.record_id and o.customer_id = $3`,
      [tx.scope.organizationId, connectionId, recordId],
    );
  return null;
}

function momentOf(text: string | undefined): Date | null {
  const moment = new Date(text ?? Number.NaN);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

export interface Settled {
  state: 'QUEUED' | 'SENT' | 'FAILED';
  problem?: StoredErpProblem;
  isDoubtful?: boolean;
  /** Milliseconds until it is tried again. */
  afterMs?: number;
}

/** What became of an attempt; nothing is said of one whose claim was over. What was asked for meanwhile goes out again. */
export async function settleWrite(
  tx: Tx,
  write: ClaimedWrite,
  { state, problem, isDoubtful, afterMs }: Settled,
): Promise<void> {
  await tx.query(
    `update erp_writes set state = case state when 'SENDING' then $4 else state end, problem = $5, is_doubtful = $6,
            next_at = now() + make_interval(secs => $7), claimed_until = null,
            sent_at = case when $4 = 'SENT' then now() else sent_at end, updated_at = now()
      where organization_id = $1 and id = $2 and state in ('SENDING', 'QUEUED') and claimed_until = $3::timestamptz`,
    [
      tx.scope.organizationId,
      write.id,
      write.claimedUntil,
      state,
      problem ? JSON.stringify(problem) : null,
      isDoubtful ?? false,
      (afterMs ?? 0) / 1000,
    ],
  );
}
