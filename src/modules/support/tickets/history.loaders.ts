import { type ListSpec, loadPages, type Page, type PageArguments } from '../../../platform/paging/index.js';
import type { RequestContext } from '../../access/index.js';
import type { TicketHistoryEntry } from './history.entity.js';

const STEP = `null::text as status, null::text as from_status, null::text as priority, null::text as from_priority,
  null::uuid as assignee_id, null::uuid as from_assignee_id, null::uuid as team_id, null::uuid as from_team_id,
  null::uuid as queue_id, null::uuid as from_queue_id, null::uuid as category_id, null::uuid as from_category_id`;

/** Every revision beside the one before it, and what became of a ticket together with others, as one list. */
const STEPS = `lateral (
  select md5(r.ticket_id::text || r.changed_at::text)::uuid as id, r.ticket_id, r.changed_at as at, r.changed_by as by, r.reason,
         case when b.changed_at is null then 'OPENED'
              when r.status <> b.status then 'STATUS_CHANGED'
              when (r.assignee_id, r.team_id, r.queue_id) is distinct from (b.assignee_id, b.team_id, b.queue_id) then 'ASSIGNED'
              else 'UPDATED' end as change, null::uuid as other_id,
         r.status, b.status as from_status, r.priority, b.priority as from_priority, r.assignee_id, b.assignee_id as from_assignee_id,
         r.team_id, b.team_id as from_team_id, r.queue_id, b.queue_id as from_queue_id, r.category_id, b.category_id as from_category_id
    from ticket_revisions r
    left join lateral (select * from ticket_revisions e where e.organization_id = r.organization_id and e.ticket_id = r.ticket_id
                          and e.changed_at < r.changed_at order by e.changed_at desc limit 1) b on true
   where r.ticket_id = k.parent
  union all
  select m.id, k.parent, m.merged_at, m.merged_by, m.reason, 'MERGED', case when m.merged_id = k.parent then m.survivor_id else m.merged_id end, ${STEP}
    from ticket_merges m where m.survivor_id = k.parent or m.merged_id = k.parent
  union all
  select md5(m.id::text || 'undone')::uuid, k.parent, m.undone_at, m.undone_by, null, 'SPLIT',
         case when m.merged_id = k.parent then m.survivor_id else m.merged_id end, ${STEP}
    from ticket_merges m where (m.survivor_id = k.parent or m.merged_id = k.parent) and m.undone_at is not null
  union all
  select l.id, k.parent, l.created_at, l.created_by, null, case l.kind when 'SPLIT_FROM' then 'SPLIT' else 'LINKED' end,
         case when l.from_ticket_id = k.parent then l.to_ticket_id else l.from_ticket_id end, ${STEP}
    from ticket_links l where l.from_ticket_id = k.parent or l.to_ticket_id = k.parent) t`;

const history: ListSpec = {
  name: 'ticket.history',
  from: STEPS,
  columns: `t.id, t.at, t.by, t.reason, t.change, t.other_id as "otherId", t.status, t.from_status as "fromStatus", t.priority,
    t.from_priority as "fromPriority", t.assignee_id as "assigneeId", t.from_assignee_id as "fromAssigneeId", t.team_id as "teamId",
    t.from_team_id as "fromTeamId", t.queue_id as "queueId", t.from_queue_id as "fromQueueId", t.category_id as "categoryId",
    t.from_category_id as "fromCategoryId"`,
  orders: { AT: { sql: 't.at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'AT', direction: 'DESC' }],
  filters: {},
};

/** A page of the steps of one of many tickets, the latest first; siblings in one statement. */
export function historyPage(
  context: RequestContext,
  ticketId: string,
  { first, last, after, before }: PageArguments,
): Promise<Page<TicketHistoryEntry>> {
  const args = { first, last, after, before };
  return context.loaders
    .get<string, Page<TicketHistoryEntry>>(
      {
        name: history.name,
        async batch({ options, run }, keys) {
          const parents = { keys: [...keys], condition: 't.ticket_id = k.parent' };
          const pages = await loadPages<TicketHistoryEntry>({ spec: history, args, parents }, options.seal, run);
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify(args),
    )
    .load(ticketId);
}
