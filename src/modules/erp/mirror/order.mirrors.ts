import type { ErpInvoice, ErpOrder, ErpPayment } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { isCalendarDay } from '../../../platform/input.rules.js';
import { cleanLine } from '../../../platform/text.js';
import { mirrorInvoices, mirrorOrders, mirrorPayments } from '../../sales/index.js';
import type { ErpReference, PlainMirror } from './mirror.js';
import { decimal } from './price.mirrors.js';

type Versioned = 'orders' | 'invoices';

/** By its version, which rises exactly when something about the row or what hangs on it changes. */
async function changeOf(
  tx: Tx,
  table: Versioned,
  idColumn: 'erp_id' | 'external_id',
  externalId: string,
  work: () => Promise<string | null>,
): Promise<{ recordId: string | null; change: 'CREATED' | 'CHANGED' | 'UNCHANGED' }> {
  const versionOf = async (condition: string, value: string) =>
    (
      await tx.query<{ version: number }>(
        `select version from ${table} where organization_id = $1 and ${condition} = $2`,
        [tx.scope.organizationId, value],
      )
    )[0]?.version;
  const before = await versionOf(idColumn, externalId);
  const recordId = await work();
  if (before === undefined) return { recordId, change: 'CREATED' };
  return { recordId, change: recordId && (await versionOf('id', recordId)) === before ? 'UNCHANGED' : 'CHANGED' };
}

const customer = (externalId: string): ErpReference => ({ kind: 'CUSTOMER', externalId, isRequired: true });

export const orderMirror = (prefix: string): PlainMirror<'ORDER'> => ({
  kind: 'ORDER',
  references: order => [
    customer(order.customerId),
    ...productsOf(order).map(externalId => ({ kind: 'PRODUCT' as const, externalId, isRequired: false })),
  ],
  keep: (tx, order, { recordId, resolved }) =>
    changeOf(tx, 'orders', 'erp_id', prefix + order.externalId, async () => {
      const [kept] = await mirrorOrders(tx, [
        {
          ...order,
          externalId: prefix + order.externalId,
          orderId: recordId,
          customerId: resolved.idOf('CUSTOMER', order.customerId)!,
          placedAt: momentOf(order.placedAt, 'placedAt'),
          ...amountsOf(order),
          lines: order.lines.map(line => ({
            ...line,
            productId: resolved.idOf('PRODUCT', line.productId),
            description: cleanLine(line.description).slice(0, 500) || '–',
            quantity: decimal(line.quantity, 'quantity').toFixed(),
            unitPrice: decimal(line.unitPrice, 'unitPrice').toFixed(),
            discountPercent: decimal(line.discountPercent, 'discountPercent').toFixed(),
            taxPercent: decimal(line.taxPercent, 'taxPercent').toFixed(),
          })),
        },
      ]);
      return kept ?? null;
    }),
});

const productsOf = ({ lines }: ErpOrder): string[] => [...new Set(lines.flatMap(line => line.productId ?? []))];

export const invoiceMirror = (prefix: string): PlainMirror<'INVOICE'> => ({
  kind: 'INVOICE',
  references: invoice => [
    customer(invoice.customerId),
    ...(invoice.orderId ? [{ kind: 'ORDER' as const, externalId: invoice.orderId, isRequired: false }] : []),
  ],
  keep: (tx, invoice: ErpInvoice, { resolved }) =>
    changeOf(tx, 'invoices', 'external_id', prefix + invoice.externalId, async () => {
      const [kept] = await mirrorInvoices(tx, [
        {
          ...invoice,
          externalId: prefix + invoice.externalId,
          customerId: resolved.idOf('CUSTOMER', invoice.customerId)!,
          orderId: resolved.idOf('ORDER', invoice.orderId),
          ...amountsOf(invoice),
          amountDue: decimal(invoice.amountDue, 'amountDue').toFixed(),
          issuedOn: dayOf(invoice.issuedOn, 'issuedOn'),
          dueOn: dayOf(invoice.dueOn, 'dueOn'),
        },
      ]);
      return kept ?? null;
    }),
});

export const paymentMirror = (prefix: string): PlainMirror<'PAYMENT'> => ({
  kind: 'PAYMENT',
  references: payment => [
    customer(payment.customerId),
    ...(payment.invoiceId ? [{ kind: 'INVOICE' as const, externalId: payment.invoiceId, isRequired: false }] : []),
  ],
  async keep(tx, payment: ErpPayment, { recordId, resolved }) {
    const paidOn = dayOf(payment.paidOn, 'paidOn');
    if (!paidOn) throw invalid('paidOn', 'The ERP does not say when it was paid.', 'REQUIRED');
    const [kept] = await mirrorPayments(tx, [
      {
        ...payment,
        externalId: prefix + payment.externalId,
        customerId: resolved.idOf('CUSTOMER', payment.customerId)!,
        invoiceId: resolved.idOf('INVOICE', payment.invoiceId),
        amount: decimal(payment.amount, 'amount').toFixed(),
        paidOn,
      },
    ]);
    return { recordId: kept ?? null, change: recordId ? 'CHANGED' : kept ? 'CREATED' : 'UNCHANGED' };
  },
});

const amountsOf = ({ net, tax, total }: { net: string; tax: string; total: string }) => ({
  net: decimal(net, 'net').toFixed(),
  tax: decimal(tax, 'tax').toFixed(),
  total: decimal(total, 'total').toFixed(),
});

function dayOf(text: string | undefined, field: string): string | undefined {
  if (text === undefined || text === '') return undefined;
  const day = text.slice(0, 10);
  if (!isCalendarDay(day)) throw invalid(field, `"${text.slice(0, 30)}" is not a day.`);
  return day;
}

function momentOf(text: string, field: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw invalid(field, `"${String(text).slice(0, 30)}" is not a moment.`);
  return moment.toISOString();
}
