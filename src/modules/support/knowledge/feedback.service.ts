import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { cleanText } from '../../../platform/text.js';
import { audiencesOf, type Viewer, visibleId } from '../../access/index.js';
import { Article } from './article.entity.js';
import { ArticleReader, readerKind } from './article-enums.entity.js';
import type { RateArticleInput, RatePublicArticleInput } from './feedback.inputs.js';
import { languageAsked } from './query.rules.js';

interface Rating {
  articleId: string;
  audiences: readonly string[];
  language: string;
  reader: string;
  kind: ArticleReader;
}

/** Keeps what a reader who is signed in thinks of an article as it is shown now. */
export async function rateArticle(
  tx: Tx,
  viewer: Viewer,
  input: RateArticleInput,
  ownLanguage: string,
): Promise<{ rated: true }> {
  const comment = cleanComment(input.comment);
  const articleId = await visibleId(tx, viewer, Article, input.articleId, 'articleId');
  const rating = {
    articleId,
    audiences: audiencesOf(viewer),
    language: languageAsked(input.language, ownLanguage),
    reader: viewer.customerId ? `customer:${viewer.customerId}` : viewer.actor,
    kind: readerKind(viewer),
  };
  return keepRating(tx, rating, input.helpful, comment, 'articleId');
}

/** One answer for an organisation that there is not and for an article that is not for everybody. */
export const noSuchArticle = () => invalid('slug', 'There is no such article.', 'NOT_FOUND');

/** The same of a reader who is not, told apart by a digest. */
export async function ratePublicArticle(
  tx: Tx,
  input: RatePublicArticleInput,
  reader: string,
  ownLanguage: string,
): Promise<{ rated: true }> {
  const comment = cleanComment(input.comment);
  const audiences = audiencesOf(null);
  const [article] = await tx.query<{ id: string }>(
    `select id from articles where organization_id = $1 and slug = $2 and state = 'PUBLISHED' and audience = any ($3)`,
    [tx.scope.organizationId, input.slug, audiences],
  );
  if (!article) throw noSuchArticle();
  const rating = {
    articleId: article.id,
    audiences,
    language: languageAsked(input.language, ownLanguage),
    reader,
    kind: ArticleReader.VISITOR,
  };
  return keepRating(tx, rating, input.helpful, comment, 'slug');
}

/** One a reader a version: who says something else has changed their mind. */
async function keepRating(
  tx: Tx,
  { articleId, audiences, language, reader, kind }: Rating,
  helpful: boolean,
  comment: string | null,
  field: string,
): Promise<{ rated: true }> {
  const { organizationId } = tx.scope;
  const [text] = await tx.query<{ language: string; number: number }>(
    `select language, number from article_texts where organization_id = $1 and article_id = $2 and audience = any ($3)
      order by language = $4 desc, language limit 1`,
    [organizationId, articleId, audiences, language],
  );
  if (!text) throw invalid(field, 'It is not published.', 'NOT_ALLOWED');
  await tx.query(
    `insert into article_feedback (organization_id, id, article_id, language, number, reader_kind, reader, helpful, comment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organization_id, article_id, language, number, reader) do update
        set helpful = excluded.helpful, comment = excluded.comment, given_at = now()`,
    [organizationId, newId(), articleId, text.language, text.number, kind, reader, helpful, comment],
  );
  return { rated: true };
}

function cleanComment(given: string | null | undefined): string | null {
  const problems: Problems = [];
  const comment = cleanText(given ?? '');
  if (comment.length > 2000) report(problems, 'comment', 'It has at most 2000 characters.', 'TOO_LONG');
  throwAny(problems);
  return comment || null;
}
