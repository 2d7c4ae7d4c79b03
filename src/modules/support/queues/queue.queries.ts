import type { Tx } from '../../../platform/database/database.js';
import type { TicketChannel } from '../tickets/ticket.states.rules.js';
import type { AssignmentRules, Candidate, QueueConditions, SortedTicket } from './assignment.rules.js';

/** What assigning needs of a queue; ids are stored ones. */
export interface AssigningQueue extends QueueConditions, AssignmentRules {
  id: string;
  teamId: string;
  overflowQueueId: string | null;
  businessCalendarId: string | null;
}

/** A ticket that nobody has. */
export interface FreeTicket extends SortedTicket {
  id: string;
  queueId: string | null;
  teamId: string | null;
  /** Who gave it away a moment ago. */
  passedOverId: string | null;
}

/** Who may be given tickets: `m` is a member. */
export const CAN_WORK = `m.deactivated_at is null and m.role in ('OWNER', 'ADMIN', 'MANAGER', 'AGENT')`;

/** The members of queue `q`, as `w(member_id)`: those that are listed, or else everybody of its team. */
export const WORKERS = `lateral (
  select l.member_id from queue_members l where l.organization_id = q.organization_id and l.queue_id = q.id
  union all
  select tm.member_id from team_members tm where tm.organization_id = q.organization_id and tm.team_id = q.team_id
     and not exists (select 1 from queue_members l where l.organization_id = q.organization_id and l.queue_id = q.id)) w`;

/** Stored ids of who works in the queues $2 of the organisation $1. */
const THEIR_WORKERS = `select w.member_id from support_queues q, ${WORKERS} where q.organization_id = $1 and q.id = any ($2)`;

/** Whether absence `alias` holds now. */
export const isNow = (alias: string): string =>
  `${alias}.starts_at <= clock_timestamp() and (${alias}.ends_at is null or ${alias}.ends_at > clock_timestamp())`;

/** Whether somebody is given tickets now, by their rows `v` of availability and `a` of absence. */
export const IS_PRESENT = `(coalesce(v.status, 'AVAILABLE') = 'AVAILABLE' and (a.member_id is null or not (${isNow('a')})))`;

/** The more urgent, the less. */
export const URGENCY = `array_position(array['URGENT', 'HIGH', 'NORMAL', 'LOW'], t.priority)`;

/** The queues that take tickets, in the order in which they are asked. */
export const readQueues = (tx: Tx): Promise<AssigningQueue[]> =>
  tx.query<AssigningQueue>(
    `select q.id, q.team_id as "teamId", q.channels, q.networks, q.category_ids as "categoryIds", q.types, q.priorities,
            q.customer_tags as "customerTags", q.languages, q.strategy, q.capacity, q.language_required as "languageRequired",
            q.overflow_queue_id as "overflowQueueId", q.business_calendar_id as "businessCalendarId",
            coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'minLevel', s.min_level, 'isRequired', s.is_required))
                        from queue_skills s join skills k on k.organization_id = s.organization_id and k.id = s.skill_id and k.is_active
                       where s.organization_id = q.organization_id and s.queue_id = q.id), '[]') as skills
       from support_queues q where q.organization_id = $1 and q.is_active order by q.position, q.id`,
    [tx.scope.organizationId],
  );

/** How long nobody gets back what they gave away, while anybody else may come. */
const PASSED_OVER_FOR = '10 minutes';

/** Those of the tickets that somebody should have and nobody has, the most urgent and oldest first. */
export const readFreeTickets = (tx: Tx, ids: readonly string[]): Promise<FreeTicket[]> =>
  tx.query<FreeTicket>(
    `select t.id, t.queue_id as "queueId", t.team_id as "teamId", t.channel, t.network, t.type, t.priority, t.language,
            coalesce(c.tags, '{}') as "customerTags", w.passed_over_id as "passedOverId",
            array(with recursive above as (
                    select k.id, k.parent_id from ticket_categories k where k.organization_id = $1 and k.id = t.category_id
                    union select k.id, k.parent_id from above a
                      join ticket_categories k on k.organization_id = $1 and k.id = a.parent_id)
                  select id from above) as "categoryIds"
       from tickets t left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
       left join queue_waiting w on w.organization_id = t.organization_id and w.ticket_id = t.id
                                and w.since > clock_timestamp() - interval '${PASSED_OVER_FOR}'
      where t.organization_id = $1 and t.id = any ($2) and t.assignee_id is null and t.snoozed_until is null
        and t.status not in ('SOLVED', 'CLOSED') and t.merged_into_id is null
      order by ${URGENCY}, t.opened_at, t.id`,
    [tx.scope.organizationId, ids],
  );

/**
 * Who works in which of these queues, and how many turns were taken in each. The queues and their members are held, always in one
 * order, so that of two who assign at once the second sees what the first gave: each statement looks anew once those before it hold
 * what they name. They are sent together, as whoever comes next waits for all of it.
 */
export async function holdCandidates(
  tx: Tx,
  queueIds: readonly string[],
): Promise<{ candidates: Map<string, Candidate[]>; turns: Map<string, number> }> {
  const { organizationId } = tx.scope;
  const holdingQueues = tx.query<{ id: string; turns: number }>(
    'select id, turns from support_queues where organization_id = $1 and id = any ($2) order by id for no key update',
    [organizationId, queueIds],
  );
  const holdingMembers = tx.query<{ id: string }>(
    `select m.id from members m where m.organization_id = $1 and ${CAN_WORK}
        and m.id in (${THEIR_WORKERS}) order by m.id for no key update`,
    [organizationId, queueIds],
  );
  const reading = tx.query<Omit<Candidate, 'load'> & { queueId: string }>(
    `select q.id as "queueId", m.id, ${IS_PRESENT} as "isPresent", coalesce(v.capacities, '{}') as capacities,
            coalesce((select jsonb_object_agg(s.skill_id, s.level) from member_skills s
                       where s.organization_id = $1 and s.member_id = m.id), '{}') as skills,
            array(select l.language from member_languages l where l.organization_id = $1 and l.member_id = m.id
                  union select m.language where m.language is not null) as languages,
            u.turn as "lastTurn"
       from support_queues q cross join ${WORKERS}
       join members m on m.organization_id = q.organization_id and m.id = w.member_id
       left join member_availability v on v.organization_id = m.organization_id and v.member_id = m.id
       left join member_absences a on a.organization_id = m.organization_id and a.member_id = m.id
       left join queue_turns u on u.organization_id = q.organization_id and u.queue_id = q.id and u.member_id = m.id
      where q.organization_id = $1 and q.id = any ($2)`,
    [organizationId, queueIds],
  );
  const [held, members, rows, loads] = await Promise.all([
    holdingQueues,
    holdingMembers,
    reading,
    readLoads(tx, queueIds),
  ]);
  // One object a member, who may work in several of the queues.
  const loadOfHeld = new Map(members.map(({ id }) => [id, loads.get(id) ?? {}]));
  return {
    candidates: Map.groupBy(
      rows.flatMap(row => {
        const load = loadOfHeld.get(row.id);
        return load ? [{ ...row, load }] : [];
      }),
      ({ queueId }) => queueId,
    ),
    turns: new Map(held.map(({ id, turns }) => [id, turns])),
  };
}

type Load = Partial<Record<TicketChannel, number>>;

/** How many tickets each who works in the queues has to do, by channel: those put off or done are not counted. */
async function readLoads(tx: Tx, queueIds: readonly string[]): Promise<Map<string, Load>> {
  const rows = await tx.query<{ id: string; channel: TicketChannel; count: number }>(
    `select t.assignee_id as id, t.channel, count(*)::integer as count from tickets t
      where t.organization_id = $1 and t.assignee_id in (${THEIR_WORKERS}) and t.status not in ('SOLVED', 'CLOSED') and t.snoozed_until is null
      group by 1, 2`,
    [tx.scope.organizationId, queueIds],
  );
  const loads = new Map<string, Load>();
  for (const { id, channel, count } of rows) loads.set(id, Object.assign(loads.get(id) ?? {}, { [channel]: count }));
  return loads;
}
