import type { Tx } from '../../../platform/database/database.js';
import { type TicketStatus, wasSaid } from '../tickets/ticket.states.rules.js';
import type { KnownRule } from './escalation.rules.js';
import type { Step } from './history.rules.js';
import type { KeptClock, KnownTicket } from './kept-clock.rules.js';
import type { KnownPolicy } from './policy.rules.js';

/** What an organisation promises, and what it does about what waits too long. */
export interface Promises {
  policies: KnownPolicy[];
  rules: KnownRule[];
}

/** Null for an organisation that promises nothing, which costs it this one look. */
export async function promisesOf(tx: Tx): Promise<Promises | null> {
  const [row] = await tx.query<{ policies: KnownPolicy[] | null; rules: KnownRule[] | null }>(
    `select (select jsonb_agg(jsonb_build_object('id', p.id, 'calendarId', p.calendar_id, 'targets', p.targets, 'warnMinutes', p.warn_minutes,
                      'warnPercent', p.warn_percent, 'pausesOnHold', p.pauses_on_hold, 'createdAt', p.created_at, 'segments', p.segments,
                      'channels', p.channels, 'priorities', p.priorities, 'types', p.types, 'categoryIds', p.category_ids,
                      'queueIds', p.queue_ids, 'customerKinds', p.customer_kinds) order by p.position, p.id)
               from sla_policies p where p.organization_id = $1 and p.is_active) as policies,
            (select jsonb_agg(jsonb_build_object('id', r.id, 'trigger', r.trigger, 'metric', r.metric, 'minutes', r.minutes,
                      'priorities', r.priorities, 'channels', r.channels))
               from escalation_rules r where r.organization_id = $1 and r.is_active) as rules`,
    [tx.scope.organizationId],
  );
  if (!row?.policies && !row?.rules) return null;
  const policies = (row.policies ?? []).map(policy => ({ ...policy, createdAt: new Date(policy.createdAt) }));
  return { policies, rules: row.rules ?? [] };
}

/** Tickets as promises are about them, held in the order of their ids. */
export function ticketsToTime(tx: Tx, ids: readonly string[]): Promise<KnownTicket[]> {
  return tx.query<KnownTicket>(
    `select t.id, t.status, t.priority, t.channel, t.type, t.category_id as "categoryId", t.queue_id as "queueId", t.opened_at as "openedAt",
            t.merged_into_id is not null as "isMerged", t.assignee_id as "assigneeId", t.sla_policy_id as "policyId",
            t.first_response_due_at as "firstResponseDueAt", t.next_response_due_at as "nextResponseDueAt",
            t.resolution_due_at as "resolutionDueAt", t.sla_breached_at as "breachedAt",
            coalesce(c.tags, '{}') as "customerTags", c.kind as "customerKind"
       from tickets t left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
      where t.organization_id = $1 and t.id = any ($2::uuid[]) order by t.id for update of t`,
    [tx.scope.organizationId, ids],
  );
}

/**
 * What people said in tickets and where these were put, by ticket. What is held, or was not sent after all, was not said; what
 * reached us only after we had answered is not what we answered, and counts from when it did.
 */
export async function stepsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Step[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{
    ticketId: string;
    kind: Step['kind'];
    at: Date;
    writtenAt: Date | null;
    status: TicketStatus;
  }>(
    `select m.ticket_id as "ticketId", m.kind, case when m.kind = 'CUSTOMER' and m.occurred_at <= m.answered_at then m.created_at else m.occurred_at end as at,
            case when m.kind = 'AGENT' and m.occurred_at > m.created_at then m.created_at end as "writtenAt", null as status
       from (select s.ticket_id, s.kind, s.occurred_at, s.created_at,
                    max(s.occurred_at) filter (where s.kind = 'AGENT')
                      over (partition by s.ticket_id order by s.created_at, s.occurred_at, s.id rows between unbounded preceding and 1 preceding) as answered_at
               from ticket_messages s
              where s.organization_id = $1 and s.ticket_id = any ($2::uuid[]) and s.kind in ('CUSTOMER', 'AGENT') and not s.is_automatic
                and s.visibility <> 'INTERNAL' and ${wasSaid('s')}) m
     union all
     select r.ticket_id, 'STATUS', r.changed_at, null, r.status
       from (select v.ticket_id, v.changed_at, v.status, lag(v.status, 1, 'NEW') over (partition by v.ticket_id order by v.changed_at) as before
               from ticket_revisions v where v.organization_id = $1 and v.ticket_id = any ($2::uuid[])
                -- A merge that left no trace when it was undone never was.
                and not exists (select 1 from ticket_merges g where g.organization_id = $1 and g.survivor_id = v.ticket_id
                       and g.undone_at is not null and g.former -> 'isAsBefore' = 'true' and v.changed_at between g.merged_at and g.undone_at)) r
      where r.before <> r.status`,
    [tx.scope.organizationId, ids],
  );
  const steps = new Map<string, Step[]>(ids.map(id => [id, []]));
  for (const { ticketId, ...step } of rows) steps.get(ticketId)?.push(step as Step);
  return steps;
}

/** The clocks of tickets, by ticket. */
export async function clocksOf(tx: Tx, ids: readonly string[]): Promise<Map<string, KeptClock[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<KeptClock & { elapsedMs: string }>(
    `select ticket_id as "ticketId", metric, turn, policy_id as "policyId", calendar_id as "calendarId", target_minutes as "targetMinutes",
            started_at as "startedAt", running_since as "runningSince", paused_since as "pausedSince", elapsed_ms as "elapsedMs",
            due_at as "dueAt", warn_at as "warnAt", met_at as "metAt", stopped_at as "stoppedAt", breached_at as "breachedAt",
            warned_at as "warnedAt", breach_told_at as "breachToldAt", tell_at as "tellAt"
       from ticket_clocks where organization_id = $1 and ticket_id = any ($2::uuid[])`,
    [tx.scope.organizationId, ids],
  );
  const clocks = new Map<string, KeptClock[]>(ids.map(id => [id, []]));
  for (const row of rows) clocks.get(row.ticketId)?.push({ ...row, elapsedMs: Number(row.elapsedMs) });
  return clocks;
}

/** Writes clocks as they now are. */
export async function keepClocks(tx: Tx, clocks: readonly KeptClock[]): Promise<void> {
  if (clocks.length === 0) return;
  const rows = clocks.map(clock => ({
    organization_id: tx.scope.organizationId,
    ticket_id: clock.ticketId,
    metric: clock.metric,
    turn: clock.turn,
    policy_id: clock.policyId,
    calendar_id: clock.calendarId,
    target_minutes: clock.targetMinutes,
    started_at: clock.startedAt,
    running_since: clock.runningSince,
    paused_since: clock.pausedSince,
    elapsed_ms: clock.elapsedMs,
    due_at: clock.dueAt,
    warn_at: clock.warnAt,
    met_at: clock.metAt,
    stopped_at: clock.stoppedAt,
    breached_at: clock.breachedAt,
    warned_at: clock.warnedAt,
    breach_told_at: clock.breachToldAt,
    tell_at: clock.tellAt,
  }));
  const columns = Object.keys(rows[0]!);
  await tx.query(
    `insert into ticket_clocks (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_recordset(null::ticket_clocks, $1)
     on conflict (organization_id, ticket_id, metric, turn) do update set ${columns
       .slice(4)
       .map(column => `${column} = excluded.${column}`)
       .join(', ')}`,
    [JSON.stringify(rows)],
  );
}

export async function dropClocks(tx: Tx, clocks: readonly KeptClock[]): Promise<void> {
  if (clocks.length === 0) return;
  await tx.query(
    `delete from ticket_clocks c using unnest($2::uuid[], $3::text[], $4::int[]) d(ticket_id, metric, turn)
      where c.organization_id = $1 and c.ticket_id = d.ticket_id and c.metric = d.metric and c.turn = d.turn`,
    [
      tx.scope.organizationId,
      clocks.map(({ ticketId }) => ticketId),
      clocks.map(({ metric }) => metric),
      clocks.map(({ turn }) => turn),
    ],
  );
}
