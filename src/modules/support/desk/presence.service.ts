import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { memberOf } from './draft.service.js';
import { type ReportTicketPresenceInput, TicketPresenceState } from './presence.inputs.js';

/** The job that tells of those who went without saying so. */
export const PRESENCE_TASK = 'ticket.presence';

const LASTS_SECONDS = 30;

/** Says what a member does with a ticket, for half a minute; subscribers are told only when that is something new. */
export async function reportPresence(tx: Tx, viewer: Viewer, input: ReportTicketPresenceInput) {
  const memberId = memberOf(viewer);
  const ticketId = await visibleId(tx, viewer, Ticket, input.ticketId, 'ticketId');
  const key = [tx.scope.organizationId, ticketId, memberId];
  if (input.state === TicketPresenceState.LEFT) {
    const gone = await tx.query(
      'delete from ticket_presence where organization_id = $1 and ticket_id = $2 and member_id = $3 returning 1',
      key,
    );
    if (gone.length > 0) await tellWatched(tx, ticketId);
    return { ticketId };
  }
  const [before] = await tx.query<{ state: string }>(
    `select state from ticket_presence where organization_id = $1 and ticket_id = $2 and member_id = $3 and until > now() for update`,
    key,
  );
  const isNew = before?.state !== input.state;
  await tx.query(
    `insert into ticket_presence (organization_id, ticket_id, member_id, state, until) values ($1, $2, $3, $4, now() + interval '${LASTS_SECONDS} s')
     on conflict (organization_id, ticket_id, member_id) do update
        set state = excluded.state, until = excluded.until, since = case when $5 then now() else ticket_presence.since end`,
    [...key, input.state, isNew],
  );
  if (isNew) {
    await tellWatched(tx, ticketId);
    await expectExpiry(tx, ticketId, new Date(Date.now() + (LASTS_SECONDS + 1) * 1000));
  }
  return { ticketId };
}

/** Forgets who went without saying so, tells of it, and looks again when the next one is due. */
export async function expirePresence(tx: Tx, ticketId: string): Promise<void> {
  const key = [tx.scope.organizationId, ticketId];
  const gone = await tx.query(
    'delete from ticket_presence where organization_id = $1 and ticket_id = $2 and until <= now() returning 1',
    key,
  );
  if (gone.length > 0) await tellWatched(tx, ticketId);
  const [next] = await tx.query<{ until: Date | null }>(
    'select min(until) as until from ticket_presence where organization_id = $1 and ticket_id = $2',
    key,
  );
  if (next?.until) await expectExpiry(tx, ticketId, new Date(new Date(next.until).getTime() + 1000));
}

const expectExpiry = (tx: Tx, ticketId: string, runAt: Date): Promise<void> =>
  enqueue(tx, PRESENCE_TASK, { ticketId }, { key: `presence:${ticketId}`, runAt, keepRunAt: true });

const tellWatched = (tx: Tx, ticketId: string): Promise<void> =>
  recordEvents(tx, [{ type: 'ticket.watched', subjectId: ticketId }]);
