import { onTickets } from './ticket.hooks.js';
import { TicketChange } from './ticket.states.rules.js';

const tables: string[] = [];
const MOVING = new Set<TicketChange>([TicketChange.UPDATED, TicketChange.MERGED]);

/** Called once for each table of this module whose rows are about a ticket and keep whose it is: they go where it goes. */
export function goesWithTicket(table: string): void {
  tables.push(table);
}

onTickets('AFTER', async (tx, moments) => {
  const ids = moments.filter(({ change }) => MOVING.has(change)).map(({ ticketId }) => ticketId);
  if (ids.length === 0) return;
  const moves = tables.map(
    table => `${table}_moved as (
      update ${table} b set customer_id = t.customer_id from tickets t
       where t.organization_id = $1 and t.id = any ($2::uuid[]) and b.organization_id = $1 and b.ticket_id = t.id
         and b.customer_id is distinct from t.customer_id)`,
  );
  await tx.query(`with ${moves.join(', ')} select 1`, [tx.scope.organizationId, ids]);
});
