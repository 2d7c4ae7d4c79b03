import type { RequestContext } from '../../access/index.js';
import type { ArticleReportArgs, ArticleReportRow } from './search.types.js';

/** How articles were read in a period, those that were used and opened most first. */
export function articleReport(
  context: RequestContext,
  { from, to, first }: ArticleReportArgs,
): Promise<ArticleReportRow[]> {
  return context.readApart<ArticleReportRow>(
    `with views as (
       select article_id, sum(views)::integer as views from article_views where day >= $1::timestamptz::date and day < $2::timestamptz group by 1),
     feedback as (
       select article_id, count(*) filter (where helpful)::integer as helpful, count(*) filter (where not helpful)::integer as unhelpful
         from article_feedback where given_at >= $1 and given_at < $2 group by 1),
     uses as (
       select article_id, count(*)::integer as uses from article_uses where used_at >= $1 and used_at < $2 group by 1)
     select article_id as "articleId", coalesce(views, 0) as views, coalesce(helpful, 0) as helpful, coalesce(unhelpful, 0) as unhelpful,
            (100.0 * helpful / nullif(helpful + unhelpful, 0))::float8 as "helpfulPercent", coalesce(uses, 0) as uses
       from views full join feedback using (article_id) full join uses using (article_id)
      order by coalesce(uses, 0) desc, coalesce(views, 0) desc, article_id limit $3`,
    [from, to, first],
  );
}
