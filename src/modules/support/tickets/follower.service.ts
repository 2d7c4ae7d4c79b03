import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Role, type Viewer, visibleCondition } from '../../access/index.js';
import { findFollower } from '../queues/target.queries.js';
import { lockTicket, recordTicketEvents } from './ticket.queries.js';
import { TicketChange } from './ticket.states.rules.js';

const MOST_FOLLOWERS = 200;

interface Following {
  id: string;
  memberId?: string | null;
}

/** Lets a member, or whoever asks, follow a ticket: they see it, and are told of it. Twice is as once. */
export async function followTicket(tx: Tx, viewer: Viewer, input: Following): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.id);
  const memberId = await followerOf(tx, viewer, input);
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from ticket_followers where organization_id = $1 and ticket_id = $2',
    [tx.scope.organizationId, ticket.id],
  );
  if (count >= MOST_FOLLOWERS) throw invalid('id', `At most ${MOST_FOLLOWERS} follow a ticket.`, 'NOT_ALLOWED');
  const added = await tx.query(
    `insert into ticket_followers (organization_id, ticket_id, member_id) values ($1, $2, $3)
     on conflict (organization_id, ticket_id, member_id) do nothing returning member_id`,
    [tx.scope.organizationId, ticket.id, memberId],
  );
  if (added.length > 0) await recordTicketEvents(tx, [{ ticketId: ticket.id, change: TicketChange.UPDATED }]);
  return { ticketId: ticket.id };
}

/** Lets them follow it no more. */
export async function unfollowTicket(tx: Tx, viewer: Viewer, input: Following): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.id);
  const memberId = await followerOf(tx, viewer, input);
  const gone = await tx.query(
    `with gone as (delete from ticket_followers where organization_id = $1 and ticket_id = $2 and member_id = $3 returning member_id)
     select member_id from gone`,
    [tx.scope.organizationId, ticket.id, memberId],
  );
  if (gone.length > 0) await recordTicketEvents(tx, [{ ticketId: ticket.id, change: TicketChange.UPDATED }]);
  return { ticketId: ticket.id };
}

/**
 * Lets whoever asks follow a ticket (stored id) that they have just dealt with and would see no more: they had to know its number,
 * and hear what becomes of it. A customer, or who sees no ticket at all, follows none.
 */
export async function keepInSight(tx: Tx, viewer: Viewer, ticketId: string): Promise<void> {
  if (!viewer.memberId || viewer.role === Role.CUSTOMER || viewer.scopeOf('TICKET') === 'NONE') return;
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, ticketId, viewer.memberId].map(id => parameters.add(id, 'uuid'));
  const visible = visibleCondition(viewer, 'TICKET', 't', parameters);
  if (!visible) return;
  const [organization, ticket, member] = places;
  await tx.query(
    `insert into ticket_followers (organization_id, ticket_id, member_id)
     select t.organization_id, t.id, ${member} from tickets t where t.organization_id = ${organization} and t.id = ${ticket} and not coalesce(${visible}, false)
     on conflict (organization_id, ticket_id, member_id) do nothing`,
    parameters.values,
  );
}

async function followerOf(tx: Tx, viewer: Viewer, { memberId }: Following): Promise<string> {
  if (memberId == null) {
    if (viewer.memberId) return viewer.memberId;
    throw invalid('memberId', 'Say who: a key is nobody who could follow.', 'REQUIRED');
  }
  const problems: Problems = [];
  const stored = await findFollower(tx, viewer, problems, 'member', memberId, 'memberId');
  throwAny(problems);
  return stored!;
}
