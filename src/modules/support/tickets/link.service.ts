import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { seesRow, type Viewer } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';
import { lockTicket, recordTicketEvents } from './ticket.queries.js';
import { TicketChange, TicketLinkKind } from './ticket.states.rules.js';

const MOST_LINKS = 200;

/** Links two tickets that the viewer sees; the same link twice is once. */
export async function linkTickets(
  tx: Tx,
  viewer: Viewer,
  input: { fromId: string; toId: string; kind: TicketLinkKind },
): Promise<{ ticketId: string }> {
  const [fromId, toId] = await lockBoth(tx, viewer, input.fromId, input.toId, ['fromId', 'toId']);
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from ticket_links where organization_id = $1 and from_ticket_id = $2',
    [tx.scope.organizationId, fromId],
  );
  if (count >= MOST_LINKS) throw invalid('fromId', `A ticket has at most ${MOST_LINKS} links.`, 'NOT_ALLOWED');
  // What relates to another is related to by it: one direction says both.
  const [known] =
    input.kind === TicketLinkKind.RELATES_TO
      ? await tx.query(
          'select 1 from ticket_links where organization_id = $1 and from_ticket_id = $3 and to_ticket_id = $2 and kind = $4',
          [tx.scope.organizationId, fromId, toId, input.kind],
        )
      : [];
  if (!known) await addLink(tx, fromId, toId, input.kind);
  return { ticketId: fromId };
}

/** Keeps a link between tickets (stored ids) and tells both of it. */
export async function addLink(tx: Tx, fromId: string, toId: string, kind: TicketLinkKind): Promise<void> {
  const added = await tx.query(
    `insert into ticket_links (organization_id, id, from_ticket_id, to_ticket_id, kind, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, from_ticket_id, to_ticket_id, kind) do nothing returning id`,
    [tx.scope.organizationId, newId(), fromId, toId, kind, tx.scope.actor],
  );
  if (added.length > 0)
    await recordTicketEvents(
      tx,
      [fromId, toId].map(ticketId => ({ ticketId, change: TicketChange.LINKED })),
    );
}

/** Takes a link away again. */
export async function unlinkTickets(tx: Tx, viewer: Viewer, id: string): Promise<{ ticketId: string }> {
  const [link] = await tx.query<{ id: string; from_ticket_id: string; to_ticket_id: string }>(
    'select id, from_ticket_id, to_ticket_id from ticket_links where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('ticket_link', id)],
  );
  const unknown = invalid('id', 'There is no such link, or you may not see it.', 'NOT_FOUND');
  if (!link || !(await seesTicket(tx, viewer, link.from_ticket_id))) throw unknown;
  await tx.query('delete from ticket_links where organization_id = $1 and id = $2', [tx.scope.organizationId, link.id]);
  await recordTicketEvents(
    tx,
    [link.from_ticket_id, link.to_ticket_id].map(ticketId => ({ ticketId, change: TicketChange.LINKED })),
  );
  return { ticketId: link.from_ticket_id };
}

const seesTicket = (tx: Tx, viewer: Viewer, id: string): Promise<boolean> => seesRow(tx, viewer, Ticket, id);

/** Stored ids of two tickets that are held, whichever comes first in the order in which all are held. */
export async function lockBoth(
  tx: Tx,
  viewer: Viewer,
  one: string,
  other: string,
  fields: [string, string],
): Promise<[string, string]> {
  if (one === other) throw invalid(fields[1], 'It is the same ticket.', 'INVALID');
  const ends: [string, string][] = [
    [one, fields[0]],
    [other, fields[1]],
  ];
  const order = ends.toSorted(([a], [b]) => ((storedId('ticket', a) ?? '') < (storedId('ticket', b) ?? '') ? -1 : 1));
  const held = new Map<string, string>();
  for (const [id, field] of order) held.set(id, (await lockTicket(tx, viewer, id, { field })).id);
  return [held.get(one)!, held.get(other)!];
}
