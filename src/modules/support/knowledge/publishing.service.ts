import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import type { Article } from './article.entity.js';
import type { PublishArticleInput, WithdrawArticleInput } from './article.inputs.js';
import {
  cleanLanguage,
  holdWords,
  lockArticle,
  requireOpen,
  tellArticle,
  type WrittenText,
} from './article.queries.js';
import type { Written } from './article.service.js';
import { ArticleState } from './article-enums.entity.js';
import { renderMarkdown } from './markdown.rules.js';

/** Shows a version in one language, in the place of the one that was shown. */
export async function publishArticle(tx: Tx, viewer: Viewer, input: PublishArticleInput): Promise<Written> {
  const problems: Problems = [];
  const language = cleanLanguage(problems, 'language', input.language);
  throwAny(problems);
  await holdWords(tx);
  const article = await lockArticle(tx, viewer, input.articleId);
  requireOpen(article);
  const number = await showVersion(tx, article, language, input.number ?? null);
  return { articleId: article.id, number };
}

/** The same for an article that is held. */
export async function showVersion(
  tx: Tx,
  article: Pick<Article, 'id' | 'audience'>,
  language: string,
  wanted: number | null,
): Promise<number> {
  const { organizationId } = tx.scope;
  const [version] = await tx.query<WrittenText & { number: number }>(
    `select v.number, v.language, v.title, v.summary, v.body, v.keywords
       from article_translations t
       join article_versions v on v.organization_id = t.organization_id and v.article_id = t.article_id and v.language = t.language
        and v.number = coalesce($4, t.latest_number)
      where t.organization_id = $1 and t.article_id = $2 and t.language = $3`,
    [organizationId, article.id, language, wanted],
  );
  if (!version) {
    const field = wanted === null ? 'language' : 'number';
    throw invalid(field, 'There is no such version in this language.', 'NOT_FOUND');
  }
  const { html, text } = renderMarkdown(version.body);
  await tx.query(
    `insert into article_texts (organization_id, id, article_id, language, number, audience, title, summary, keywords, body_html, body_text)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (organization_id, article_id, language) do update
        set number = excluded.number, audience = excluded.audience, title = excluded.title, summary = excluded.summary,
            keywords = excluded.keywords, body_html = excluded.body_html, body_text = excluded.body_text, published_at = now()`,
    [
      organizationId,
      newId(),
      article.id,
      language,
      version.number,
      article.audience,
      version.title,
      version.summary,
      version.keywords,
      html,
      text,
    ],
  );
  await tx.query(
    `update article_translations set published_number = $4, updated_at = clock_timestamp()
      where organization_id = $1 and article_id = $2 and language = $3`,
    [organizationId, article.id, language, version.number],
  );
  await tx.query(
    `update articles set state = 'PUBLISHED', published_at = now(), version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and id = $2`,
    [organizationId, article.id],
  );
  await tellArticle(tx, article.id, 'PUBLISHED', language);
  return version.number;
}

/** Shows an article no more, in one language or in all of them; what was written stays. */
export async function withdrawArticle(
  tx: Tx,
  viewer: Viewer,
  input: WithdrawArticleInput,
): Promise<{ articleId: string }> {
  const problems: Problems = [];
  const language = input.language == null ? null : cleanLanguage(problems, 'language', input.language);
  throwAny(problems);
  await holdWords(tx);
  const article = await lockArticle(tx, viewer, input.articleId);
  const gone = await hide(tx, article.id, language);
  if (gone === 0) throw invalid(language ? 'language' : 'articleId', 'It is not published.', 'NOT_ALLOWED');
  await tx.query(
    `update articles a set version = version + 1, updated_at = clock_timestamp(),
            state = case when exists (select 1 from article_texts t where t.organization_id = a.organization_id and t.article_id = a.id)
                         then 'PUBLISHED' else 'DRAFT' end
      where a.organization_id = $1 and a.id = $2`,
    [tx.scope.organizationId, article.id],
  );
  await tellArticle(tx, article.id, 'WITHDRAWN', language);
  return { articleId: article.id };
}

/** Puts an article away: it is shown no more, and written no more until it is reopened. */
export async function archiveArticle(tx: Tx, viewer: Viewer, id: string): Promise<{ articleId: string }> {
  await holdWords(tx);
  const article = await lockArticle(tx, viewer, id);
  if (article.state === ArticleState.ARCHIVED) return { articleId: article.id };
  await hide(tx, article.id, null);
  await moveTo(tx, article.id, ArticleState.ARCHIVED);
  await tellArticle(tx, article.id, 'ARCHIVED');
  return { articleId: article.id };
}

export async function reopenArticle(tx: Tx, viewer: Viewer, id: string): Promise<{ articleId: string }> {
  const article = await lockArticle(tx, viewer, id);
  if (article.state !== ArticleState.ARCHIVED) throw invalid('articleId', 'It is not archived.', 'NOT_ALLOWED');
  await moveTo(tx, article.id, ArticleState.DRAFT);
  await tellArticle(tx, article.id, 'REOPENED');
  return { articleId: article.id };
}

const moveTo = (tx: Tx, articleId: string, state: ArticleState): Promise<unknown> =>
  tx.query(
    `update articles set state = $3, version = version + 1, updated_at = clock_timestamp() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, articleId, state],
  );

async function hide(tx: Tx, articleId: string, language: string | null): Promise<number> {
  const gone = await tx.query(
    `delete from article_texts where organization_id = $1 and article_id = $2 and ($3::text is null or language = $3) returning id`,
    [tx.scope.organizationId, articleId, language],
  );
  await tx.query(
    `update article_translations set published_number = null, updated_at = clock_timestamp()
      where organization_id = $1 and article_id = $2 and ($3::text is null or language = $3) and published_number is not null`,
    [tx.scope.organizationId, articleId, language],
  );
  return gone.length;
}
