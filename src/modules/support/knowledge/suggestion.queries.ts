import { audiencesOf, type RequestContext, Role } from '../../access/index.js';
import type { Ticket } from '../tickets/ticket.entity.js';
import type { ArticleLanguage } from './query.rules.js';
import type { ArticleSuggestion } from './search.types.js';

/** So many of the customer's last words are looked at, and so many characters of them all. */
const LAST_MESSAGES = 3;
const LONGEST = 4000;

/** What fits much worse than the best is no suggestion. */
const LEAST_SHARE = 0.25;

/**
 * Articles in which the rarest words of what was said and is being typed stand; those that the customer may read first. Where the
 * language has fewer than are asked for, those of others follow, as in a search.
 */
export async function suggestArticles(
  context: RequestContext,
  ticket: Ticket,
  { text, language, first }: { text: string; language: ArticleLanguage; first: number },
): Promise<ArticleSuggestion[]> {
  const said = await context.read<{ text: string | null }>(
    `select coalesce(m.note, p.text) as text from ticket_messages m left join posts p on p.id = m.post_id
      where m.ticket_id = $1 and m.kind = 'CUSTOMER' order by m.occurred_at desc, m.id desc limit ${LAST_MESSAGES}`,
    [ticket.id],
  );
  const content = [text, ticket.subject, ...said.map(row => row.text ?? '')].join(' ').slice(0, LONGEST).toWellFormed();
  const customer = ticket.customerId ? audiencesOf({ role: Role.CUSTOMER }) : audiencesOf(null);
  return context.read<ArticleSuggestion>(
    `with own as materialized (select * from suggest_articles($1, $2, $4, 50)),
     others as (
       select distinct on (c.article_id) c.article_id, c.language, (c.rank * 0.5)::real as rank
         from unnest(array['en', 'es', 'pt']) as l(language) cross join lateral suggest_articles($1, l.language, $4, 50) c
        where l.language <> $2 and (select count(*) from own) < $5 and c.article_id not in (select o.article_id from own o)
        order by c.article_id, c.rank desc, c.language),
     found as (select article_id, language, rank from own union all select article_id, language, rank from others)
     select s.*, t.title, t.summary from (
       select f.article_id as "articleId", f.language, f.rank as score, x.audience = any ($3) as "isShareable",
              max(f.rank) over () as best
         from found f
         join article_texts x on x.article_id = f.article_id and x.language = f.language) s
       join article_texts t on t.article_id = s."articleId" and t.language = s.language
      where s.score >= s.best * ${LEAST_SHARE}
      order by s."isShareable" desc, s.score desc, s."articleId" limit $5`,
    [content, language, customer, audiencesOf(context.viewer), first],
  );
}
