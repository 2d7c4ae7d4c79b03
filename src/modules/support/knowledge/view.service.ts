import type { Database, Tx } from '../../../platform/database/database.js';
import type { ArticleReader } from './article-enums.entity.js';
import { type ArticleLanguage, rememberedQuery } from './query.rules.js';

/** Counts that an article (stored id) was opened, by which search it was found, and by which customer who is signed in. */
export async function countView(
  tx: Tx,
  articleId: string,
  found: { query?: string | null; language: ArticleLanguage; reader: ArticleReader; customerId?: string | null },
): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query(
    `insert into article_views as v (organization_id, article_id, day, views) values ($1, $2, current_date, 1)
     on conflict (organization_id, article_id, day) do update set views = v.views + 1`,
    [organizationId, articleId],
  );
  if (found.customerId) {
    await tx.query(
      `with again as (
         update article_reads set read_at = now()
          where organization_id = $1 and customer_id = $2 and article_id = $3 and read_at >= current_date returning id)
       insert into article_reads (organization_id, id, customer_id, article_id)
       select $1, gen_random_uuid(), $2, $3 where not exists (select from again)`,
      [organizationId, found.customerId, articleId],
    );
  }
  const query = found.query ? rememberedQuery(found.query) : null;
  if (query === null) return;
  await tx.query(
    `update article_searches set opened = opened + 1
      where organization_id = $1 and query = normalise_text($2) and language = $3 and reader_kind = $4`,
    [organizationId, query, found.language, found.reader],
  );
}

const KEPT_DAYS = 400;

/** Forgets which customer read what a long time ago. */
export async function forgetReads(system: Database['system']): Promise<void> {
  await system.query('delete from article_reads where read_at < now() - make_interval(days => $1)', [KEPT_DAYS]);
}
