import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { organizationDay, publicActor, Role, type Viewer } from '../../access/index.js';
import { winOpportunity } from '../opportunities/opportunity.service.js';
import { placeOrder } from '../orders/order.service.js';
import type { AcceptQuoteInput, DeclineQuoteInput } from './quote.inputs.js';
import { changeQuote, type LockedQuote, lockQuote, readLines } from './quote.queries.js';
import { ACCEPTABLE, QuoteStatus } from './quote.states.rules.js';
import { requireApproved } from './quote-approval.service.js';
import { longText } from './quote-fields.service.js';

/**
 * Makes an order of a quote and wins its opportunity. Of a quote there is one order: accepting it again, also at the same moment,
 * answers the first. Staff may accept what they could approve and send themselves; a customer only what was sent to it.
 */
export async function acceptQuote(
  tx: Tx,
  viewer: Viewer,
  input: AcceptQuoteInput,
): Promise<{ quoteId: string; orderId: string }> {
  const problems: Problems = [];
  const name = optionalLine(problems, 'acceptedBy', input.acceptedBy, 200);
  throwAny(problems);
  const quote = await lockForAnswer(tx, viewer, input);
  if (viewer.role !== Role.CUSTOMER) await requireApproved(tx, viewer, quote);
  return { quoteId: quote.id, orderId: await acceptLocked(tx, quote, name ?? publicActor(tx.scope.actor)) };
}

/** A quote declined once stays so; declining it again changes nothing. */
export async function declineQuote(tx: Tx, viewer: Viewer, input: DeclineQuoteInput): Promise<{ quoteId: string }> {
  const problems: Problems = [];
  const reason = longText(problems, 'reason', input.reason);
  throwAny(problems);
  const quote = await lockForAnswer(tx, viewer, input);
  await declineLocked(tx, quote, reason);
  return { quoteId: quote.id };
}

async function lockForAnswer(tx: Tx, viewer: Viewer, input: { id: string; version?: number | null }) {
  const { version, ...named } = input;
  const quote = await lockQuote(tx, viewer, named);
  const isAnswered = quote.status === QuoteStatus.ACCEPTED || quote.status === QuoteStatus.REJECTED;
  // Who answers twice has the version of before the first time.
  if (!isAnswered && version != null && version !== quote.version) throw staleVersion('quote', quote.version);
  return quote;
}

/** The stored id of the order of a quote that is held. Throws InputError for one that cannot be accepted. */
export async function acceptLocked(tx: Tx, quote: LockedQuote, acceptedBy: string): Promise<string> {
  if (quote.status === QuoteStatus.ACCEPTED) {
    const [order] = await tx.query<{ id: string }>(
      'select id from orders where organization_id = $1 and quote_id = $2',
      [tx.scope.organizationId, quote.id],
    );
    if (order) return order.id;
  }
  await requireAnswerable(tx, quote);
  const lines = await readLines(tx, quote.id);
  const { orderId } = await placeOrder(tx, {
    customerId: quote.customerId,
    quoteId: quote.id,
    opportunityId: quote.opportunityId,
    currency: quote.currency,
    discountPercent: quote.discountPercent,
    channel: 'QUOTE',
    lines,
  });
  await changeQuote(tx, quote.id, { status: QuoteStatus.ACCEPTED, accepted_at: new Date(), accepted_by: acceptedBy });
  if (quote.opportunityId) await winOpportunity(tx, quote.opportunityId);
  return orderId;
}

export async function declineLocked(tx: Tx, quote: LockedQuote, reason: string | null): Promise<void> {
  if (quote.status === QuoteStatus.REJECTED) return;
  if (quote.status !== QuoteStatus.SENT && quote.status !== QuoteStatus.APPROVED)
    throw invalid('id', `It is ${quote.status}: it cannot be declined.`, 'NOT_ALLOWED');
  await changeQuote(tx, quote.id, {
    status: QuoteStatus.REJECTED,
    rejected_at: new Date(),
    rejection_reason: reason,
  });
}

async function requireAnswerable(tx: Tx, quote: LockedQuote): Promise<void> {
  const isOver = quote.status === QuoteStatus.EXPIRED || quote.validUntil < (await organizationDay(tx));
  if (isOver && (quote.status === QuoteStatus.EXPIRED || ACCEPTABLE.includes(quote.status)))
    throw invalid('id', `It was valid until ${quote.validUntil}: an expired quote cannot be accepted.`, 'NOT_ALLOWED');
  if (!ACCEPTABLE.includes(quote.status))
    throw invalid('id', `It is ${quote.status}: it cannot be accepted.`, 'NOT_ALLOWED');
}
