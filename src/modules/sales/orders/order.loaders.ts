import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf, type RecordClass, recordOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Contract } from './contract.entity.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryLine } from './delivery-line.entity.js';
import { Invoice } from './invoice.entity.js';
import { Order } from './order.entity.js';
import type { PurchasesRow } from './order.payloads.js';
import { OrderLine } from './order-line.entity.js';
import { Payment } from './payment.entity.js';

/** All rows of many parents in one statement; `sql` takes the parents' ids as $1, and rows carry their parent in `key`. */
function rowsOf<Row>(
  name: string,
  key: keyof Row & string,
  sql: string,
): LoaderDefinition<RequestContext, string, Row[]> {
  return {
    name,
    async batch(context, parents) {
      const rows = await context.read<Row>(sql, [parents], name);
      const byParent = Map.groupBy(rows, row => row[key] as string);
      return parents.map(parent => byParent.get(parent) ?? []);
    },
  };
}

/** Records of many parents, of which the viewer sees those it may. */
function recordsOf<Row>(
  name: string,
  type: RecordClass<Row>,
  key: keyof Row & string,
  sql: { parent: string; order: string },
): LoaderDefinition<RequestContext, string, Row[]> {
  return {
    name,
    async batch(context, parents) {
      const { from, columns, visibility } = recordOf(type);
      const parameters = new Parameters();
      const named = `${sql.parent} = any (${parameters.add(parents, 'uuid[]')})`;
      const conditions = [named, visibility && visibleCondition(context.viewer, visibility, 't', parameters)];
      const rows = await context.read<Row>(
        `select ${columns} from ${from} where ${conditions.filter(Boolean).join(' and ')} order by ${sql.order}, t.id`,
        parameters.values,
      );
      const byParent = Map.groupBy(rows, row => row[key] as string);
      return parents.map(parent => byParent.get(parent) ?? []);
    },
  };
}

export const linesOfOrder = rowsOf<OrderLine>(
  'order.lines',
  'orderId',
  `select ${columnsOf(OrderLine)}, o.currency from order_lines t
     join orders o on o.organization_id = t.organization_id and o.id = t.order_id
    where t.order_id = any ($1::uuid[]) order by t.position, t.id`,
);

/** Returns among them; `kind` tells. */
export const deliveriesOfOrder = rowsOf<Delivery>(
  'order.deliveries',
  'orderId',
  `select ${columnsOf(Delivery)} from deliveries t where t.order_id = any ($1::uuid[]) order by t.happened_at, t.id`,
);

export const linesOfDelivery = rowsOf<DeliveryLine & { orderId: string }>(
  'delivery.lines',
  'deliveryId',
  `select ${columnsOf(DeliveryLine)}, l.order_id as "orderId" from delivery_lines t
     join order_lines l on l.organization_id = t.organization_id and l.id = t.order_line_id
    where t.delivery_id = any ($1::uuid[]) order by l.position, l.id`,
);

export const invoicesOfOrder = recordsOf('order.invoices', Invoice, 'orderId', {
  parent: 't.order_id',
  order: 't.issued_on, t.created_at',
});

/** At most one a quote. */
export const ordersOfQuote = recordsOf('quote.orders', Order, 'quoteId', {
  parent: 't.quote_id',
  order: 't.created_at',
});

export const contractsOfOrder = recordsOf('order.contracts', Contract, 'orderId', {
  parent: 't.order_id',
  order: 't.created_at',
});

export const paymentsOfInvoice = recordsOf('invoice.payments', Payment, 'invoiceId', {
  parent: 't.invoice_id',
  order: 't.paid_on',
});

/** What many customers have bought, a row a currency, the most orders first. */
export const purchasesOfCustomer: LoaderDefinition<RequestContext, string, PurchasesRow[]> = {
  name: 'customer.purchases',
  async batch(context, customerIds) {
    const parameters = new Parameters();
    const conditions = [
      `t.customer_id = any (${parameters.add(customerIds, 'uuid[]')})`,
      `t.status not in ('CANCELLED', 'RETURNED')`,
      visibleCondition(context.viewer, 'ORDER', 't', parameters),
    ];
    const rows = await context.read<PurchasesRow & { customerId: string }>(
      `select t.customer_id as "customerId", t.currency, count(*)::int as orders, sum(t.total)::text as total,
              min(t.placed_at) as "firstOrderAt", max(t.placed_at) as "lastOrderAt"
         from orders t where ${conditions.filter(Boolean).join(' and ')}
        group by t.customer_id, t.currency order by orders desc, t.currency`,
      parameters.values,
    );
    const byCustomer = Map.groupBy(rows, row => row.customerId);
    return customerIds.map(id => byCustomer.get(id) ?? []);
  },
};
