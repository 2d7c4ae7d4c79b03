import Big from 'big.js';
import { z } from 'zod';
import { ErpError, type ErpKind, type ErpRecords } from '../../src/erp/port.js';
import type { FieldSpec, Mapping } from './mapping.js';
import { type Lookups, textOf, valuesOf } from './values.js';

const text = z.preprocess(value => textOf(value), z.string().min(1));
const maybe = text.optional().catch(undefined);
const number = z.preprocess(
  value => textOf(value),
  z
    .string()
    .trim()
    .regex(/^[+-]?\d+(\.\d+)?$/, 'It is not a number written with a point; say `decimal` in the mapping.'),
);
const zero = number.default('0');
const flag = z.preprocess(
  value =>
    value === undefined
      ? undefined
      : [true, 1, '1', 'true', 'yes', 'y', 't'].includes(
          typeof value === 'string' ? value.toLowerCase() : (value as boolean),
        ),
  z.boolean().optional(),
);
const moment = z.preprocess(
  value => textOf(value),
  z.string().refine(value => !Number.isNaN(Date.parse(value)), 'It is not a moment; say `date` in the mapping.'),
);
const day = z.preprocess(
  value => textOf(value)?.slice(0, 10),
  z.iso.date('It is not a day; say `date` in the mapping.'),
);

const base = { externalId: text, updatedAt: moment.optional(), isGone: flag };

const line = z.object({
  externalId: maybe,
  productId: maybe,
  description: text.default('–'),
  quantity: number,
  unit: maybe,
  unitPrice: number,
  discountPercent: zero,
  taxPercent: zero,
  deliveredQuantity: number.optional(),
  returnedQuantity: number.optional(),
});

const address = z.object({ street: maybe, city: maybe, postalCode: maybe, region: maybe, country: maybe });

const SHAPES = {
  PRODUCT: z.object({
    ...base,
    sku: text,
    name: text,
    kind: z.enum(['GOOD', 'SERVICE', 'SUBSCRIPTION']).default('GOOD'),
    unit: maybe,
    taxPercent: number.optional(),
    description: maybe,
  }),
  PRICE_BOOK: z.object({
    ...base,
    name: text,
    currency: text,
    segment: maybe,
    validFrom: day.optional(),
    validUntil: day.optional(),
    entries: z.array(z.object({ productId: text, minQuantity: number.default('1'), unitPrice: number })),
  }),
  STOCK: z.object({ ...base, quantity: number }),
  CUSTOMER: z.object({
    ...base,
    kind: z.enum(['PERSON', 'COMPANY']).default('COMPANY'),
    name: text,
    email: maybe,
    phone: maybe,
    taxId: maybe,
    language: maybe,
    address: address.optional().catch(undefined),
  }),
  ORDER: z.object({
    ...base,
    number: maybe,
    reference: maybe,
    customerId: text,
    status: z.enum(['DRAFT', 'PLACED', 'CONFIRMED', 'PARTIALLY_DELIVERED', 'DELIVERED', 'CANCELLED']).default('PLACED'),
    currency: text,
    placedAt: moment,
    net: number.optional(),
    tax: number.optional(),
    total: number.optional(),
    lines: z.array(line),
  }),
  INVOICE: z.object({
    ...base,
    number: text,
    kind: z.enum(['INVOICE', 'CREDIT_NOTE']).default('INVOICE'),
    status: z.enum(['DRAFT', 'POSTED', 'PAID', 'CANCELLED']).default('POSTED'),
    customerId: text,
    orderId: maybe,
    currency: text,
    net: number.optional(),
    tax: number.optional(),
    total: number,
    amountDue: number.optional(),
    issuedOn: day.optional(),
    dueOn: day.optional(),
  }),
  PAYMENT: z.object({
    ...base,
    customerId: text,
    invoiceId: maybe,
    amount: number,
    currency: text,
    paidOn: day,
    method: maybe,
  }),
} satisfies Record<ErpKind, z.ZodType>;

/** One row or item as a record of the port. Throws `ErpError` BROKEN that says which field is not as it should be. */
export function recordOf<Kind extends ErpKind>(
  kind: Kind,
  item: unknown,
  fields: Record<string, FieldSpec>,
  { lookups, currency }: { lookups: Lookups; currency?: Mapping['currency'] },
): ErpRecords[Kind] {
  const values: Record<string, unknown> = valuesOf(item, fields, lookups);
  if (currency !== undefined) values['currency'] ??= currency;
  const parsed = SHAPES[kind].safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ErpError('BROKEN', `${issue!.path.join('.') || kind}: ${issue!.message}`);
  }
  return complete(kind, parsed.data as never) as unknown as ErpRecords[Kind];
}

/** Sums that the ERP leaves to the reader. */
function complete(kind: ErpKind, record: Record<string, unknown>): Record<string, unknown> {
  if (kind === 'ORDER') {
    const lines = record['lines'] as z.infer<typeof line>[];
    const nets = lines.map(one =>
      Big(one.quantity).times(one.unitPrice).times(Big(100).minus(one.discountPercent)).div(100),
    );
    const net = nets.reduce((all, one) => all.plus(one), Big(0));
    const tax = nets.reduce((all, one, at) => all.plus(one.times(lines[at]!.taxPercent).div(100)), Big(0));
    record['net'] ??= net.toFixed(2);
    record['tax'] ??= tax.toFixed(2);
    record['total'] ??= Big(record['net'] as string)
      .plus(record['tax'] as string)
      .toFixed();
  }
  if (kind === 'INVOICE') {
    const { total, tax, net, status } = record as Record<string, string | undefined>;
    record['tax'] ??= net === undefined ? '0' : Big(total!).minus(net).toFixed();
    record['net'] ??= Big(total!)
      .minus(tax ?? (record['tax'] as string))
      .toFixed();
    record['amountDue'] ??= status === 'PAID' || status === 'CANCELLED' ? '0' : total;
  }
  return record;
}
