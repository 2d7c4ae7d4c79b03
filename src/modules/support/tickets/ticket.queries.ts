import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';
import { runTicketHooks, type TicketMoment } from './ticket.hooks.js';

/**
 * The ticket behind a public id, held for a change. Unknown and forbidden ones answer alike as NOT_FOUND of `field`; a `version`
 * that is not the present one is a CONFLICT.
 */
export async function lockTicket(
  tx: Tx,
  viewer: Viewer,
  id: string,
  { version, field = 'id' }: { version?: number | null; field?: string } = {},
): Promise<Ticket> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('ticket', id), 'uuid')}`,
    visibleCondition(viewer, 'TICKET', 't', parameters),
  ].filter(Boolean);
  const [ticket] = await tx.query<Ticket>(
    `select ${columnsOf(Ticket)} from tickets t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!ticket) throw invalid(field, 'There is no such ticket, or you may not see it.', 'NOT_FOUND');
  if (version != null && version !== ticket.version) throw staleVersion('ticket', ticket.version);
  return ticket;
}

/** Holds tickets (stored ids) in the order of their ids, before they are changed one by one in another. */
export async function holdTickets(tx: Tx, ids: readonly (string | null)[]): Promise<void> {
  await tx.query('select 1 from tickets where organization_id = $1 and id = any ($2::uuid[]) order by id for update', [
    tx.scope.organizationId,
    [...new Set(ids.filter(id => id !== null))],
  ]);
}

/**
 * Sets columns of tickets (stored ids) that are held, as one change of each. Values go through parameters. `reason` goes into the
 * history, where the change does.
 */
export async function writeTickets(
  tx: Tx,
  ids: readonly string[],
  columns: Record<string, unknown>,
  reason?: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  if (reason) await sayWhy(tx, reason);
  const parameters = new Parameters();
  const [organization, tickets] = [parameters.add(tx.scope.organizationId), parameters.add(ids, 'uuid[]')];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update tickets set ${[...sets, 'version = version + 1', 'updated_at = clock_timestamp()'].join(', ')}
      where organization_id = ${organization} and id = any (${tickets})`,
    parameters.values,
  );
  if (reason) await sayWhy(tx, '');
}

/** What the history remembers beside the changes that follow in this transaction; until it is said again. */
const sayWhy = (tx: Tx, reason: string): Promise<unknown> =>
  tx.query("select set_config('app.reason', $1, true)", [reason]);

/** Tells subscribers what happened to tickets, and then every part of this module, which may do more. */
export async function tellTickets(tx: Tx, moments: readonly TicketMoment[]): Promise<void> {
  // Sent before what the hooks send, whose events come after these.
  await Promise.all([recordTicketEvents(tx, moments), runTicketHooks(tx, moments)]);
}

/** Tells subscribers only: for changes that nothing follows from, or that a hook itself made. */
export function recordTicketEvents(
  tx: Tx,
  moments: readonly Pick<TicketMoment, 'ticketId' | 'change' | 'toldTo'>[],
): Promise<void> {
  const told = new Map(
    moments.map(({ ticketId, change, toldTo }) => [`${ticketId} ${change} ${toldTo}`, { ticketId, change, toldTo }]),
  );
  return recordEvents(
    tx,
    [...told.values()].map(({ ticketId, change, toldTo }) => ({
      type: 'ticket.changed' as const,
      subjectId: ticketId,
      data: { change, ...(toldTo && { toldTo }) },
    })),
  );
}
