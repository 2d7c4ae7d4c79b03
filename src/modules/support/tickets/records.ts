import { defineRecord } from '../../../platform/schema/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketMessage } from './ticket-message.entity.js';

export const ticketRecord = defineRecord({
  type: Ticket,
  name: 'tickets',
  prefix: 'ticket',
  visibility: 'TICKET',
  orders: {
    OPENED_AT: { sql: 't.opened_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    LAST_MESSAGE_AT: { sql: 't.last_message_at', type: 'timestamptz', nullable: true },
  },
  defaultOrder: [{ field: 'OPENED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'ticket' },
    status: { sql: 't.status', type: 'text' },
  },
});

defineRecord({
  type: TicketMessage,
  name: 'ticket_messages',
  prefix: 'ticket_message',
  visibility: 'TICKET_MESSAGE',
  orders: { OCCURRED_AT: { sql: 't.occurred_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'OCCURRED_AT', direction: 'ASC' }],
  filters: {},
});
