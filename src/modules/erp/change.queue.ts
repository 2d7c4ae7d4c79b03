import type { ErpKind } from '../../erp/port.js';
import type { Tx } from '../../platform/database/database.js';
import { queueCancelled } from './cancellation.service.js';
import { compareFields, isSame, type SharedKind } from './conflict.rules.js';
import { sharedMirror } from './mirror/applying.service.js';
import { openQuestions } from './mirror/conflict.keeping.js';
import { keyOf, linkOf } from './mirror/link.queries.js';
import { refreshQuestions } from './question.service.js';
import { queueWrite } from './write.queue.js';

const MOST = 500;

/** Looks for what changed here since the two sides were last compared, and puts it on its way to the ERP. */
export async function queueChanged(tx: Tx, connectionId: string, writes: readonly ErpKind[]): Promise<void> {
  if (writes.includes('ORDER')) await queueOrders(tx, connectionId);
  await queueCancelled(tx, connectionId, writes);
  await refreshQuestions(tx, connectionId);
  if (writes.includes('CUSTOMER')) await queueShared(tx, connectionId, 'CUSTOMER', 'customers');
  if (writes.includes('PRODUCT')) await queueShared(tx, connectionId, 'PRODUCT', 'products');
}

/** Orders placed since the connection was made that no ERP has; they go to the oldest connection that writes orders. */
async function queueOrders(tx: Tx, connectionId: string): Promise<void> {
  const orders = await tx.query<{ id: string; number: string }>(
    `select o.id, o.number from orders o
       join erp_connections c on c.organization_id = o.organization_id and c.id = $2
      where o.organization_id = $1 and o.created_at >= c.created_at and o.placed_at >= c.created_at - interval '1 day'
        and o.erp_id is null and o.channel <> 'ERP' and o.status <> 'CANCELLED'
        and not exists (select 1 from erp_writes w where w.organization_id = o.organization_id and w.record_id = o.id and w.kind = 'ORDER')
      order by o.created_at, o.id limit ${MOST}`,
    [tx.scope.organizationId, connectionId],
  );
  for (const { id, number } of orders) await queueWrite(tx, connectionId, 'ORDER', id, number);
}

async function queueShared(
  tx: Tx,
  connectionId: string,
  kind: SharedKind,
  table: 'customers' | 'products',
): Promise<void> {
  const changed = await tx.query<{ recordId: string }>(
    `select l.record_id as "recordId" from erp_links l
       join ${table} r on r.organization_id = l.organization_id and r.id = l.record_id
      where l.organization_id = $1 and l.connection_id = $2 and l.kind = $3 and not l.is_gone
        and r.updated_at is distinct from l.compared_at
      order by r.updated_at limit ${MOST}`,
    [tx.scope.organizationId, connectionId, kind],
  );
  for (const { recordId } of changed) {
    const difference = await differenceOf(tx, connectionId, kind, recordId);
    if (difference && Object.keys(difference).length > 0)
      await queueWrite(tx, connectionId, kind, recordId, keyOf(kind, recordId));
    await tx.query(
      `update erp_links l set compared_at = r.updated_at from ${table} r
        where l.organization_id = $1 and l.connection_id = $2 and l.kind = $3 and l.record_id = $4
          and r.organization_id = $1 and r.id = $4`,
      [tx.scope.organizationId, connectionId, kind, recordId],
    );
  }
}

/** Fields of ours that are not as both last had them, less those somebody must decide on; null when there is no such pair. */
export async function differenceOf(
  tx: Tx,
  connectionId: string,
  kind: SharedKind,
  recordId: string,
): Promise<Record<string, unknown> | null> {
  const link = await linkOf(tx, connectionId, kind, recordId);
  const ours = link && (await sharedMirror(kind).read(tx, recordId));
  if (!link || !ours) return null;
  const asked = await openQuestions(tx, connectionId, { kind, externalId: link.externalId });
  const { give } = compareFields({ ours: ours.fields, theirs: link.base, base: link.base, rules: {} });
  return Object.fromEntries(
    Object.entries(give).filter(([field, value]) => !asked.includes(field) && !isSame(value, link.base[field])),
  );
}
