import type { Database, Scope } from '../../../platform/database/database.js';
import { InputError, invalid } from '../../../platform/errors.js';
import { optionalLine, type Problems, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { type QuoteDocument, readDocument } from './document/document.queries.js';
import { type LockedQuote, lockLinked } from './quote.queries.js';
import { QuoteStatus } from './quote.states.rules.js';
import { acceptLocked, declineLocked } from './quote-answer.service.js';
import { findLinked, linkDigest } from './quote-link.service.js';

/** A quote that somebody opened by its link, without signing in: whoever has the link may read and answer it. */
export interface LinkedQuote {
  document: QuoteDocument;
  /** Takes it as a whole; answering twice answers the same. Throws InputError with what is in the way. */
  accept(name: string | undefined): Promise<void>;
  decline(reason: string | undefined): Promise<void>;
}

/** The quote behind a link's secret; null for one that was never given out, or that ended. */
export async function openLinked(database: Database, token: string, requestId: string): Promise<LinkedQuote | null> {
  const found = await findLinked(database.system, token);
  if (!found) return null;
  const scope: Scope = { organizationId: found.organizationId, actor: 'system:quote-link', requestId };
  const document = await readDocument(database, scope, found.quoteId);
  if (!document) return null;
  return {
    document,
    accept: raw =>
      database.write(scope, async tx => {
        const problems: Problems = [];
        const name = requiredLine(problems, 'name', raw, 200);
        throwAny(problems);
        const quote = await lockLinked(tx, linkDigest(token));
        if (!quote) throw gone();
        requireSent(quote);
        await acceptLocked(tx, quote, name);
      }),
    decline: raw =>
      database.write(scope, async tx => {
        const problems: Problems = [];
        const reason = optionalLine(problems, 'reason', raw, 2000);
        throwAny(problems);
        const quote = await lockLinked(tx, linkDigest(token));
        if (!quote) throw gone();
        await declineLocked(tx, quote, reason);
      }),
  };
}

const gone = (): InputError => invalid('token', 'This link leads nowhere any more.', 'NOT_FOUND');

/** A link is only given to what was sent; that stays so when it is answered, runs out or is replaced. */
function requireSent({ status }: LockedQuote): void {
  if (status === QuoteStatus.DRAFT || status === QuoteStatus.APPROVED || status === QuoteStatus.PENDING_APPROVAL)
    throw gone();
}
