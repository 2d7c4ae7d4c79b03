import { defineRecord } from '../../../platform/schema/index.js';
import { LeadSuggestion } from './suggestion.entity.js';

defineRecord({
  type: LeadSuggestion,
  name: 'leadSuggestions',
  prefix: 'lead_suggestion',
  visibility: 'LEAD_SUGGESTION',
  orders: {
    STRENGTH: { sql: 't.strength', type: 'double precision', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'lead_suggestion' },
    state: { sql: 't.state', type: 'text' },
    strength: { sql: 't.strength', type: 'real' },
    language: { sql: 't.language', type: 'text' },
    identityId: { sql: 't.identity_id', type: 'uuid', prefix: 'identity' },
    postId: { sql: 't.post_id', type: 'uuid', prefix: 'post' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
  },
});
