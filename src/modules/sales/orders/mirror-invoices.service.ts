import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { isCurrency } from '../../../platform/money.js';
import { queueForMirror } from './mirror.queue.js';

/** An invoice as the ERP has it; `customerId` and `orderId` are stored ids, amounts exact text, days ISO 8601. */
export interface MirroredInvoice {
  externalId: string;
  number: string;
  kind: 'INVOICE' | 'CREDIT_NOTE';
  status: 'DRAFT' | 'POSTED' | 'PAID' | 'CANCELLED';
  customerId: string;
  orderId?: string | null | undefined;
  currency: string;
  net: string;
  tax: string;
  total: string;
  amountDue: string;
  issuedOn?: string | undefined;
  dueOn?: string | undefined;
  updatedAt?: string | undefined;
  isGone?: boolean | undefined;
}

/**
 * Writes invoices as the ERP has them; answers their stored ids in the order of `rows`. What is older than what was mirrored last
 * changes nothing; an order that is not said stays. The orders of those that are not as they were are told of. Throws `InputError`
 * for an unknown currency; nothing of the list is written then.
 */
export async function mirrorInvoices(tx: Tx, rows: readonly MirroredInvoice[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const unknown = rows.find(row => !isCurrency(row.currency));
  if (unknown) throw invalid('currency', `${unknown.externalId}: ${unknown.currency} is no currency.`);
  await queueForMirror(tx, 'INVOICE', rows);
  const latest = latestByExternalId(rows);
  const written = await tx.query<{ orderId: string | null }>(
    `insert into invoices as i (organization_id, id, external_id, number, kind, status, customer_id, order_id, currency, net, tax, total,
                                amount_due, issued_on, due_on, paid_at, erp_updated_at)
     select $1, r.id, r.external_id, r.number, r.kind, r.status, r.customer_id, r.order_id, r.currency, r.net, r.tax, r.total, r.amount_due,
            r.issued_on, r.due_on, case when r.status = 'PAID' then coalesce(r.updated_at, now()) end, r.updated_at
       from jsonb_to_recordset($2) as r(id uuid, external_id text, number text, kind text, status text, customer_id uuid, order_id uuid,
            currency text, net numeric(19,4), tax numeric(19,4), total numeric(19,4), amount_due numeric(19,4), issued_on date, due_on date,
            updated_at timestamptz)
     on conflict (organization_id, external_id) do update
        set number = excluded.number, kind = excluded.kind, status = excluded.status, customer_id = excluded.customer_id,
            order_id = coalesce(excluded.order_id, i.order_id), currency = excluded.currency, net = excluded.net, tax = excluded.tax,
            total = excluded.total, amount_due = excluded.amount_due, issued_on = excluded.issued_on, due_on = excluded.due_on,
            paid_at = case when excluded.status = 'PAID' then coalesce(i.paid_at, excluded.paid_at) end,
            erp_updated_at = coalesce(excluded.erp_updated_at, i.erp_updated_at), version = i.version + 1, updated_at = now()
      where (excluded.erp_updated_at is null or i.erp_updated_at is null or excluded.erp_updated_at >= i.erp_updated_at)
        and (i.number, i.kind, i.status, i.customer_id, i.order_id, i.currency, i.net, i.tax, i.total, i.amount_due, i.issued_on, i.due_on,
             i.erp_updated_at) is distinct from
            (excluded.number, excluded.kind, excluded.status, excluded.customer_id, coalesce(excluded.order_id, i.order_id),
             excluded.currency, excluded.net, excluded.tax, excluded.total, excluded.amount_due, excluded.issued_on, excluded.due_on,
             coalesce(excluded.erp_updated_at, i.erp_updated_at))
     returning order_id as "orderId"`,
    [
      tx.scope.organizationId,
      JSON.stringify(
        latest.map(row => ({
          id: newId(),
          external_id: row.externalId,
          number: row.number,
          kind: row.kind,
          status: row.isGone ? 'CANCELLED' : row.status,
          customer_id: row.customerId,
          order_id: row.orderId ?? null,
          currency: row.currency,
          net: row.net,
          tax: row.tax,
          total: row.total,
          amount_due: row.amountDue,
          issued_on: row.issuedOn ?? null,
          due_on: row.dueOn ?? null,
          updated_at: row.updatedAt ?? null,
        })),
      ),
    ],
  );
  const orders = new Set(written.flatMap(({ orderId }) => orderId ?? []));
  await recordEvents(
    tx,
    [...orders].map(subjectId => ({ type: 'order.changed' as const, subjectId })),
  );
  const kept = await tx.query<{ id: string; externalId: string }>(
    'select id, external_id as "externalId" from invoices where organization_id = $1 and external_id = any ($2::text[])',
    [tx.scope.organizationId, rows.map(({ externalId }) => externalId)],
  );
  const ids = new Map(kept.map(({ id, externalId }) => [externalId, id]));
  return rows.map(({ externalId }) => ids.get(externalId)!);
}

/** Of what is told twice, the later word, or where no moments are said the last one. */
export function latestByExternalId<Row extends { externalId: string; updatedAt?: string | undefined }>(
  rows: readonly Row[],
): Row[] {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    const before = latest.get(row.externalId)?.updatedAt;
    if (before && row.updatedAt && new Date(row.updatedAt) < new Date(before)) continue;
    latest.set(row.externalId, row);
  }
  return [...latest.values()];
}
