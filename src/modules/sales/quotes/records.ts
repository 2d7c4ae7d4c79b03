import { defineRecord } from '../../../platform/schema/index.js';
import { Quote } from './quote.entity.js';

export const quoteRecord = defineRecord({
  type: Quote,
  name: 'quotes',
  prefix: 'quote',
  visibility: 'QUOTE',
  orders: {
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    NUMBER: { sql: 't.number', type: 'text', nullable: false },
    VALID_UNTIL: { sql: 't.valid_until', type: 'date', nullable: false },
    SENT_AT: { sql: 't.sent_at', type: 'timestamptz', nullable: true },
    TOTAL: { sql: 't.total', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'quote' },
    number: { sql: 't.number', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    total: { sql: 't.total', type: 'numeric' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    opportunityId: { sql: 't.opportunity_id', type: 'uuid', prefix: 'opportunity' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member', hideable: 'owner' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team', hideable: 'team' },
    validUntil: { sql: 't.valid_until', type: 'date' },
    sentAt: { sql: 't.sent_at', type: 'timestamptz' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});
