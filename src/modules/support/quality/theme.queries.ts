import { AppError } from '../../../platform/errors.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { risingWords } from './rising.rules.js';
import type { SuggestedTheme, ThemeReportRow } from './theme.inputs.js';

/** Of each period, the latest. */
const MOST_POSTS = 10_000;
const MOST_TEXTS = 4000;
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

/** How much each theme was spoken of in a period and before it: one statement, of posts the viewer may see. */
export async function themeReport(context: RequestContext, period: Period): Promise<ThemeReportRow[]> {
  const former = formerOf(period);
  const parameters = new Parameters();
  const [since, from, to] = [former.from, period.from, period.to].map(at => parameters.add(at, 'timestamptz'));
  const visible = visibleCondition(context.viewer, 'POST', 'p', parameters);
  const ticket = visibleCondition(context.viewer, 'TICKET', 'k', parameters);
  return context.readApart<ThemeReportRow>(
    `select h.id as "themeId", coalesce(s.posts, 0)::integer as posts, coalesce(s.tickets, 0)::integer as tickets,
            coalesce(s.responses, 0)::integer as "surveyResponses", coalesce(s.people, 0)::integer as people,
            coalesce(s.before, 0)::integer as "postsBefore", s.sentiment
       from themes h
      cross join lateral (
        select count(*) filter (where p.occurred_at >= ${from}) as posts,
               count(*) filter (where p.occurred_at < ${from}) as before,
               count(distinct k.id) filter (where p.occurred_at >= ${from}) as tickets,
               count(r.id) filter (where p.occurred_at >= ${from}) as responses,
               count(distinct p.author_id) filter (where p.occurred_at >= ${from}) as people,
               avg(p.sentiment_score) filter (where p.occurred_at >= ${from}) as sentiment
          from (select id from posts_saying(h.words, ${since}, ${from}, ${MOST_POSTS})
                union all select id from posts_saying(h.words, ${from}, ${to}, ${MOST_POSTS})) f
          join posts p on p.organization_id = h.organization_id and p.id = f.id
          left join ticket_messages m on m.organization_id = p.organization_id and m.post_id = p.id
          left join tickets k on k.organization_id = m.organization_id and k.id = m.ticket_id${ticket ? ` and ${ticket}` : ''}
          left join survey_responses r on r.organization_id = p.organization_id and r.post_id = p.id
         ${visible ? `where ${visible}` : ''}) s
      where h.is_active
      order by coalesce(s.posts, 0) desc, h.name`,
    parameters.values,
  );
}

/** What people speak of more than they did, from a sample of the latest posts the viewer may see: two statements. */
export async function suggestedThemes(context: RequestContext, period: Period): Promise<SuggestedTheme[]> {
  const [now, before] = await Promise.all([textsOf(context, period), textsOf(context, formerOf(period))]);
  return risingWords(now, before, MOST_SUGGESTED);
}

async function textsOf(context: RequestContext, { from, to }: Period): Promise<string[]> {
  const parameters = new Parameters();
  const conditions = [
    `p.occurred_at >= ${parameters.add(from, 'timestamptz')} and p.occurred_at < ${parameters.add(to, 'timestamptz')}`,
    'not p.own and not p.auto and p.deleted_at is null',
    visibleCondition(context.viewer, 'POST', 'p', parameters),
  ].filter(Boolean);
  const rows = await context.readApart<{ text: string }>(
    `select left(p.text, 2000) as text from posts p where ${conditions.join(' and ')} order by p.occurred_at desc limit ${MOST_TEXTS}`,
    parameters.values,
  );
  return rows.map(({ text }) => text);
}
