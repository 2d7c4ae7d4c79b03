import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { isCurrency } from '../../../platform/money.js';
import { queueForMirror } from './mirror.queue.js';
import { latestByExternalId } from './mirror-invoices.service.js';

/** A payment as the ERP has it; `customerId` and `invoiceId` are stored ids, the amount exact text, the day ISO 8601. */
export interface MirroredPayment {
  externalId: string;
  customerId: string;
  invoiceId?: string | null | undefined;
  amount: string;
  currency: string;
  paidOn: string;
  method?: string | null | undefined;
  updatedAt?: string | undefined;
  isGone?: boolean | undefined;
}

/**
 * Writes payments as the ERP has them; answers their stored ids in the order of `rows`, null for one that is gone there and so is gone
 * here. What is older than what was mirrored last changes nothing. The orders that are paid for are told of. Throws `InputError` for
 * an unknown currency; nothing of the list is written then.
 */
export async function mirrorPayments(tx: Tx, rows: readonly MirroredPayment[]): Promise<(string | null)[]> {
  if (rows.length === 0) return [];
  const unknown = rows.find(row => !isCurrency(row.currency));
  if (unknown) throw invalid('currency', `${unknown.externalId}: ${unknown.currency} is no currency.`);
  await queueForMirror(tx, 'PAYMENT', rows);
  const latest = latestByExternalId(rows);
  const gone = await tx.query<{ invoiceId: string | null }>(
    `delete from payments p using unnest($2::text[], $3::timestamptz[]) as r(external_id, updated_at)
      where p.organization_id = $1 and p.external_id = r.external_id
        and (r.updated_at is null or p.erp_updated_at is null or r.updated_at >= p.erp_updated_at)
      returning p.invoice_id as "invoiceId"`,
    [
      tx.scope.organizationId,
      latest.flatMap(({ isGone, externalId }) => (isGone ? externalId : [])),
      latest.flatMap(({ isGone, updatedAt }) => (isGone ? [updatedAt ?? null] : [])),
    ],
  );
  const written = await tx.query<{ invoiceId: string | null }>(
    `insert into payments as p (organization_id, id, external_id, customer_id, invoice_id, amount, currency, method, paid_on, erp_updated_at)
     select $1, r.id, r.external_id, r.customer_id, r.invoice_id, r.amount, r.currency, r.method, r.paid_on, r.updated_at
       from jsonb_to_recordset($2) as r(id uuid, external_id text, customer_id uuid, invoice_id uuid, amount numeric(19,4), currency text,
            method text, paid_on date, updated_at timestamptz)
     on conflict (organization_id, external_id) do update
        set customer_id = excluded.customer_id, invoice_id = coalesce(excluded.invoice_id, p.invoice_id), amount = excluded.amount,
            currency = excluded.currency, method = excluded.method, paid_on = excluded.paid_on,
            erp_updated_at = coalesce(excluded.erp_updated_at, p.erp_updated_at)
      where (excluded.erp_updated_at is null or p.erp_updated_at is null or excluded.erp_updated_at >= p.erp_updated_at)
        and (p.customer_id, p.invoice_id, p.amount, p.currency, p.method, p.paid_on, p.erp_updated_at) is distinct from
            (excluded.customer_id, coalesce(excluded.invoice_id, p.invoice_id), excluded.amount, excluded.currency, excluded.method,
             excluded.paid_on, coalesce(excluded.erp_updated_at, p.erp_updated_at))
     returning invoice_id as "invoiceId"`,
    [
      tx.scope.organizationId,
      JSON.stringify(
        latest
          .filter(({ isGone }) => !isGone)
          .map(row => ({
            id: newId(),
            external_id: row.externalId,
            customer_id: row.customerId,
            invoice_id: row.invoiceId ?? null,
            amount: row.amount,
            currency: row.currency,
            method: row.method ?? null,
            paid_on: row.paidOn,
            updated_at: row.updatedAt ?? null,
          })),
      ),
    ],
  );
  await tellOrdersOf(
    tx,
    [...gone, ...written].flatMap(({ invoiceId }) => invoiceId ?? []),
  );
  const kept = await tx.query<{ id: string; externalId: string }>(
    'select id, external_id as "externalId" from payments where organization_id = $1 and external_id = any ($2::text[])',
    [tx.scope.organizationId, rows.map(({ externalId }) => externalId)],
  );
  const ids = new Map(kept.map(({ id, externalId }) => [externalId, id]));
  return rows.map(({ externalId }) => ids.get(externalId) ?? null);
}

async function tellOrdersOf(tx: Tx, invoiceIds: string[]): Promise<void> {
  const orders = await tx.query<{ id: string }>(
    `select distinct order_id as id from invoices where organization_id = $1 and id = any ($2::uuid[]) and order_id is not null`,
    [tx.scope.organizationId, invoiceIds],
  );
  await recordEvents(
    tx,
    orders.map(({ id }) => ({ type: 'order.changed' as const, subjectId: id })),
  );
}
