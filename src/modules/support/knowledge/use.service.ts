import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import { Article } from './article.entity.js';
import type { UseArticleInput } from './feedback.inputs.js';
import { languageAsked } from './query.rules.js';

/** Notes that an article is part of the answer in a ticket; once a ticket, however often it is used there. */
export async function useArticle(
  tx: Tx,
  viewer: Viewer,
  input: UseArticleInput,
): Promise<{ ticketId: string; articleId: string }> {
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
  if (ticket.mergedIntoId) throw invalid('ticketId', 'It became a part of another ticket.', 'NOT_ALLOWED');
  const articleId = await visibleId(tx, viewer, Article, input.articleId, 'articleId');
  const [text] = await tx.query<{ language: string }>(
    `select language from article_texts where organization_id = $1 and article_id = $2 order by language = $3 desc, language limit 1`,
    [tx.scope.organizationId, articleId, languageAsked(input.language ?? ticket.language, 'en')],
  );
  if (!text) throw invalid('articleId', 'It is not published.', 'NOT_ALLOWED');
  await tx.query(
    `insert into article_uses (organization_id, id, article_id, ticket_id, language, used_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, ticket_id, article_id) do nothing`,
    [tx.scope.organizationId, newId(), articleId, ticket.id, text.language, tx.scope.actor],
  );
  return { ticketId: ticket.id, articleId };
}
