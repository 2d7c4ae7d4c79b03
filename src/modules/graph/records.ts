import { defineRecord } from '../../platform/schema/index.js';
import { Community } from './community.entity.js';
import { GraphRun } from './graph-run.entity.js';

export const communityRecord = defineRecord({
  type: Community,
  name: 'communities',
  prefix: 'community',
  visibility: 'COMMUNITY',
  orders: {
    SIZE: { sql: 't.size', type: 'integer', nullable: false },
    ID: { sql: 't.id', type: 'uuid', nullable: false },
  },
  defaultOrder: [{ field: 'SIZE', direction: 'DESC' }],
  filters: {},
});

export const graphRunRecord = defineRecord({
  type: GraphRun,
  name: 'graphRuns',
  prefix: 'graph_run',
  orders: { REQUESTED_AT: { sql: 't.requested_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'REQUESTED_AT', direction: 'DESC' }],
  filters: {},
});
