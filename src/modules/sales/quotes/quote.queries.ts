import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import type { QuoteStatus } from './quote.states.rules.js';
import type { PreparedLine } from './quote-line.rules.js';

/** A quote whose row is held until the transaction ends; ids are stored ones, numbers text, days ISO 8601. */
export interface LockedQuote {
  id: string;
  number: string;
  revision: number;
  status: QuoteStatus;
  customerId: string;
  opportunityId: string | null;
  priceBookId: string | null;
  currency: string;
  language: string;
  title: string | null;
  terms: string | null;
  validUntil: string;
  discountPercent: string;
  effectiveDiscountPercent: string;
  ownerId: string | null;
  teamId: string | null;
  version: number;
}

const COLUMNS = `t.id, t.number, t.revision, t.status, t.customer_id as "customerId", t.opportunity_id as "opportunityId",
  t.price_book_id as "priceBookId", t.currency, t.language, t.title, t.terms, t.valid_until::text as "validUntil",
  t.discount_percent as "discountPercent", t.effective_discount_percent as "effectiveDiscountPercent",
  t.owner_id as "ownerId", t.team_id as "teamId", t.version`;

const UNKNOWN = 'There is no such quote, or you may not see it.';

/** The quote behind a public id, held for a change. Unknown and forbidden ones answer alike; another version is a CONFLICT. */
export async function lockQuote(
  tx: Tx,
  viewer: Viewer,
  { id, version }: { id: string; version?: number | null },
): Promise<LockedQuote> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('quote', id), 'uuid')}`,
    visibleCondition(viewer, 'QUOTE', 't', parameters),
  ].filter(Boolean);
  const [quote] = await tx.query<LockedQuote>(
    `select ${COLUMNS} from quotes t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!quote) throw invalid('id', UNKNOWN, 'NOT_FOUND');
  if (version != null && version !== quote.version) throw staleVersion('quote', quote.version);
  return quote;
}

/** The quote that a link names by the digest of its secret, held for an answer; undefined when the link was ended meanwhile. */
export async function lockLinked(tx: Tx, digest: string): Promise<LockedQuote | undefined> {
  const [quote] = await tx.query<LockedQuote>(
    `select ${COLUMNS} from quotes t where t.organization_id = $1 and t.link_digest = $2 for update of t`,
    [tx.scope.organizationId, digest],
  );
  return quote;
}

export function readLines(tx: Tx, quoteId: string): Promise<PreparedLine[]> {
  return tx.query<PreparedLine>(
    `select product_id as "productId", description, quantity, unit, unit_price as "unitPrice", list_price as "listPrice",
            discount_percent as "discountPercent", tax_percent as "taxPercent"
       from quote_lines where organization_id = $1 and quote_id = $2 order by position, id`,
    [tx.scope.organizationId, quoteId],
  );
}

/** Writes columns of a quote that is held, and tells of it. */
export async function changeQuote(tx: Tx, quoteId: string, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(quoteId)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update quotes set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = ${organization} and id = ${id}`,
    parameters.values,
  );
  await tellOfQuotes(tx, [quoteId]);
}

export const tellOfQuotes = (tx: Tx, ids: readonly string[]): Promise<void> =>
  recordEvents(
    tx,
    ids.map(subjectId => ({ type: 'quote.changed', subjectId })),
  );
