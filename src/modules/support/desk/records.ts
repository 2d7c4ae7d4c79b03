import { defineRecord } from '../../../platform/schema/index.js';
import { CannedResponse } from './canned-response.entity.js';
import { TicketMacro } from './macro.entity.js';

defineRecord({
  type: CannedResponse,
  name: 'canned_responses',
  prefix: 'canned_response',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: TicketMacro,
  name: 'ticket_macros',
  prefix: 'macro',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});
