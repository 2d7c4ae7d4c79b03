import { defineRecord } from '../../platform/schema/index.js';
import { ErpConflict } from './conflict.entity.js';
import { ErpSystem } from './connection.entity.js';
import { ErpRun } from './run.entity.js';
import { ErpWrite } from './write.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;
const connectionId = { sql: 't.connection_id', type: 'uuid', prefix: 'erp_connection' } as const;

export const erpConnectionRecord = defineRecord({
  type: ErpSystem,
  name: 'erpConnections',
  prefix: 'erp_connection',
  visibility: 'ERP',
  orders: { CREATED_AT: createdAt },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: {},
});

export const erpConflictRecord = defineRecord({
  type: ErpConflict,
  name: 'erpConflicts',
  prefix: 'erp_conflict',
  visibility: 'ERP_CONFLICT',
  orders: { CREATED_AT: createdAt },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    connectionId,
    kind: { sql: 't.kind', type: 'text' },
    state: { sql: 't.state', type: 'text' },
    field: { sql: 't.field', type: 'text' },
    externalId: { sql: 't.external_id', type: 'text' },
  },
});

export const erpWriteRecord = defineRecord({
  type: ErpWrite,
  name: 'erpWrites',
  prefix: 'erp_write',
  visibility: 'ERP',
  orders: { CREATED_AT: createdAt },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    connectionId,
    kind: { sql: 't.kind', type: 'text' },
    state: { sql: 't.state', type: 'text' },
    key: { sql: 't.key', type: 'text' },
  },
});

export const erpRunRecord = defineRecord({
  type: ErpRun,
  name: 'erpRuns',
  prefix: 'erp_run',
  visibility: 'ERP',
  orders: { STARTED_AT: { sql: 't.started_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'STARTED_AT', direction: 'DESC' }],
  filters: { connectionId, state: { sql: 't.state', type: 'text' } },
});
