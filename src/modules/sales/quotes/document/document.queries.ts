import type { Database, Scope } from '../../../../platform/database/database.js';
import type { RequestContext } from '../../../access/index.js';
import { dayIn, zoneOf } from '../../../access/index.js';
import { Customer } from '../../../customers/index.js';
import { Quote } from '../quote.entity.js';
import type { QuoteDocument } from './document.rules.js';

interface Row extends Omit<QuoteDocument, 'lines' | 'date' | 'isOver'> {
  moment: string;
  country: string;
  settings: Record<string, unknown>;
  lines: string;
}

/** The document of a quote by its stored id, for who was seen to be allowed to read it; null when there is none. */
export async function readDocument(database: Database, scope: Scope, quoteId: string): Promise<QuoteDocument | null> {
  const [row] = await database.read<Row>(
    scope,
    `select q.number, q.revision, q.status, q.language, q.currency, q.title, q.terms, coalesce(q.sent_at, q.created_at) as moment,
            q.valid_until as "validUntil", o.name as organization, o.default_country as country, o.settings,
            coalesce(c.legal_name, c.display_name) as customer,
            (select p.value from contact_points p where p.organization_id = c.organization_id and p.customer_id = c.id and p.kind = 'ADDRESS'
              order by p.is_primary desc, p.created_at, p.id limit 1) as address,
            trim_scale(q.discount_percent)::text as "discountPercent", q.net, q.total, q.taxes,
            (select r.number from orders r where r.organization_id = q.organization_id and r.quote_id = q.id) as "orderNumber",
            (select coalesce(json_agg(json_build_object('description', l.description, 'quantity', trim_scale(l.quantity)::text, 'unit', l.unit,
                      'unitPrice', l.unit_price::text, 'discountPercent', trim_scale(l.discount_percent)::text,
                      'taxPercent', trim_scale(l.tax_percent)::text) order by l.position, l.id), '[]')
               from quote_lines l where l.organization_id = q.organization_id and l.quote_id = q.id) as lines
       from quotes q join organizations o on o.id = q.organization_id
       join customers c on c.organization_id = q.organization_id and c.id = q.customer_id
      where q.id = $1`,
    [quoteId],
  );
  if (!row) return null;
  const { moment, country, settings, lines, ...rest } = row;
  const zone = zoneOf(country, settings);
  return {
    ...rest,
    date: dayIn(zone, new Date(moment)),
    isOver: rest.validUntil < dayIn(zone),
    lines: JSON.parse(lines),
  };
}

/**
 * The document of a quote by its public id, or null when there is none that the viewer may see. Whom it is for, and where they live,
 * it says only to who sees that of the customer.
 */
export async function visibleDocument(context: RequestContext, id: string): Promise<QuoteDocument | null> {
  const quote = await context.recordByPublicId<Quote>(Quote, id);
  const document = quote && (await readDocument(context.options.database, context.scope, quote.id));
  if (!document) return null;
  const customer = await context.recordById(Customer, quote.customerId);
  if (!customer) return { ...document, customer: '', address: null };
  return context.isHidden('CUSTOMER', 'contactPoints') ? { ...document, address: null } : document;
}
