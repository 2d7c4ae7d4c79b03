import { Field, ObjectType } from 'type-graphql';
import type { Parameters } from '../../../platform/paging/index.js';
import { CalendarDate, Derived, Money, moneyOf, Reference } from '../../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { TimelineEntry, timelineSource } from '../../customers/index.js';
import { writeDay, writeMoney } from '../quotes/money.words.js';
import { Contract } from './contract.entity.js';
import { Invoice } from './invoice.entity.js';
import { Order } from './order.entity.js';
import { Payment } from './payment.entity.js';

interface Amount {
  amount: string;
  currency: string;
}
type Numbered = { number: string };

const amount = () => Derived((detail: Amount) => moneyOf(detail.amount, detail.currency));
const written = (language: string, detail: Amount): string => writeMoney(detail.amount, detail.currency, language);

/** Rows of `table` that are the customer's and that the viewer may see; `columns` are of `t`. */
const ofCustomer =
  (columns: string, from: string, condition = 'true') =>
  (viewer: Viewer, parameters: Parameters): string => {
    const rule = visibleCondition(viewer, 'ORDER', 't', parameters);
    return `select ${columns} from ${from} where t.customer_id = k.parent and ${condition}${rule ? ` and ${rule}` : ''}`;
  };

@ObjectType({ implements: TimelineEntry, description: 'The customer ordered something.', simpleResolvers: true })
export class OrderPlaced extends TimelineEntry {
  @Field({ description: 'Number of the order.' })
  number: string;
  @amount()
  @Field(() => Money, { nullable: true, description: 'What is paid for it.' })
  total?: Money;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order.' })
  order?: Order;
}

timelineSource<Numbered & Amount>({
  type: OrderPlaced,
  prefix: 'order',
  sql: ofCustomer(
    `t.placed_at as occurred_at, t.id,
     jsonb_build_object('orderId', t.id, 'number', t.number, 'amount', t.total::text, 'currency', t.currency) as detail`,
    'orders t',
  ),
  summary: {
    en: detail => `Order ${detail.number} placed: ${written('en', detail)}`,
    es: detail => `Pedido ${detail.number} realizado: ${written('es', detail)}`,
    pt: detail => `Pedido ${detail.number} feito: ${written('pt', detail)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'An order, or a part of it, left for the customer.',
  simpleResolvers: true,
})
export class OrderDelivered extends TimelineEntry {
  @Field({ description: 'Number of the order.' })
  number: string;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order.' })
  order?: Order;
}

@ObjectType({ implements: TimelineEntry, description: 'Something that was ordered came back.', simpleResolvers: true })
export class OrderReturned extends TimelineEntry {
  @Field({ description: 'Number of the order.' })
  number: string;
  @Field(() => String, { nullable: true, description: 'Why it came back.' })
  reason?: string;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order.' })
  order?: Order;
}

const movement = (kind: 'DELIVERY' | 'RETURN') =>
  ofCustomer(
    `d.happened_at as occurred_at, d.id, jsonb_build_object('orderId', t.id, 'number', t.number, 'reason', d.reason) as detail`,
    'orders t join deliveries d on d.organization_id = t.organization_id and d.order_id = t.id',
    `d.kind = '${kind}'`,
  );

timelineSource<Numbered>({
  type: OrderDelivered,
  prefix: 'delivery',
  sql: movement('DELIVERY'),
  summary: {
    en: ({ number }) => `Delivery of order ${number}`,
    es: ({ number }) => `Entrega del pedido ${number}`,
    pt: ({ number }) => `Entrega do pedido ${number}`,
  },
});

const because = (reason: string | null): string => (reason ? `: ${reason}` : '');

timelineSource<Numbered & { reason: string | null }>({
  type: OrderReturned,
  prefix: 'delivery',
  sql: movement('RETURN'),
  summary: {
    en: ({ number, reason }) => `Return from order ${number}${because(reason)}`,
    es: ({ number, reason }) => `Devolución del pedido ${number}${because(reason)}`,
    pt: ({ number, reason }) => `Devolução do pedido ${number}${because(reason)}`,
  },
});

@ObjectType({ implements: TimelineEntry, description: 'The customer was sent an invoice.', simpleResolvers: true })
export class InvoiceIssued extends TimelineEntry {
  @Field({ description: 'Its number.' })
  number: string;
  @amount()
  @Field(() => Money, { nullable: true, description: 'With tax.' })
  total?: Money;
  @Reference(() => Invoice, 'invoiceId', { nullable: true, description: 'The invoice.' })
  invoice?: Invoice;
}

type Invoiced = Numbered & Amount & { isCredit: boolean };

timelineSource<Invoiced>({
  type: InvoiceIssued,
  prefix: 'invoice',
  sql: ofCustomer(
    `coalesce(t.issued_on::timestamptz, t.created_at) as occurred_at, t.id,
     jsonb_build_object('invoiceId', t.id, 'number', t.number, 'amount', t.total::text, 'currency', t.currency,
                        'isCredit', t.kind = 'CREDIT_NOTE') as detail`,
    'invoices t',
    `t.status <> 'DRAFT'`,
  ),
  summary: {
    en: detail => `${detail.isCredit ? 'Credit note' : 'Invoice'} ${detail.number}: ${written('en', detail)}`,
    es: detail => `${detail.isCredit ? 'Factura rectificativa' : 'Factura'} ${detail.number}: ${written('es', detail)}`,
    pt: detail => `${detail.isCredit ? 'Nota de crédito' : 'Fatura'} ${detail.number}: ${written('pt', detail)}`,
  },
});

@ObjectType({ implements: TimelineEntry, description: 'The customer paid.', simpleResolvers: true })
export class PaymentReceived extends TimelineEntry {
  @amount()
  @Field(() => Money, { nullable: true, description: 'How much; negative for what was paid back.' })
  paid?: Money;
  @Reference(() => Payment, 'paymentId', { nullable: true, description: 'The payment.' })
  payment?: Payment;
}

timelineSource<Amount>({
  type: PaymentReceived,
  prefix: 'payment',
  sql: ofCustomer(
    `t.paid_on::timestamptz as occurred_at, t.id,
     jsonb_build_object('paymentId', t.id, 'amount', t.amount::text, 'currency', t.currency) as detail`,
    'payments t',
  ),
  summary: {
    en: detail => `Payment: ${written('en', detail)}`,
    es: detail => `Pago: ${written('es', detail)}`,
    pt: detail => `Pagamento: ${written('pt', detail)}`,
  },
});

@ObjectType({
  implements: TimelineEntry,
  description: 'A contract of the customer was renewed.',
  simpleResolvers: true,
})
export class ContractRenewed extends TimelineEntry {
  @Field({ description: 'What it is about.' })
  name: string;
  @Field(() => CalendarDate, { description: 'The first day after the new term.' })
  until: string;
  @Reference(() => Contract, 'contractId', { nullable: true, description: 'The contract.' })
  contract?: Contract;
}

timelineSource<{ name: string; until: string }>({
  type: ContractRenewed,
  prefix: 'contract_renewal',
  sql: ofCustomer(
    `r.created_at as occurred_at, r.id, jsonb_build_object('contractId', t.id, 'name', t.name, 'until', r.until) as detail`,
    'contracts t join contract_renewals r on r.organization_id = t.organization_id and r.contract_id = t.id',
  ),
  summary: {
    en: ({ name, until }) => `Contract renewed until ${writeDay(until, 'en')}: ${name}`,
    es: ({ name, until }) => `Contrato renovado hasta el ${writeDay(until, 'es')}: ${name}`,
    pt: ({ name, until }) => `Contrato renovado até ${writeDay(until, 'pt')}: ${name}`,
  },
});
