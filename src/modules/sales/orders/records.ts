import { defineRecord } from '../../../platform/schema/index.js';
import { Order } from './order.entity.js';

export const orderRecord = defineRecord({
  type: Order,
  name: 'orders',
  prefix: 'order',
  visibility: 'ORDER',
  orders: {
    PLACED_AT: { sql: 't.placed_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    NUMBER: { sql: 't.number', type: 'text', nullable: false },
    TOTAL: { sql: 't.total', type: 'numeric', nullable: false },
  },
  defaultOrder: [{ field: 'PLACED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'order' },
    number: { sql: 't.number', type: 'text' },
    externalId: { sql: 't.external_id', type: 'text' },
    erpId: { sql: 't.erp_id', type: 'text' },
    erpNumber: { sql: 't.erp_number', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    channel: { sql: 't.channel', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    quoteId: { sql: 't.quote_id', type: 'uuid', prefix: 'quote' },
    opportunityId: { sql: 't.opportunity_id', type: 'uuid', prefix: 'opportunity' },
    placedAt: { sql: 't.placed_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});
