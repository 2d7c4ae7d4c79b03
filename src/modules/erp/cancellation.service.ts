import type { ErpKind, ErpOrder } from '../../erp/port.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { reopenMirroredOrder } from '../sales/index.js';
import { ErpResolution } from './conflict.entity.js';
import { askAbout } from './mirror/conflict.keeping.js';
import { linkOf } from './mirror/link.queries.js';
import { queueWrite } from './write.queue.js';

const MOST = 500;
const CANCELLED = 'CANCELLED';

interface CalledOff {
  orderId: string;
  number: string;
  externalId: string;
  /** As the ERP last said; null where it never did. */
  theirs: string | null;
}

const STANDING = `select o.id as "orderId", o.number, l.external_id as "externalId", l.base ->> 'status' as theirs
   from erp_links l join orders o on o.organization_id = l.organization_id and o.id = l.record_id
  where l.organization_id = $1 and l.connection_id = $2 and l.kind = 'ORDER' and not l.is_gone
    and o.status = '${CANCELLED}' and l.base ->> 'status' is distinct from '${CANCELLED}'`;

/** Orders called off here that stand in the ERP: it is told, or where it takes no orders of ours a person is asked. Each once. */
export async function queueCancelled(tx: Tx, connectionId: string, writes: readonly ErpKind[]): Promise<void> {
  const orders = await tx.query<CalledOff>(
    `${STANDING} and l.compared_at is distinct from o.updated_at order by o.id limit ${MOST}`,
    [tx.scope.organizationId, connectionId],
  );
  for (const order of orders) {
    if (writes.includes('ORDER')) await queueWrite(tx, connectionId, 'ORDER', order.orderId, order.number);
    else await ask(tx, connectionId, order);
    await tx.query(
      `update erp_links l set compared_at = o.updated_at from orders o
        where l.organization_id = $1 and l.connection_id = $2 and l.kind = 'ORDER' and l.external_id = $3
          and o.organization_id = $1 and o.id = $4`,
      [tx.scope.organizationId, connectionId, order.externalId, order.orderId],
    );
  }
}

/** The ERP does not call an order off that we did: a person decides. */
export async function askAboutCancelled(tx: Tx, connectionId: string, orderId: string): Promise<void> {
  const [order] = await tx.query<CalledOff>(`${STANDING} and o.id = $3`, [
    tx.scope.organizationId,
    connectionId,
    orderId,
  ]);
  if (order) await ask(tx, connectionId, order);
}

const ask = (tx: Tx, connectionId: string, { orderId, number, externalId, theirs }: CalledOff): Promise<number> =>
  askAbout(tx, connectionId, { kind: 'ORDER', externalId, recordId: orderId }, [
    { field: 'status', label: number, ours: CANCELLED, theirs, base: null },
  ]);

/** Whether an order that the ERP tells of as standing was called off here, and the ERP never said that it knows. */
export async function isCalledOffHere(
  tx: Tx,
  { reference, status, isGone }: ErpOrder,
  link: { recordId: string | null; base: Record<string, unknown> },
): Promise<boolean> {
  if (isGone || status === CANCELLED || link.base['status'] === CANCELLED) return false;
  const rows = await tx.query(
    `select 1 from orders where organization_id = $1 and status = '${CANCELLED}'
        and (id = $2 or $2::uuid is null and number = $3 and erp_id is null)`,
    [tx.scope.organizationId, link.recordId, reference ?? null],
  );
  return rows.length > 0;
}

/** OURS: the ERP is told once more, where it takes orders. THEIRS: the order stands again, as it does there. Throws `InputError`. */
export async function decideCancelled(
  tx: Tx,
  {
    connectionId,
    recordId,
    label,
    theirs,
  }: Record<'connectionId' | 'label', string> & {
    recordId: string | null;
    theirs: unknown;
  },
  resolution: ErpResolution,
  writes: readonly string[],
): Promise<void> {
  if (resolution === ErpResolution.VALUE) throw invalid('resolution', 'Say OURS or THEIRS.');
  if (!recordId || !(await linkOf(tx, connectionId, 'ORDER', recordId)))
    throw invalid('id', 'The order is no longer here.', 'NOT_FOUND');
  if (resolution === ErpResolution.THEIRS) await reopenMirroredOrder(tx, recordId, String(theirs ?? 'PLACED'));
  else if (writes.includes('ORDER')) await queueWrite(tx, connectionId, 'ORDER', recordId, label);
}
