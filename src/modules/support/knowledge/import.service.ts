import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { cleanLine } from '../../../platform/text.js';
import { eachItem, type ItemResult } from '../../access/index.js';
import { Article } from './article.entity.js';
import type { ImportArticleItem } from './article.inputs.js';
import { cleanArticleText, holdWords, requireOpen, tellArticle, type WrittenText } from './article.queries.js';
import { cleanSlug, insertArticle, writeVersion } from './article.service.js';
import { ArticleAudience } from './article-enums.entity.js';
import { showVersion } from './publishing.service.js';

/** Keeps up to 200 articles that come from elsewhere, each by itself. One that says what it said before is left as it is. */
export async function importArticles(
  tx: Tx,
  items: ImportArticleItem[],
): Promise<{ results: ItemResult<{ articleId: string }>[] }> {
  await holdWords(tx);
  const results = await eachItem(tx, items, async item => {
    const problems: Problems = [];
    const text = cleanArticleText(problems, 'text', item.text);
    const slug = cleanSlug(problems, item.slug);
    throwAny(problems);
    const article = (await known(tx, slug)) ?? (await added(tx, slug, item));
    requireOpen(article);
    if (!(await isLatest(tx, article.id, text))) {
      await writeVersion(tx, article.id, text, {});
      await tellArticle(tx, article.id, 'WRITTEN', text.language);
    }
    if (item.publish && !(await isShown(tx, article.id, text.language)))
      await showVersion(tx, article, text.language, null);
    return { articleId: article.id };
  });
  return { results };
}

async function known(tx: Tx, slug: string): Promise<Article | undefined> {
  const [article] = await tx.query<Article>(
    `select ${columnsOf(Article)} from articles t where t.organization_id = $1 and t.slug = $2 for update`,
    [tx.scope.organizationId, slug],
  );
  return article;
}

async function added(tx: Tx, slug: string, { category, audience }: ImportArticleItem): Promise<Article> {
  const [found] = await tx.query<{ id: string }>(
    'select id from article_categories where organization_id = $1 and name = $2',
    [tx.scope.organizationId, cleanLine(category ?? '')],
  );
  if (category && !found) throw invalid('category', 'There is no category of this name.', 'NOT_FOUND');
  await insertArticle(tx, {
    slug,
    audience: audience ?? ArticleAudience.STAFF,
    categoryId: found?.id ?? null,
    ownerId: null,
    reviewDueAt: null,
  });
  return (await known(tx, slug))!;
}

async function isLatest(tx: Tx, articleId: string, text: WrittenText): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from article_translations t
       join article_versions v on v.organization_id = t.organization_id and v.article_id = t.article_id and v.language = t.language
        and v.number = t.latest_number
      where t.organization_id = $1 and t.article_id = $2 and t.language = $3
        and v.title = $4 and v.summary = $5 and v.body = $6 and v.keywords = $7`,
    [tx.scope.organizationId, articleId, text.language, text.title, text.summary, text.body, text.keywords],
  );
  return rows.length > 0;
}

async function isShown(tx: Tx, articleId: string, language: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from article_translations
      where organization_id = $1 and article_id = $2 and language = $3 and published_number = latest_number`,
    [tx.scope.organizationId, articleId, language],
  );
  return rows.length > 0;
}
