import { CustomFieldSubject, onFieldRemoved } from '../../customers/index.js';
import { recordTicketEvents } from './ticket.queries.js';
import { TicketChange } from './ticket.states.rules.js';

onFieldRemoved(async (tx, subject, key) => {
  if (subject !== CustomFieldSubject.TICKET) return;
  const changed = await tx.query<{ id: string }>(
    `with changed as (
       update tickets set custom_fields = custom_fields - $2::text, version = version + 1, updated_at = clock_timestamp()
        where organization_id = $1 and custom_fields ? $2::text returning id)
     select id from changed`,
    [tx.scope.organizationId, key],
  );
  await recordTicketEvents(
    tx,
    changed.map(({ id }) => ({ ticketId: id, change: TicketChange.UPDATED })),
  );
});
