import { defineRecord } from '../../../platform/schema/index.js';
import { Complaint } from './complaint.entity.js';
import { ContactReason } from './contact-reason.entity.js';
import { Theme } from './theme.entity.js';

/** By when something is to be done next; as `nextDeadline` has it. */
const NEXT_DUE = `(case t.stage when 'RECEIVED' then t.acknowledge_by when 'ACKNOWLEDGED' then t.answer_by when 'APPEALED' then t.appeal_answer_by end)`;

defineRecord({
  type: ContactReason,
  name: 'contact_reasons',
  prefix: 'contact_reason',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: Complaint,
  name: 'complaints',
  prefix: 'complaint',
  visibility: 'OF_TICKET',
  orders: {
    RECEIVED_AT: { sql: 't.received_at', type: 'timestamptz', nullable: false },
    NEXT_DUE_AT: { sql: NEXT_DUE, type: 'timestamptz', nullable: true },
  },
  defaultOrder: [{ field: 'RECEIVED_AT', direction: 'DESC' }],
  filters: {
    stage: { sql: 't.stage', type: 'text' },
    severity: { sql: 't.severity', type: 'text' },
    ticketId: { sql: 't.ticket_id', type: 'uuid', prefix: 'ticket' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    receivedAt: { sql: 't.received_at', type: 'timestamptz' },
    nextDueAt: { sql: NEXT_DUE, type: 'timestamptz' },
  },
});

defineRecord({
  type: Theme,
  name: 'themes',
  prefix: 'theme',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});
