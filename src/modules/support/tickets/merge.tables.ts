import { mergedTable } from '../../customers/index.js';
import { onConversationsJoined, onIdentityMerge } from '../../social/index.js';
import { tellTickets } from './ticket.queries.js';
import { TicketChange } from './ticket.states.rules.js';

mergedTable({
  table: 'tickets',
  prefix: 'ticket',
  kind: 'tickets',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('TICKET') !== 'NONE',
  onMoved: (tx, moved) =>
    tellTickets(
      tx,
      moved.map(({ id }) => ({ ticketId: id, change: TicketChange.UPDATED, at: new Date() })),
    ),
});

mergedTable({
  table: 'ticket_messages',
  prefix: 'ticket_message',
  kind: 'ticketMessages',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('TICKET') !== 'NONE',
});

onIdentityMerge(async (tx, merged) => {
  await tx.query(
    `update tickets t set identity_id = m.owner_id from unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)
      where t.organization_id = $1 and t.identity_id = m.id`,
    [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)],
  );
});

onConversationsJoined(async (tx, { fromId, toId }) => {
  const parameters = [tx.scope.organizationId, fromId, toId];
  await tx.query(
    'update tickets set conversation_id = $3 where organization_id = $1 and conversation_id = $2',
    parameters,
  );
  await tx.query(
    `insert into ticket_conversations (organization_id, ticket_id, conversation_id, added_at)
     select organization_id, ticket_id, $3, added_at from ticket_conversations where organization_id = $1 and conversation_id = $2
     on conflict do nothing`,
    parameters,
  );
});
