import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { cleanNames, type Problems, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { ArticleCategory } from './article-category.entity.js';
import { ArticleAudience } from './article-enums.entity.js';
import type { CreateArticleCategoryInput, UpdateArticleCategoryInput } from './category.inputs.js';

export const MOST_CATEGORIES = 500;

/** Keeps a category. Throws `InputError` naming everything that is wrong. */
export async function createArticleCategory(
  tx: Tx,
  viewer: Viewer,
  input: CreateArticleCategoryInput,
): Promise<{ categoryId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, 'names', input.names);
  throwAny(problems);
  await holdTree(tx);
  const parentId = input.parentId ? await parentOf(tx, viewer, input.parentId, null) : null;
  const [there] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from article_categories where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (there!.count >= MOST_CATEGORIES)
    throw invalid('name', `There are at most ${MOST_CATEGORIES} categories.`, 'NOT_ALLOWED');
  const categoryId = newId();
  const audience = input.audience ?? ArticleAudience.PUBLIC;
  await unlessTaken('name', 'Another one is called that.', () =>
    tx.query(
      `insert into article_categories (organization_id, id, name, names, parent_id, audience, position) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.organizationId, categoryId, name, names, parentId, audience, input.position ?? 0],
    ),
  );
  return { categoryId };
}

export async function updateArticleCategory(
  tx: Tx,
  viewer: Viewer,
  input: UpdateArticleCategoryInput,
): Promise<{ categoryId: string }> {
  const categoryId = await visibleId(tx, viewer, ArticleCategory, input.id);
  await holdTree(tx);
  const [known] = await tx.query<{ version: number }>(
    'select version from article_categories where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, categoryId],
  );
  if (!known) throw invalid('id', 'It was deleted just now.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('category', known.version);
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 100);
  const names = input.names === undefined ? null : cleanNames(problems, 'names', input.names);
  throwAny(problems);
  const parentId = input.parentId ? await parentOf(tx, viewer, input.parentId, categoryId) : null;
  await unlessTaken('name', 'Another one is called that.', () =>
    tx.query(
      `update article_categories set name = coalesce($3, name), names = coalesce($4, names), audience = coalesce($5, audience),
              position = coalesce($6, position), parent_id = case when $7 then $8::uuid else parent_id end, version = version + 1
        where organization_id = $1 and id = $2`,
      [
        tx.scope.organizationId,
        categoryId,
        name,
        names,
        input.audience ?? null,
        input.position ?? null,
        input.parentId !== undefined,
        parentId,
      ],
    ),
  );
  return { categoryId };
}

/** Deletes a category in which nothing stands any more: neither articles nor other categories. */
export async function deleteArticleCategory(tx: Tx, viewer: Viewer, id: string): Promise<{ deleted: boolean }> {
  const categoryId = await visibleId(tx, viewer, ArticleCategory, id);
  await tx.query('savepoint emptied');
  try {
    await tx.query('delete from article_categories where organization_id = $1 and id = $2', [
      tx.scope.organizationId,
      categoryId,
    ]);
  } catch (error) {
    if (sqlState(error) !== '23503') throw error;
    await tx.query('rollback to savepoint emptied');
    throw invalid('id', 'Articles or other categories still stand in it.', 'NOT_ALLOWED');
  }
  return { deleted: true };
}

/** The tree is held while it is looked at, so that two changes at once make no circle. */
const holdTree = (tx: Tx): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`article categories ${tx.scope.organizationId}`]);

async function parentOf(tx: Tx, viewer: Viewer, id: string, ownId: string | null): Promise<string> {
  const parentId = await visibleId(tx, viewer, ArticleCategory, id, 'parentId');
  const above = await tx.query<{ id: string }>(
    `with recursive above as (
       select id, parent_id from article_categories where organization_id = $1 and id = $2
       union select c.id, c.parent_id from article_categories c join above a on c.organization_id = $1 and c.id = a.parent_id)
     select id from above`,
    [tx.scope.organizationId, parentId],
  );
  if (above.some(row => row.id === ownId)) throw invalid('parentId', 'It lies below this one.', 'NOT_ALLOWED');
  return parentId;
}
