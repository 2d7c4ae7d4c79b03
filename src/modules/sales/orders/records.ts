import { storedId } from '../../../platform/ids.js';
import type { Parameters } from '../../../platform/paging/index.js';
import { defineRecord } from '../../../platform/schema/index.js';
import { Contract } from './contract.entity.js';
import { Invoice } from './invoice.entity.js';
import { Order } from './order.entity.js';
import { Payment } from './payment.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;

/** Public ids that are none match nothing, as unknown ones do. */
const withProduct = (operand: unknown, parameters: Parameters): string => {
  const { eq, in: any, isNull } = operand as { eq?: string; in?: string[]; isNull?: boolean };
  const line = `select 1 from order_lines ol where ol.organization_id = t.organization_id and ol.order_id = t.id`;
  const conditions = [...(eq == null ? [] : [[eq]]), ...(any == null ? [] : [any])].map(
    ids =>
      `exists (${line} and ol.product_id = any (${parameters.add(
        ids.flatMap(id => storedId('product', id) ?? []),
        'uuid[]',
      )}))`,
  );
  if (isNull != null) conditions.push(`${isNull ? 'not ' : ''}exists (${line} and ol.product_id is not null)`);
  return conditions.join(' and ') || 'true';
};

const withinDays =
  (day: string) =>
  (days: unknown, parameters: Parameters): string =>
    `(t.status = 'ACTIVE' and ${day} - current_date between 0 and ${parameters.add(days, 'integer')})`;

export const orderRecord = defineRecord({
  type: Order,
  name: 'orders',
  prefix: 'order',
  visibility: 'ORDER',
  orders: {
    PLACED_AT: { sql: 't.placed_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    NUMBER: { sql: 't.number', type: 'text', nullable: false },
    TOTAL: { sql: 't.total', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'PLACED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'order' },
    number: { sql: 't.number', type: 'text' },
    externalId: { sql: 't.external_id', type: 'text' },
    erpId: { sql: 't.erp_id', type: 'text' },
    erpNumber: { sql: 't.erp_number', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    channel: { sql: 't.channel', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    total: { sql: 't.total', type: 'numeric' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    quoteId: { sql: 't.quote_id', type: 'uuid', prefix: 'quote' },
    opportunityId: { sql: 't.opportunity_id', type: 'uuid', prefix: 'opportunity' },
    productId: { sql: '', type: 'uuid', build: withProduct },
    placedAt: { sql: 't.placed_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});

defineRecord({
  type: Invoice,
  name: 'invoices',
  prefix: 'invoice',
  visibility: 'INVOICE',
  orders: {
    CREATED_AT: createdAt,
    ISSUED_ON: { sql: 't.issued_on', type: 'date', nullable: true },
    DUE_ON: { sql: 't.due_on', type: 'date', nullable: true },
    TOTAL: { sql: 't.total', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'invoice' },
    number: { sql: 't.number', type: 'text' },
    externalId: { sql: 't.external_id', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    kind: { sql: 't.kind', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    total: { sql: 't.total', type: 'numeric' },
    amountDue: { sql: 't.amount_due', type: 'numeric' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    orderId: { sql: 't.order_id', type: 'uuid', prefix: 'order' },
    issuedOn: { sql: 't.issued_on', type: 'date' },
    dueOn: { sql: 't.due_on', type: 'date' },
  },
});

defineRecord({
  type: Payment,
  name: 'payments',
  prefix: 'payment',
  visibility: 'ORDER',
  orders: {
    PAID_ON: { sql: 't.paid_on', type: 'date', nullable: false },
    AMOUNT: { sql: 't.amount', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'PAID_ON', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'payment' },
    externalId: { sql: 't.external_id', type: 'text' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    invoiceId: { sql: 't.invoice_id', type: 'uuid', prefix: 'invoice' },
    currency: { sql: 't.currency', type: 'text' },
    amount: { sql: 't.amount', type: 'numeric' },
    method: { sql: 't.method', type: 'text' },
    paidOn: { sql: 't.paid_on', type: 'date' },
  },
});

export const contractRecord = defineRecord({
  type: Contract,
  name: 'contracts',
  prefix: 'contract',
  visibility: 'ORDER',
  orders: {
    CREATED_AT: createdAt,
    RENEWS_ON: { sql: 't.renews_on', type: 'date', nullable: true },
    STARTS_ON: { sql: 't.starts_on', type: 'date', nullable: false },
    NUMBER: { sql: 't.number', type: 'text', nullable: false },
    AMOUNT: { sql: 't.amount', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'contract' },
    number: { sql: 't.number', type: 'text' },
    name: { sql: 't.name', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    billingPeriod: { sql: 't.billing_period', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    renewsItself: { sql: 't.renews_itself', type: 'boolean' },
    renewsWithinDays: { sql: '', type: 'integer', build: withinDays('t.renews_on') },
    noticeWithinDays: { sql: '', type: 'integer', build: withinDays('t.renews_on - t.notice_days') },
    externalId: { sql: 't.external_id', type: 'text' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    orderId: { sql: 't.order_id', type: 'uuid', prefix: 'order' },
    productId: { sql: 't.product_id', type: 'uuid', prefix: 'product' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member' },
    startsOn: { sql: 't.starts_on', type: 'date' },
    renewsOn: { sql: 't.renews_on', type: 'date' },
    endsOn: { sql: 't.ends_on', type: 'date' },
  },
});
