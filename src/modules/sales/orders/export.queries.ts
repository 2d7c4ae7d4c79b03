import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

exportSection('orders', (context, customerId) =>
  select(
    context,
    customerId,
    'order',
    `t.id, t.number, t.status, t.channel, t.external_id, t.currency, t.subtotal, t.discount, t.net, t.tax, t.total, t.placed_at, t.cancelled_at,
     t.cancellation_reason,
     (select coalesce(json_agg(json_build_object('description', l.description, 'quantity', l.quantity::text,
               'deliveredQuantity', l.delivered_quantity::text, 'returnedQuantity', l.returned_quantity::text, 'unit', l.unit,
               'unitPrice', l.unit_price::text, 'discountPercent', l.discount_percent::text, 'taxPercent', l.tax_percent::text,
               'total', l.total::text) order by l.position), '[]')
        from order_lines l where l.organization_id = t.organization_id and l.order_id = t.id)::text as lines,
     (select coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number, 'reason', d.reason, 'happenedAt', d.happened_at)
               order by d.happened_at), '[]')
        from deliveries d where d.organization_id = t.organization_id and d.order_id = t.id)::text as deliveries
       from orders t`,
    't.placed_at',
  ),
);

exportSection('invoices', (context, customerId) =>
  select(
    context,
    customerId,
    'invoice',
    `t.id, t.number, t.kind, t.status, t.currency, t.net, t.tax, t.total, t.amount_due, t.issued_on, t.due_on, t.paid_at from invoices t`,
    't.created_at',
  ),
);

exportSection('payments', (context, customerId) =>
  select(
    context,
    customerId,
    'payment',
    't.id, t.amount, t.currency, t.method, t.paid_on from payments t',
    't.paid_on',
  ),
);

exportSection('contracts', (context, customerId) =>
  select(
    context,
    customerId,
    'contract',
    `t.id, t.number, t.name, t.status, t.quantity, t.amount, t.currency, t.billing_period, t.starts_on, t.term_months, t.renewals, t.renews_on,
     t.ends_on, t.cancelled_at, t.cancellation_reason from contracts t`,
    't.created_at',
  ),
);

interface Exported {
  id: string;
  lines?: string;
  deliveries?: string;
}

/** Rows of a customer that the viewer may see, with public ids, the oldest first. */
async function select(
  context: RequestContext,
  customerId: string,
  prefix: string,
  columnsAndTable: string,
  order: string,
): Promise<object[]> {
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(context.viewer, 'ORDER', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<Exported>(
    `select ${columnsAndTable} where ${conditions.join(' and ')} order by ${order}, t.id`,
    parameters.values,
  );
  return rows.map(({ id, lines, deliveries, ...row }) => ({
    id: publicId(prefix, id),
    ...row,
    ...(lines === undefined ? {} : { lines: JSON.parse(lines) }),
    ...(deliveries === undefined ? {} : { deliveries: JSON.parse(deliveries) }),
  }));
}
