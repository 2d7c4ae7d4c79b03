import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { cleanText } from '../../../platform/text.js';
import { eachItem, type ItemResult, type Viewer, visibleCondition } from '../../access/index.js';
import { keepInSight } from '../tickets/follower.service.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import { giveTickets, type TicketTarget } from './giving.service.js';
import { findTarget, type GivenTarget } from './target.queries.js';
import type {
  AssignTicketInput,
  AssignTicketsInput,
  ReassignTicketsInput,
  TransferTicketInput,
} from './ticket-giving.inputs.js';

const MOST_NOTE = 10_000;
const MOST_AT_ONCE = 500;

export async function assignTicket(tx: Tx, viewer: Viewer, input: AssignTicketInput): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId', version: input.version ?? null });
  const problems: Problems = [];
  const target = await findTarget(tx, viewer, problems, input);
  throwAny(problems);
  await giveTickets(tx, [ticket.id], target);
  return { ticketId: ticket.id };
}

/** Gives up to 200 tickets to one target; those that are refused are told, and the others go together. */
export async function assignTickets(
  tx: Tx,
  viewer: Viewer,
  input: AssignTicketsInput,
): Promise<{ results: ItemResult<{ ticketId: string }>[] }> {
  const problems: Problems = [];
  const target = await findTarget(tx, viewer, problems, input);
  throwAny(problems);
  const results = await eachItem(
    tx,
    input.ticketIds,
    async id => {
      const ticket = await lockTicket(tx, viewer, id, { field: 'ticketId' });
      return { ticketId: ticket.id };
    },
    'ticketIds',
  );
  await giveTickets(tx, [...new Set(results.flatMap(({ ticketId }) => ticketId ?? []))], target);
  return { results };
}

/** Hands a ticket over to exactly one member, team or queue, with a note for staff. */
export async function transferTicket(
  tx: Tx,
  viewer: Viewer,
  input: TransferTicketInput,
): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId', version: input.version ?? null });
  const problems: Problems = [];
  const target = await findRecipient(tx, viewer, problems, input);
  if (!target) report(problems, 'toMemberId', 'Say to whom: one member, team or queue.', 'REQUIRED');
  const note = noteOf(problems, input.note);
  throwAny(problems);
  await giveTickets(tx, [ticket.id], target ?? {}, note);
  if (input.keepFollowing ?? true) await keepInSight(tx, viewer, ticket.id);
  return { ticketId: ticket.id };
}

/** Hands over the open tickets of somebody, those first that wait longest; each back to its queue unless a recipient is named. */
export async function reassignTickets(
  tx: Tx,
  viewer: Viewer,
  input: ReassignTicketsInput,
): Promise<{ reassignedCount: number; remainingCount: number }> {
  const { organizationId } = tx.scope;
  const [from] = await tx.query<{ id: string }>('select id from members where organization_id = $1 and id = $2', [
    organizationId,
    storedId('member', input.fromMemberId),
  ]);
  if (!from) throw invalid('fromMemberId', 'There is no such member, or you may not see it.', 'NOT_FOUND');
  const problems: Problems = [];
  const target = (await findRecipient(tx, viewer, problems, input)) ?? { assigneeId: null };
  const note = noteOf(problems, input.note);
  throwAny(problems);
  const parameters = new Parameters();
  const where = [
    `t.organization_id = ${parameters.add(organizationId, 'uuid')}`,
    `t.assignee_id = ${parameters.add(from.id, 'uuid')}`,
    `t.status not in ('SOLVED', 'CLOSED')`,
    visibleCondition(viewer, 'TICKET', 't', parameters),
  ]
    .filter(Boolean)
    .join(' and ');
  const held = await tx.query<{ id: string }>(
    `select t.id from tickets t where ${where} order by t.waiting_since, t.id limit ${MOST_AT_ONCE} for update of t`,
    parameters.values,
  );
  await giveTickets(
    tx,
    held.map(({ id }) => id),
    target,
    note,
  );
  const [left] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from tickets t where ${where}`,
    parameters.values,
  );
  return { reassignedCount: held.length, remainingCount: left?.count ?? 0 };
}

interface Recipient {
  toMemberId?: string | null;
  toTeamId?: string | null;
  toQueueId?: string | null;
}

/** The one to whom something is handed over, or null when nobody is named. A team's or queue's ticket is nobody's at first. */
async function findRecipient(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  { toMemberId, toTeamId, toQueueId }: Recipient,
): Promise<TicketTarget | null> {
  const given = [toMemberId, toTeamId, toQueueId].filter(id => id != null);
  if (given.length === 0) return null;
  if (given.length > 1) {
    report(problems, 'toMemberId', 'It goes to one: a member, a team or a queue.', 'INVALID');
    return null;
  }
  const target: GivenTarget = toMemberId
    ? { assigneeId: toMemberId }
    : toTeamId
      ? { assigneeId: null, teamId: toTeamId, queueId: null }
      : { assigneeId: null, queueId: toQueueId ?? null };
  const own: Problems = [];
  const found = await findTarget(tx, viewer, own, target);
  const field = toMemberId ? 'toMemberId' : toTeamId ? 'toTeamId' : 'toQueueId';
  problems.push(...own.map(problem => ({ ...problem, field })));
  return found;
}

function noteOf(problems: Problems, raw: string | null | undefined): string | null {
  const note = cleanText(raw ?? '');
  if (note.length > MOST_NOTE) report(problems, 'note', `It has at most ${MOST_NOTE} characters.`, 'TOO_LONG');
  return note || null;
}
