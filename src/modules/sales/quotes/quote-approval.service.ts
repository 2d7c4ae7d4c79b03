import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { type InputError, invalid } from '../../../platform/errors.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { discountLimit } from '../catalogue/pricing.service.js';
import type { DecideQuoteItem, SubmitQuoteItem } from './quote.inputs.js';
import { changeQuote, type LockedQuote, lockQuote } from './quote.queries.js';
import { QuoteStatus } from './quote.states.rules.js';
import { longText } from './quote-fields.service.js';

/** Approves a draft at once where the role of who asks may give its discounts, and else lets it wait for somebody who may. */
export async function submitQuote(tx: Tx, viewer: Viewer, input: SubmitQuoteItem): Promise<{ quoteId: string }> {
  const quote = await lockQuote(tx, viewer, input);
  if (quote.status !== QuoteStatus.DRAFT)
    throw invalid('id', `It is ${quote.status}: only a draft is submitted.`, 'NOT_ALLOWED');
  const problems: Problems = [];
  const reason = longText(problems, 'reason', input.reason);
  throwAny(problems);
  if (await mayGive(tx, viewer, quote)) await approve(tx, quote.id, null);
  else {
    await changeQuote(tx, quote.id, {
      status: QuoteStatus.PENDING_APPROVAL,
      approval_requested_by: tx.scope.actor,
      approval_requested_at: new Date(),
      approval_reason: reason,
      decided_by: null,
      decided_at: null,
      decision_note: null,
    });
  }
  return { quoteId: quote.id };
}

/** Only for a role whose own limit covers the discounts, be it the author's or not. */
export async function approveQuote(tx: Tx, viewer: Viewer, input: DecideQuoteItem): Promise<{ quoteId: string }> {
  const { quote, note } = await lockWaiting(tx, viewer, input);
  if (!(await mayGive(tx, viewer, quote))) throw await overLimit(tx, viewer, quote);
  await approve(tx, quote.id, note);
  return { quoteId: quote.id };
}

/** Sends it back to its author, as a draft. */
export async function rejectQuoteApproval(
  tx: Tx,
  viewer: Viewer,
  input: DecideQuoteItem,
): Promise<{ quoteId: string }> {
  const { quote, note } = await lockWaiting(tx, viewer, input);
  await changeQuote(tx, quote.id, {
    status: QuoteStatus.DRAFT,
    decided_by: tx.scope.actor,
    decided_at: new Date(),
    decision_note: note,
  });
  return { quoteId: quote.id };
}

/** Lets a draft pass that the viewer may approve; throws InputError for one that somebody else has to. */
export async function requireApproved(tx: Tx, viewer: Viewer, quote: LockedQuote): Promise<void> {
  if (quote.status === QuoteStatus.DRAFT && !(await mayGive(tx, viewer, quote)))
    throw await overLimit(tx, viewer, quote);
}

async function lockWaiting(tx: Tx, viewer: Viewer, input: DecideQuoteItem) {
  const quote = await lockQuote(tx, viewer, input);
  if (quote.status !== QuoteStatus.PENDING_APPROVAL)
    throw invalid('id', `It is ${quote.status}: it does not wait for approval.`, 'NOT_ALLOWED');
  const problems: Problems = [];
  const note = longText(problems, 'note', input.note);
  throwAny(problems);
  return { quote, note };
}

const approve = (tx: Tx, quoteId: string, note: string | null): Promise<void> =>
  changeQuote(tx, quoteId, {
    status: QuoteStatus.APPROVED,
    decided_by: tx.scope.actor,
    decided_at: new Date(),
    decision_note: note,
  });

async function mayGive(tx: Tx, viewer: Viewer, quote: LockedQuote): Promise<boolean> {
  return Big(quote.effectiveDiscountPercent).lte(await discountLimit(tx, viewer.role));
}

async function overLimit(tx: Tx, viewer: Viewer, quote: LockedQuote): Promise<InputError> {
  const limit = Big(await discountLimit(tx, viewer.role)).toFixed();
  const given = Big(quote.effectiveDiscountPercent).toFixed();
  return invalid(
    'id',
    `It takes ${given} % off, and the role ${viewer.role} gives ${limit} % at most: somebody who may give more has to approve it.`,
    'NOT_ALLOWED',
  );
}
