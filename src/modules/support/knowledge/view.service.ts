import type { Tx } from '../../../platform/database/database.js';
import type { ArticleReader } from './article-enums.entity.js';
import { type ArticleLanguage, rememberedQuery } from './query.rules.js';

/** Counts that an article (stored id) was opened, and by which search it was found. */
export async function countView(
  tx: Tx,
  articleId: string,
  found: { query?: string | null; language: ArticleLanguage; reader: ArticleReader },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query(
    `insert into article_views as v (organization_id, article_id, day, views) values ($1, $2, current_date, 1)
     on conflict (organization_id, article_id, day) do update set views = v.views + 1`,
    [organizationId, articleId],
  );
  const query = found.query ? rememberedQuery(found.query) : null;
  if (query === null) return;
  await tx.query(
    `update article_searches set opened = opened + 1
      where organization_id = $1 and query = normalise_text($2) and language = $3 and reader_kind = $4`,
    [organizationId, query, found.language, found.reader],
  );
}
