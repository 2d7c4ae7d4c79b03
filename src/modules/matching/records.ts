import { defineRecord } from '../../platform/schema/index.js';
import { LinkSuggestion } from './suggestion.entity.js';

export const suggestionRecord = defineRecord({
  type: LinkSuggestion,
  name: 'linkSuggestions',
  prefix: 'suggestion',
  visibility: 'LINK_SUGGESTION',
  orders: {
    CONFIDENCE: { sql: 't.confidence', type: 'real', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'CONFIDENCE', direction: 'DESC' }],
  filters: {
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    identityId: { sql: 't.identity_id', type: 'uuid', prefix: 'identity' },
    state: { sql: 't.state', type: 'text' },
    minConfidence: {
      sql: '',
      type: 'real',
      build: (least, parameters) => `t.confidence >= ${parameters.add(least, 'real')}`,
    },
  },
});
