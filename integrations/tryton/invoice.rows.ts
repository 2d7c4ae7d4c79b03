import Big from 'big.js';
import { z } from 'zod';
import type { ErpInvoice } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';

const invoiceRow = z.object({
  id: z.int(),
  number: z.string().nullish(),
  party: z.int(),
  state: z.string(),
  invoice_date: z.string().nullish(),
  write_date: z.string().nullish(),
  create_date: z.string().nullish(),
  untaxed_amount: z.string(),
  tax_amount: z.string(),
  total_amount: z.string(),
  amount_to_pay: z.string(),
  lines_to_pay: z.array(z.int()).catch([]),
  sales: z.array(z.int()).catch([]),
  'currency.': z.object({ code: z.string() }),
});
const dueRow = z.object({ id: z.int(), maturity_date: z.string().nullish() });

const FIELDS = [
  ...['number', 'party', 'state', 'invoice_date', 'write_date', 'create_date', 'sales', 'currency.code'],
  ...['untaxed_amount', 'tax_amount', 'total_amount', 'amount_to_pay', 'lines_to_pay'],
];
const STATUS: Record<string, ErpInvoice['status']> = {
  draft: 'DRAFT',
  validated: 'DRAFT',
  posted: 'POSTED',
  paid: 'PAID',
  cancelled: 'CANCELLED',
};

/** Those to customers. A payment or a reconciliation writes the invoice too. */
export const invoiceTrails = (company: number): readonly Trail[] => [
  {
    model: 'account.invoice',
    root: 'id',
    domain: [
      ['type', '=', 'out'],
      ['company', '=', company],
    ],
  },
  {
    model: 'account.invoice.line',
    root: 'invoice',
    domain: [
      ['invoice.type', '=', 'out'],
      ['invoice.company', '=', company],
    ],
  },
];

/** A credit note is in Tryton an invoice below zero; its amounts are told without the sign. A draft has no number yet. */
export async function readInvoices(client: TrytonClient, ids: readonly number[]): Promise<ErpInvoice[]> {
  const rows = await client.read('account.invoice', ids, invoiceRow, FIELDS);
  const dues = await client.read(
    'account.move.line',
    rows.flatMap(row => row.lines_to_pay),
    dueRow,
    ['maturity_date'],
  );
  return rows.map(row => {
    const days = dues.flatMap(due => (row.lines_to_pay.includes(due.id) && due.maturity_date ? due.maturity_date : []));
    const isPosted = row.state === 'posted' || row.state === 'paid';
    return {
      externalId: String(row.id),
      updatedAt: row.write_date ?? row.create_date ?? undefined,
      number: row.number || `(${row.id})`,
      kind: Big(row.total_amount).lt(0) ? 'CREDIT_NOTE' : 'INVOICE',
      status: STATUS[row.state] ?? 'DRAFT',
      customerId: String(row.party),
      orderId: row.sales.length > 0 ? String(Math.min(...row.sales)) : undefined,
      currency: row['currency.'].code,
      net: unsigned(row.untaxed_amount),
      tax: unsigned(row.tax_amount),
      total: unsigned(row.total_amount),
      amountDue: isPosted ? unsigned(row.amount_to_pay) : row.state === 'cancelled' ? '0' : unsigned(row.total_amount),
      issuedOn: row.invoice_date ?? undefined,
      // The whole of it is due when its last part is.
      dueOn: days.sort().at(-1),
    };
  });
}

const unsigned = (amount: string): string => amount.replace(/^-/, '');
