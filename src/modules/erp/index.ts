import { ErpConflict } from './conflict.entity.js';
import { ErpConflictResolver } from './conflict.resolver.js';
import { ErpSystem } from './connection.entity.js';
import { ErpConnectionResolver } from './connection.resolver.js';
import { ErpConnectionChangeResolver } from './connection-change.resolver.js';
import { ErpCursor } from './cursor.entity.js';
import type { ErpDesk } from './desk.js';
import { ErpStreamResolver } from './erp.streams.js';
import { ErpLink } from './link.entity.js';
import { OrderErpResolver } from './order-erp.resolver.js';
import { ErpRun } from './run.entity.js';
import { ErpSecret } from './secret.entity.js';
import { ErpState } from './state.entity.js';
import { ErpWaiting } from './waiting.entity.js';
import { ErpWrite } from './write.entity.js';

export { askAboutCancelled } from './cancellation.service.js';
export { queueChanged } from './change.queue.js';
export type { FieldRules } from './conflict.rules.js';
export type { DryRun, ErpDesk } from './desk.js';
export {
  type Applied,
  type Applying,
  applyRecord,
  putAside,
} from './mirror/applying.service.js';
export { applyRecords } from './mirror/batch.service.js';
export { applyWaiting } from './mirror/retrying.service.js';
export { missingRecords } from './mirror/waiting.service.js';
export {
  type ClaimedWrite,
  claimWrite,
  outgoing,
  recordWritten,
  type Settled,
  settleWrite,
} from './outgoing.service.js';
export { problemOf, type StoredErpProblem } from './problem.rules.js';
export type { KindCounts, RunCounts } from './run.entity.js';
export { queueSync, queueWritingAt, SYNC_TASK, WRITE_TASK } from './write.queue.js';

import './records.js';
import './erasure.service.js';
import './export.queries.js';

/** Every stored class of this module, for TypeORM. */
export const erpEntities = [
  ErpSystem,
  ErpSecret,
  ErpState,
  ErpCursor,
  ErpLink,
  ErpWaiting,
  ErpConflict,
  ErpWrite,
  ErpRun,
];

/** Everything of this module that answers a field; without `desk` it makes the schema only. */
export const erpResolvers = (desk?: ErpDesk): object[] => [
  new ErpConnectionResolver(desk as ErpDesk),
  new ErpConnectionChangeResolver(desk as ErpDesk),
  new ErpConflictResolver(desk as ErpDesk),
  new ErpStreamResolver(),
  new OrderErpResolver(),
];
