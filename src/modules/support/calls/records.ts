import type { Parameters } from '../../../platform/paging/index.js';
import { defineRecord } from '../../../platform/schema/index.js';
import { CallDisposition } from './call-disposition.entity.js';
import { CallHandling } from './call-handling.entity.js';

const MISSED = `('MISSED', 'BUSY', 'FAILED', 'CANCELLED')`;

const isMissed = (given: unknown, _parameters: Parameters): string =>
  `${given ? '' : 'not '}(t.direction = 'INBOUND' and t.status in ${MISSED})`;

/** Calls have no customer of their own: they go with the identity at the other end, whosever it becomes. */
const CUSTOMER = `(select fi.customer_id from social_identities fi where fi.organization_id = t.organization_id and fi.id = t.identity_id)`;

export const callRecord = defineRecord({
  type: CallHandling,
  name: 'calls',
  prefix: 'call',
  visibility: 'CALL',
  orders: {
    STARTED_AT: { sql: 't.started_at', type: 'timestamptz', nullable: false },
    WAIT: { sql: 't.wait_seconds', type: 'double precision', nullable: true },
    TALK: { sql: 't.talk_seconds', type: 'double precision', nullable: true },
  },
  defaultOrder: [{ field: 'STARTED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'call' },
    direction: { sql: 't.direction', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    queue: { sql: 't.queue', type: 'text' },
    agent: { sql: 't.agent', type: 'text' },
    memberId: { sql: 't.member_id', type: 'uuid', prefix: 'member' },
    customerId: { sql: CUSTOMER, type: 'uuid', prefix: 'customer' },
    ticketId: { sql: 't.ticket_id', type: 'uuid', prefix: 'ticket' },
    dispositionId: { sql: 't.disposition_id', type: 'uuid', prefix: 'call_disposition' },
    startedAt: { sql: 't.started_at', type: 'timestamptz' },
    isMissed: { sql: '', type: 'boolean', build: isMissed },
  },
});

defineRecord({
  type: CallDisposition,
  name: 'callDispositions',
  prefix: 'call_disposition',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: { isActive: { sql: 't.is_active', type: 'boolean' } },
});
