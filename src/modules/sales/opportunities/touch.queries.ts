import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import type { Network } from '../../social/index.js';
import type { TouchKind } from './touch.kinds.rules.js';

/** What was said or done that touched the buyer of an opportunity, and where it comes among all that did. */
export interface TouchRow {
  opportunityId: string;
  kind: TouchKind;
  occurredAt: string;
  /** Nothing of an activity; so are the post, its source and its author. */
  network: Network | null;
  postId: string | null;
  activityId: string | null;
  sourceId: string | null;
  authorId: string | null;
  place: number;
  all: number;
}

/** How long before the end something that was said still counts; everything counts that it came of. */
const WINDOW = '365 days';

/**
 * A select of what touched the opportunities of `deals`, a select of `id`, `organization_id`, `customer_id`, `post_id`, `lead_id` and
 * `ended_at`: `opportunity_id`, `kind`, `occurred_at`, `network`, `post_id`, `activity_id`, `source_id`, `author_id`, each post and
 * each activity once an opportunity and only those the viewer may see.
 */
export function touchesSql(context: RequestContext, deals: string, parameters: Parameters): string {
  const rule = visibleCondition(context.viewer, 'POST', 'p', parameters);
  // What somebody did, or was told, is seen by who sees them.
  const people = visibleCondition(context.viewer, 'IDENTITY', 'i', parameters);
  const met = context.viewer.may('activities:read')
    ? visibleCondition(context.viewer, 'ACTIVITY', 'a', parameters)
    : 'false';
  return `
    with deals as materialized (${deals}),
    buyers as materialized (
      select d.id as opportunity_id, d.organization_id, d.ended_at, b.customer_id
        from deals d
       cross join lateral (
         select d.customer_id union
         select c.customer_id from opportunity_contacts c where c.organization_id = d.organization_id and c.opportunity_id = d.id) b),
    ends as materialized (
      select b.opportunity_id, b.organization_id, b.ended_at, i.id as identity_id
        from buyers b join social_identities i on i.organization_id = b.organization_id and i.customer_id = b.customer_id
         and ${people ?? 'true'}),
    said as (
      select d.id as opportunity_id, d.ended_at, 1 as rank, 'ORIGIN' as kind, o.post_id, d.organization_id
        from deals d
       cross join lateral (
         select d.post_id union select l.post_id from leads l where l.organization_id = d.organization_id and l.id = d.lead_id) o
       where o.post_id is not null
      union all
      select e.opportunity_id, e.ended_at, 2, 'SAID', p.id, e.organization_id
        from ends e join posts p on p.organization_id = e.organization_id and p.author_id = e.identity_id
         and p.occurred_at between e.ended_at - interval '${WINDOW}' and e.ended_at
      union all
      select e.opportunity_id, e.ended_at, 3, 'ANSWERED', r.sent_post_id, e.organization_id
        from ends e join replies r on r.organization_id = e.organization_id and r.recipient_identity_id = e.identity_id
         and r.sent_at between e.ended_at - interval '${WINDOW}' and e.ended_at
       where r.sent_post_id is not null
      union all
      select e.opportunity_id, e.ended_at, 4, 'INFLUENCED', q.id, e.organization_id
        from ends e
        join interactions n on n.organization_id = e.organization_id and n.from_identity_id = e.identity_id
         and n.occurred_at between e.ended_at - interval '${WINDOW}' and e.ended_at
        join posts n_post on n_post.organization_id = n.organization_id and n_post.id = n.post_id
        join posts q on q.organization_id = n.organization_id and q.author_id = n.to_identity_id and not q.own
         and q.id = coalesce(n_post.in_reply_to_id, n_post.id)),
    planned as (
      select b.opportunity_id, b.organization_id, b.ended_at, t.id as activity_id
        from buyers b join activities t on t.organization_id = b.organization_id and t.customer_id = b.customer_id
      union
      select b.opportunity_id, b.organization_id, b.ended_at, w.activity_id
        from buyers b join activity_attendees w on w.organization_id = b.organization_id and w.customer_id = b.customer_id
      union
      select d.id, d.organization_id, d.ended_at, t.id
        from deals d join activities t on t.organization_id = d.organization_id and t.regarding_id = d.id and t.regarding_prefix = 'opportunity')
    (select distinct on (s.opportunity_id, s.post_id)
           s.opportunity_id, s.kind, p.occurred_at, p.network, p.id as post_id, null::uuid as activity_id, p.source_id, p.author_id
      from said s
      join posts p on p.organization_id = s.organization_id and p.id = s.post_id and p.deleted_at is null
       and p.occurred_at <= s.ended_at
     where ${rule ?? 'true'}
     order by s.opportunity_id, s.post_id, s.rank)
    union all
    select m.opportunity_id, 'MET', e.at, null, null, a.id, null, null
      from planned m
      join activities a on a.organization_id = m.organization_id and a.id = m.activity_id and a.status = 'DONE' and a.kind <> 'TASK'
     -- When it took place, as far as that is known, and not after it was said to have.
     cross join lateral (select least(coalesce(a.checked_in_at, a.starts_at, a.completed_at), a.completed_at) as at) e
     where e.at between m.ended_at - interval '${WINDOW}' and m.ended_at and ${met ?? 'true'}`;
}

const MOST = 200;

/** What touched the buyers of many opportunities, the first first, so many at most of each. */
export const touchesOf: LoaderDefinition<RequestContext, string, TouchRow[]> = {
  name: 'opportunity.touches',
  async batch(context, ids) {
    const parameters = new Parameters();
    const deals = `select id, organization_id, customer_id, post_id, lead_id, coalesce(closed_at, now()) as ended_at
                     from opportunities where id = any (${parameters.add(ids, 'uuid[]')})`;
    const rows = await context.read<TouchRow>(
      `select x.opportunity_id as "opportunityId", x.kind, x.occurred_at as "occurredAt", x.network, x.post_id as "postId", x.activity_id as "activityId",
              x.source_id as "sourceId", x.author_id as "authorId", x.place::integer as place, x."all"::integer as "all"
         from (select t.*, row_number() over w as place, count(*) over (partition by t.opportunity_id) as "all"
                 from (${touchesSql(context, deals, parameters)}) t
               window w as (partition by t.opportunity_id order by t.occurred_at, coalesce(t.post_id, t.activity_id))) x
        where x.place <= ${MOST} or x.place = x."all" order by x.opportunity_id, x.place`,
      parameters.values,
    );
    const byOpportunity = Map.groupBy(rows, row => row.opportunityId);
    return ids.map(id => byOpportunity.get(id) ?? []);
  },
};
