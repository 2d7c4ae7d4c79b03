import type { ErpKind } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { type Applied, type Applying, applyRecord } from './applying.service.js';
import { readyToApply } from './waiting.service.js';

/** Applies what waited for something that has come since. Answers what became of it; each is tried once. */
export async function applyWaiting(tx: Tx, applying: Applying, kind: ErpKind, most: number): Promise<Applied[]> {
  const applied: Applied[] = [];
  // It may be kept in part already, under the same hash.
  for (const { record } of await readyToApply(tx, applying.connectionId, kind, most))
    applied.push(await applyRecord(tx, { ...applying, isReplay: true }, kind, record));
  return applied;
}
