import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, staleVersion } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { Member, type Viewer, visibleId } from '../../access/index.js';
import type { Article } from './article.entity.js';
import type {
  CreateArticleInput,
  RestoreArticleVersionInput,
  UpdateArticleInput,
  WriteArticleInput,
} from './article.inputs.js';
import {
  cleanArticleText,
  cleanLanguage,
  holdWords,
  lockArticle,
  requireOpen,
  tellArticle,
  type WrittenText,
} from './article.queries.js';
import { ArticleCategory } from './article-category.entity.js';
import { slugOf } from './query.rules.js';

export type Written = { articleId: string; number: number };

/** Writes an article down for the first time; nobody but those who write sees it until it is published. */
export async function createArticle(tx: Tx, viewer: Viewer, input: CreateArticleInput): Promise<Written> {
  const problems: Problems = [];
  const text = cleanArticleText(problems, 'text', input.text);
  const slug = input.slug == null ? null : cleanSlug(problems, input.slug);
  throwAny(problems);
  const categoryId = await categoryOf(tx, viewer, input.articleCategoryId);
  const ownerId = await ownerOf(tx, viewer, input.ownerId);
  const { audience, reviewDueAt } = input;
  const slugOrFree = slug ?? (await freeSlug(tx, text.title));
  const article = { slug: slugOrFree, audience, categoryId, ownerId, reviewDueAt: reviewDueAt ?? null };
  const articleId = await insertArticle(tx, article);
  const number = await writeVersion(tx, articleId, text, { basedOn: 0 });
  await tellArticle(tx, articleId, 'WRITTEN', text.language);
  return { articleId, number };
}

export async function insertArticle(
  tx: Tx,
  article: Pick<Article, 'slug' | 'audience' | 'categoryId' | 'ownerId' | 'reviewDueAt'>,
): Promise<string> {
  const id = newId();
  await onceNamed(() =>
    tx.query(
      `insert into articles (organization_id, id, slug, audience, category_id, owner_id, review_due_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        tx.scope.organizationId,
        id,
        article.slug,
        article.audience,
        article.categoryId,
        article.ownerId,
        article.reviewDueAt,
        tx.scope.actor,
      ],
    ),
  );
  return id;
}

/** Changes for whom an article is, and where it stands. Another audience holds at once, also for what is published. */
export async function updateArticle(tx: Tx, viewer: Viewer, input: UpdateArticleInput): Promise<{ articleId: string }> {
  if (input.audience != null) await holdWords(tx);
  const article = await lockArticle(tx, viewer, input.id, { version: input.version ?? null, field: 'id' });
  const problems: Problems = [];
  const slug = input.slug == null ? article.slug : cleanSlug(problems, input.slug);
  throwAny(problems);
  const audience = input.audience ?? article.audience;
  const categoryId =
    input.articleCategoryId === undefined ? article.categoryId : await categoryOf(tx, viewer, input.articleCategoryId);
  const ownerId = input.ownerId === undefined ? article.ownerId : await ownerOf(tx, viewer, input.ownerId);
  const reviewDueAt = input.reviewDueAt === undefined ? article.reviewDueAt : input.reviewDueAt;
  await onceNamed(() =>
    tx.query(
      `update articles set slug = $3, audience = $4, category_id = $5, owner_id = $6, review_due_at = $7, version = version + 1,
              updated_at = clock_timestamp() where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, article.id, slug, audience, categoryId, ownerId, reviewDueAt],
    ),
  );
  if (audience !== article.audience)
    await tx.query('update article_texts set audience = $3 where organization_id = $1 and article_id = $2', [
      tx.scope.organizationId,
      article.id,
      audience,
    ]);
  await tellArticle(tx, article.id, 'CHANGED');
  return { articleId: article.id };
}

/** Writes a new version in one language. What is published stays as it is until the new version is. */
export async function writeArticle(tx: Tx, viewer: Viewer, input: WriteArticleInput): Promise<Written> {
  const problems: Problems = [];
  const text = cleanArticleText(problems, 'text', input.text);
  throwAny(problems);
  const article = await lockArticle(tx, viewer, input.articleId);
  requireOpen(article);
  const number = await writeVersion(tx, article.id, text, { basedOn: input.basedOn ?? null });
  await tellArticle(tx, article.id, 'WRITTEN', text.language);
  return { articleId: article.id, number };
}

/** Writes what an older version said as the latest one. */
export async function restoreVersion(tx: Tx, viewer: Viewer, input: RestoreArticleVersionInput): Promise<Written> {
  const problems: Problems = [];
  const language = cleanLanguage(problems, 'language', input.language);
  throwAny(problems);
  const article = await lockArticle(tx, viewer, input.articleId);
  requireOpen(article);
  const [text] = await tx.query<WrittenText>(
    `select language, title, summary, body, keywords from article_versions
      where organization_id = $1 and article_id = $2 and language = $3 and number = $4`,
    [tx.scope.organizationId, article.id, language, input.number],
  );
  if (!text) throw invalid('number', 'There is no such version in this language.', 'NOT_FOUND');
  const number = await writeVersion(tx, article.id, text, {
    basedOn: input.basedOn ?? null,
    restoredFrom: input.number,
  });
  await tellArticle(tx, article.id, 'WRITTEN', language);
  return { articleId: article.id, number };
}

/** Adds a version; its article is held, so that no two have one number. Throws CONFLICT for one made of an older version. */
export async function writeVersion(
  tx: Tx,
  articleId: string,
  text: WrittenText,
  { basedOn = null, restoredFrom = null }: { basedOn?: number | null; restoredFrom?: number | null },
): Promise<number> {
  const { organizationId, actor } = tx.scope;
  const [row] = await tx.query<{ number: number }>(
    `insert into article_translations as t (organization_id, id, article_id, language, latest_number) values ($1, $2, $3, $4, 1)
     on conflict (organization_id, article_id, language) do update set latest_number = t.latest_number + 1, updated_at = clock_timestamp()
     returning latest_number as number`,
    [organizationId, newId(), articleId, text.language],
  );
  const number = row!.number;
  if (basedOn !== null && basedOn !== number - 1) throw staleVersion('text', number - 1);
  await tx.query(
    `insert into article_versions (organization_id, id, article_id, language, number, title, summary, body, keywords, restored_from, author)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      organizationId,
      newId(),
      articleId,
      text.language,
      number,
      text.title,
      text.summary,
      text.body,
      text.keywords,
      restoredFrom,
      actor,
    ],
  );
  await tx.query('update articles set updated_at = clock_timestamp() where organization_id = $1 and id = $2', [
    organizationId,
    articleId,
  ]);
  return number;
}

export function cleanSlug(problems: Problems, given: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(given) || given.length > 100)
    report(problems, 'slug', 'It has up to 100 small letters and digits, with hyphens between them.');
  return given;
}

/** A name that nobody has, like the title; who looks for one takes turns with others of the organisation. */
async function freeSlug(tx: Tx, title: string): Promise<string> {
  const like = slugOf(title) || 'article';
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`article slugs ${tx.scope.organizationId}`]);
  const rows = await tx.query<{ slug: string }>(
    `select slug from articles where organization_id = $1 and (slug = $2 or slug like $2 || '-%')`,
    [tx.scope.organizationId, like],
  );
  const taken = new Set(rows.map(({ slug }) => slug));
  if (!taken.has(like)) return like;
  let count = 2;
  while (taken.has(`${like}-${count}`)) count++;
  return `${like}-${count}`;
}

async function categoryOf(tx: Tx, viewer: Viewer, id: string | null | undefined): Promise<string | null> {
  return id ? visibleId(tx, viewer, ArticleCategory, id, 'articleCategoryId') : null;
}

async function ownerOf(tx: Tx, viewer: Viewer, id: string | null | undefined): Promise<string | null> {
  return id ? visibleId(tx, viewer, Member, id, 'ownerId') : null;
}

async function onceNamed(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const state = sqlState(error);
    if (state === '23505') throw invalid('slug', 'Another article has this name in addresses.', 'TAKEN');
    if (state === '23503') throw invalid('articleCategoryId', 'The category was deleted just now.', 'NOT_FOUND');
    throw error;
  }
}
