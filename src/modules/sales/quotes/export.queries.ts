import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

exportSection('quotes', quotesOf);

async function quotesOf(context: RequestContext, customerId: string): Promise<object[]> {
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(context.viewer, 'QUOTE', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string; lines: string }>(
    `select t.id, t.number, t.revision, t.status, t.title, t.terms, t.currency, t.subtotal, t.discount, t.net, t.tax, t.total, t.valid_until,
            t.created_at, t.sent_at, t.accepted_at, t.accepted_by, t.rejected_at, t.rejection_reason,
            (select coalesce(json_agg(json_build_object('description', l.description, 'quantity', l.quantity::text, 'unit', l.unit,
                      'unitPrice', l.unit_price::text, 'discountPercent', l.discount_percent::text, 'taxPercent', l.tax_percent::text,
                      'total', l.total::text) order by l.position), '[]')
               from quote_lines l where l.organization_id = t.organization_id and l.quote_id = t.id)::text as lines
       from quotes t where ${conditions.join(' and ')} order by t.created_at, t.id`,
    parameters.values,
  );
  return rows.map(({ id, lines, ...row }) => ({ id: publicId('quote', id), ...row, lines: JSON.parse(lines) }));
}
