import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import type { Issue, Viewer } from '../../access/index.js';
import { organizationDay } from '../../access/index.js';
import type { QuoteInput } from './quote.inputs.js';
import { changeQuote, lockQuote } from './quote.queries.js';
import { QuoteStatus } from './quote.states.rules.js';
import { requireApproved } from './quote-approval.service.js';

const SENDABLE: readonly QuoteStatus[] = [QuoteStatus.DRAFT, QuoteStatus.APPROVED, QuoteStatus.SENT];

/**
 * Makes the link by which a customer reads and answers a quote, in the place of one that was given before. Only the digest of its
 * secret is kept, so it is told once.
 */
export async function sendQuote(
  tx: Tx,
  viewer: Viewer,
  input: QuoteInput,
  making: Pick<Issue<{ link: string }>, 'tell'>,
  publicUrl: string,
): Promise<{ quoteId: string }> {
  const quote = await lockQuote(tx, viewer, input);
  if (!SENDABLE.includes(quote.status)) {
    const what = quote.status === QuoteStatus.PENDING_APPROVAL ? 'it waits for approval' : 'it cannot be sent';
    throw invalid('id', `It is ${quote.status}: ${what}.`, 'NOT_ALLOWED');
  }
  await requireApproved(tx, viewer, quote);
  if (quote.validUntil < (await organizationDay(tx)))
    throw invalid('id', `It was valid until ${quote.validUntil}: revise it to send it.`, 'NOT_ALLOWED');
  const token = randomBytes(32).toString('base64url');
  await changeQuote(tx, quote.id, {
    status: QuoteStatus.SENT,
    sent_at: new Date(),
    link_digest: linkDigest(token),
    ...(quote.status === QuoteStatus.DRAFT ? { decided_by: tx.scope.actor, decided_at: new Date() } : {}),
  });
  making.tell({ link: `${publicUrl}/quote/${token}` });
  return { quoteId: quote.id };
}

export const linkDigest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The organisation and the stored id of the quote behind a link; null for one that was never given out, or was replaced. */
export async function findLinked(
  system: Pool,
  token: string,
): Promise<{ organizationId: string; quoteId: string } | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const { rows } = await system.query<{ organizationId: string; quoteId: string }>(
    'select organization_id as "organizationId", id as "quoteId" from quotes where link_digest = $1',
    [linkDigest(token)],
  );
  return rows[0] ?? null;
}
