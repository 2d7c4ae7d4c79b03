import {
  type CsvKind,
  csvKind,
  currencyColumn,
  dayColumn,
  decimalColumn,
  textColumn,
  wordColumn,
  yesNoColumn,
} from '../../../platform/csv/index.js';
import { CUSTOMER_BY_KEY } from '../../customers/index.js';
import { BillingPeriod } from '../catalogue/product.entity.js';
import { tellContracts } from '../orders/contract.queries.js';
import { DEFAULT_TERM_MONTHS } from '../orders/contract.rules.js';
import { PRODUCT_BY_SKU } from './references.js';

const TERM = `coalesce(r.term_months, ${DEFAULT_TERM_MONTHS})`;
const AGE = 'age(current_date, r.starts_on)';
const TERMS_OVER = `(greatest(0, extract(year from ${AGE}) * 12 + extract(month from ${AGE}))::integer / ${TERM})`;

const CUSTOMER = 'join customers c on c.organization_id = t.organization_id and c.id = t.customer_id';

csvKind({
  name: 'contracts',
  table: 'contracts',
  visibility: 'ORDER',
  joins: `${CUSTOMER} left join products p on p.organization_id = t.organization_id and p.id = t.product_id`,
  key: ['number'],
  isVersioned: true,
  columns: [
    textColumn({ field: 'number', column: 'number', isRequired: true, help: 'Its number.' }, 100),
    textColumn({ field: 'name', column: 'name', isRequired: true, help: 'What it is about.' }),
    textColumn({
      field: 'customer',
      column: 'customer_id',
      type: 'uuid',
      isRequired: true,
      reference: CUSTOMER_BY_KEY,
      shown: 'c.external_id',
      tellsOf: { alias: 'c', visibility: 'CUSTOMER' },
      help: 'The customer, by its `externalId`.',
    }),
    textColumn({
      field: 'sku',
      column: 'product_id',
      type: 'uuid',
      reference: PRODUCT_BY_SKU,
      shown: 'p.sku',
      help: 'The product, by the number it is kept under.',
    }),
    decimalColumn({ field: 'quantity', column: 'quantity', fallback: '1', help: 'How many.' }),
    decimalColumn({ field: 'amount', column: 'amount', isRequired: true, help: 'Per billing period.' }),
    currencyColumn({ field: 'currency', column: 'currency', isRequired: true, help: 'Of the amount, ISO 4217.' }),
    wordColumn(
      { field: 'billingPeriod', column: 'billing_period', isRequired: true, help: 'MONTH, QUARTER or YEAR.' },
      Object.values(BillingPeriod),
    ),
    dayColumn({ field: 'startsOn', column: 'starts_on', isRequired: true, help: 'The first day.' }),
    {
      field: 'termMonths',
      column: 'term_months',
      type: 'integer',
      read: text => (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 120 ? text : undefined),
      expected: 'a number from 1 to 120',
      fallback: String(DEFAULT_TERM_MONTHS),
      help: `How many months it runs until it is renewed; ${DEFAULT_TERM_MONTHS} unless said.`,
    },
    { field: 'renewsOn', type: 'date', help: 'When it is renewed next; only told.', shown: 't.renews_on' },
    dayColumn({ field: 'endsOn', column: 'ends_on', help: 'The first day it no longer holds.' }),
    yesNoColumn({
      field: 'renewsItself',
      column: 'renews_itself',
      fallback: 'true',
      help: 'Whether it goes on unless somebody ends it.',
    }),
    { field: 'status', type: 'text', help: 'Where it stands; only told.', shown: 't.status' },
  ],
  told: (tx, created, changed) => tellContracts(tx, [...created, ...changed]),
  // Counted from its first day, as everywhere: the terms that are over have been renewed.
  derived: {
    renewals: { sql: TERMS_OVER, onUpdate: false },
    renews_on: {
      sql: `case when r.ends_on is null then (r.starts_on + make_interval(months => ${TERM} * (${TERMS_OVER} + 1)))::date end`,
      onUpdate: false,
    },
  },
});

/** What is told only: it comes from quotes, tills and the ERP, by ways of their own. */
function told(
  name: string,
  { joins = CUSTOMER, visibility = 'ORDER', ...kind }: Pick<CsvKind, 'table'> & Partial<CsvKind>,
  shown: Record<string, string>,
): void {
  csvKind({
    name,
    visibility,
    joins,
    key: [],
    isVersioned: true,
    isExportOnly: true,
    columns: Object.entries(shown).map(([field, sql]) => ({
      field,
      type: 'text',
      help: '',
      shown: sql,
      ...(sql.startsWith('c.') && { tellsOf: { alias: 'c', visibility: 'CUSTOMER' } }),
    })),
    ...kind,
  });
}

const amounts = { currency: 't.currency', net: 't.net', tax: 't.tax', total: 't.total' };
const customer = { customer: 'c.external_id', customerName: 'c.display_name' };

told(
  'orders',
  { table: 'orders' },
  {
    number: 't.number',
    status: 't.status',
    placedAt: 't.placed_at',
    channel: 't.channel',
    ...customer,
    ...amounts,
    externalId: 't.external_id',
  },
);

told(
  'order-lines',
  {
    table: 'order_lines',
    visibility: 'ORDER',
    joins: `join orders r on r.organization_id = t.organization_id and r.id = t.order_id
            left join products p on p.organization_id = t.organization_id and p.id = t.product_id`,
    seenThrough: 'r',
  },
  {
    order: 'r.number',
    position: 't.position',
    sku: 'p.sku',
    description: 't.description',
    quantity: 't.quantity',
    delivered: 't.delivered_quantity',
    returned: 't.returned_quantity',
    unitPrice: 't.unit_price',
    discountPercent: 't.discount_percent',
    taxPercent: 't.tax_percent',
    ...amounts,
    currency: 'r.currency',
  },
);

told(
  'invoices',
  { table: 'invoices' },
  {
    number: 't.number',
    kind: 't.kind',
    status: 't.status',
    ...customer,
    ...amounts,
    amountDue: 't.amount_due',
    issuedOn: 't.issued_on',
    dueOn: 't.due_on',
    paidAt: 't.paid_at',
    externalId: 't.external_id',
  },
);

told(
  'payments',
  { table: 'payments' },
  {
    ...customer,
    amount: 't.amount',
    currency: 't.currency',
    method: 't.method',
    paidOn: 't.paid_on',
    externalId: 't.external_id',
  },
);

told(
  'quotes',
  { table: 'quotes', visibility: 'QUOTE' },
  {
    number: 't.number',
    revision: 't.revision',
    status: 't.status',
    validUntil: 't.valid_until',
    ...customer,
    ...amounts,
    acceptedAt: 't.accepted_at',
  },
);
