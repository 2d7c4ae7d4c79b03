import Big from 'big.js';
import { z } from 'zod';
import type { ErpPayment } from '../../src/erp/port.js';
import type { TrytonClient } from './client.js';
import { readCompany } from './company.row.js';

const invoiceRow = z.object({
  id: z.int(),
  party: z.int(),
  state: z.string(),
  payment_lines: z.array(z.int()).catch([]),
  reconciliation_lines: z.array(z.int()).catch([]),
});
const lineRow = z.object({
  id: z.int(),
  debit: z.string(),
  credit: z.string(),
  date: z.string(),
  amount_second_currency: z.string().nullish(),
  'second_currency.': z.object({ code: z.string() }).nullish(),
  'journal.': z.object({ name: z.string().nullish(), type: z.string().nullish() }).nullish(),
});
type LineRow = z.infer<typeof lineRow>;
const FIELDS = [
  ...['debit', 'credit', 'date', 'amount_second_currency', 'second_currency.code'],
  ...['journal.name', 'journal.type'],
];

/** What was paid on these invoices: the lines on the customer's account that settle them, but no credit notes and no write-offs. */
export async function readPayments(client: TrytonClient, invoices: readonly number[]): Promise<ErpPayment[]> {
  const wanted = ['party', 'state', 'payment_lines', 'reconciliation_lines'];
  const rows = await client.read('account.invoice', invoices, invoiceRow, wanted);
  const linesOf = (row: z.infer<typeof invoiceRow>) => [
    ...new Set([...row.payment_lines, ...row.reconciliation_lines]),
  ];
  const lines = new Map(
    (await client.read('account.move.line', [...new Set(rows.flatMap(linesOf))], lineRow, FIELDS)).map(row => [
      row.id,
      row,
    ]),
  );
  const { currency } = await readCompany(client);
  return rows.flatMap(row =>
    linesOf(row).flatMap(id => {
      const line = lines.get(id);
      if (!line || isNoPayment(line)) return [];
      return [
        {
          externalId: String(id),
          customerId: String(row.party),
          invoiceId: String(row.id),
          ...amountOf(line, currency),
          paidOn: line.date,
          method: line['journal.']?.name ?? undefined,
        },
      ];
    }),
  );
}

/** Journals of the invoices themselves, so of credit notes too, and of what is given up. */
const NO_PAYMENTS = new Set(['revenue', 'expense', 'write-off']);
const isNoPayment = (line: LineRow): boolean => NO_PAYMENTS.has(line['journal.']?.type ?? '');

/** What is paid back to the customer is below zero. */
function amountOf(line: LineRow, currency: string): { amount: string; currency: string } {
  const second = line['second_currency.']?.code;
  if (second && line.amount_second_currency != null)
    return { amount: Big(line.amount_second_currency).times(-1).toFixed(), currency: second };
  return { amount: Big(line.credit).minus(line.debit).toFixed(2), currency };
}
