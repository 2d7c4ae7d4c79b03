import type { RequestContext } from '../../access/index.js';
import type { ArticleReportArgs, ArticleReportRow, SelfServiceReport, SelfServiceReportArgs } from './search.types.js';

/** So long after it was read an article still has to do with a ticket. */
const WINDOW = "interval '24 hours'";

/** Of the reads in `[$1, $2)` that are long enough ago, which were followed by a ticket of the same customer. */
const FOLLOWED = `select r.article_id, exists (
         select from tickets t where t.organization_id = r.organization_id and t.customer_id = r.customer_id
            and t.opened_at >= r.read_at and t.opened_at < r.read_at + ${WINDOW}) as has_ticket
       from article_reads r where r.read_at >= $1 and r.read_at < $2 and r.read_at <= now() - ${WINDOW}`;

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
       select article_id, count(*)::integer as uses from article_uses where used_at >= $1 and used_at < $2 group by 1),
     reads as (
       select article_id, count(*)::integer as reads, count(*) filter (where not has_ticket)::integer as deflected
         from (${FOLLOWED}) f group by 1)
     select article_id as "articleId", coalesce(views, 0) as views, coalesce(helpful, 0) as helpful, coalesce(unhelpful, 0) as unhelpful,
            (100.0 * helpful / nullif(helpful + unhelpful, 0))::float8 as "helpfulPercent", coalesce(uses, 0) as uses,
            coalesce(reads, 0) as "customerReads", coalesce(deflected, 0) as deflected, (100.0 * deflected / reads)::float8 as "deflectionPercent"
       from views full join feedback using (article_id) full join uses using (article_id) full join reads using (article_id)
      order by coalesce(uses, 0) desc, coalesce(views, 0) desc, article_id limit $3`,
    [from, to, first],
  );
}

/** How many customers helped themselves in a period: one statement, of the whole organisation as `articleReport`. */
export async function selfServiceReport(
  context: RequestContext,
  { from, to }: SelfServiceReportArgs,
): Promise<SelfServiceReport> {
  const [row] = await context.readApart<SelfServiceReport>(
    `with used as (
       select (select count(distinct customer_id)::integer from article_reads where read_at >= $1 and read_at < $2) as readers,
              (select count(distinct customer_id)::integer from tickets where opened_at >= $1 and opened_at < $2) as requesters),
     followed as (
       select count(*)::integer as reads, count(*) filter (where not has_ticket)::integer as deflected from (${FOLLOWED}) f)
     select readers, requesters as "customersWithTickets", (readers::float8 / nullif(requesters, 0)) as score, reads, deflected,
            (100.0 * deflected / nullif(reads, 0))::float8 as "deflectionPercent"
       from used, followed`,
    [from, to],
  );
  return row!;
}
