import type { Tx } from '../../../platform/database/database.js';
import { everBelonging, onErase } from '../../customers/index.js';
import { tellOfQuotes } from './quote.queries.js';
import { OPEN, QuoteStatus } from './quote.states.rules.js';

onErase(eraseQuotes);

/**
 * What was sold, and for how much, stays for the books; what was written for or by the customer goes, and no link leads to it any
 * more. What was still open runs out.
 */
async function eraseQuotes(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const quotes = await tx.query<{ id: string }>(
    `with emptied as (
       update quotes set title = null, terms = null, approval_reason = null, decision_note = null, rejection_reason = null,
              accepted_by = case when accepted_by is null then null else '' end, link_digest = null,
              status = case when status = any ($3) then $4 else status end, version = version + 1, updated_at = now()
        where organization_id = $1 and customer_id = $2 returning id)
     select id from emptied`,
    [organizationId, customerId, OPEN, QuoteStatus.EXPIRED],
  );
  const ids = quotes.map(({ id }) => id);
  // The name of a product says nothing of a person; what was typed may.
  const lines = await tx.query<{ id: string }>(
    `with emptied as (
       update quote_lines l set description = coalesce(
              (select p.name from products p where p.organization_id = l.organization_id and p.id = l.product_id), '')
        where l.organization_id = $1 and l.quote_id = any ($2::uuid[]) returning l.id)
     select id from emptied`,
    [organizationId, ids],
  );
  await tellOfQuotes(tx, ids);
  // A quote that is changed gets its lines anew; the former ones are remembered, too.
  const former = await everBelonging(tx, 'quote_lines', 'quote_id', ids);
  return [...ids, ...lines.map(({ id }) => id), ...former];
}
