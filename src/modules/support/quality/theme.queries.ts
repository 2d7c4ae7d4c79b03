import { AppError } from '../../../platform/errors.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { risingWords } from './rising.rules.js';
import type { SuggestedTheme, ThemeReportRow } from './theme.inputs.js';

/** Of each period and theme, the latest posts and the latest tickets. */
const MOST = 10_000;
const MOST_TEXTS = 4000;
const LONGEST_TEXT = 2000;
const MOST_SUGGESTED = 20;
const LONGEST_MS = 400 * 86_400_000;

interface Period {
  from: string;
  to: string;
}

function formerOf({ from, to }: Period): Period {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (end <= start || end - start > LONGEST_MS)
    throw new AppError('BAD_USER_INPUT', 'The period ends after it begins, at most 400 days later.');
  return { from: new Date(start - (end - start)).toISOString(), to: from };
}

/** How much each theme was spoken of in a period and before it: one statement, of posts and tickets the viewer may see. */
export async function themeReport(context: RequestContext, period: Period): Promise<ThemeReportRow[]> {
  const former = formerOf(period);
  const parameters = new Parameters();
  const [since, from, to] = [former.from, period.from, period.to].map(at => parameters.add(at, 'timestamptz'));
  const post = visibleCondition(context.viewer, 'POST', 'p', parameters);
  const ticket = visibleCondition(context.viewer, 'TICKET', 'k', parameters);
  return context.readApart<ThemeReportRow>(
    `select h.id as "themeId", s.*
       from themes h
      cross join lateral (
        select count(*) filter (where f.post and f.at >= ${from})::integer as posts,
               count(*) filter (where f.post and f.at < ${from})::integer as "postsBefore",
               count(*) filter (where not f.post and f.at >= ${from})::integer as tickets,
               count(*) filter (where not f.post and f.at < ${from})::integer as "ticketsBefore",
               count(f.response_id) filter (where f.at >= ${from})::integer as "surveyResponses",
               count(distinct f.person) filter (where f.at >= ${from})::integer as people,
               avg(f.sentiment_score) filter (where f.at >= ${from}) as sentiment
          from (select true as post, p.occurred_at as at, coalesce(i.customer_id, p.author_id) as person, r.id as response_id, p.sentiment_score
                  from (select id from posts_saying(h.words, ${since}, ${from}, ${MOST})
                        union all select id from posts_saying(h.words, ${from}, ${to}, ${MOST})) w
                  join posts p on p.organization_id = h.organization_id and p.id = w.id
                  left join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
                  left join survey_responses r on r.organization_id = p.organization_id and r.post_id = p.id
                 ${post ? `where ${post}` : ''}
                union all
                select false, w.said_at, coalesce(k.customer_id, i.customer_id, k.identity_id), null, null
                  from (select id, said_at from tickets_saying(h.words, ${since}, ${from}, ${MOST})
                        union all select id, said_at from tickets_saying(h.words, ${from}, ${to}, ${MOST})) w
                  join tickets k on k.organization_id = h.organization_id and k.id = w.id
                  left join social_identities i on i.organization_id = k.organization_id and i.id = k.identity_id
                 ${ticket ? `where ${ticket}` : ''}) f) s
      where h.is_active
      order by greatest(s.posts, s.tickets) desc, h.name`,
    parameters.values,
  );
}

/** The list of the tickets of a theme, by its words as they are now. */
export const TICKETS_OF_THEME = {
  name: 'theme.tickets',
  condition: `t.id in (select w.id from themes h cross join lateral tickets_saying(h.words, '-infinity', 'infinity', ${MOST}) w where h.id = k.parent)`,
};

/** What people speak of more than they did, from a sample of the latest that the viewer may see: two statements. */
export async function suggestedThemes(context: RequestContext, period: Period): Promise<SuggestedTheme[]> {
  const [now, before] = await Promise.all([textsOf(context, period), textsOf(context, formerOf(period))]);
  return risingWords(now, before, MOST_SUGGESTED);
}

/** The latest posts, and the latest tickets as far as no post says what they say: each is one text. */
async function textsOf(context: RequestContext, { from, to }: Period): Promise<string[]> {
  const parameters = new Parameters();
  const [since, until] = [from, to].map(at => parameters.add(at, 'timestamptz'));
  const post = visibleCondition(context.viewer, 'POST', 'p', parameters);
  const ticket = visibleCondition(context.viewer, 'TICKET', 'k', parameters);
  const rows = await context.readApart<{ text: string }>(
    `(select left(p.text, ${LONGEST_TEXT}) as text from posts p
       where p.occurred_at >= ${since} and p.occurred_at < ${until} and not p.own and not p.auto and p.deleted_at is null
         ${post ? `and ${post}` : ''}
       order by p.occurred_at desc limit ${MOST_TEXTS})
     union all
     (select left(concat_ws(' ', case when k.source_post_id is null then k.subject end, k.description,
               (select string_agg(m.note, ' ' order by m.occurred_at) from ticket_messages m
                 where m.organization_id = k.organization_id and m.ticket_id = k.id and m.kind = 'CUSTOMER' and not m.is_automatic)), ${LONGEST_TEXT})
        from tickets k
       where k.opened_at >= ${since} and k.opened_at < ${until} ${ticket ? `and ${ticket}` : ''}
       order by k.opened_at desc limit ${MOST_TEXTS})`,
    parameters.values,
  );
  return rows.map(({ text }) => text);
}
