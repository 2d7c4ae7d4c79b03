import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { storedId } from '../../platform/ids.js';
import { type Viewer, visibleId } from '../access/index.js';
import { endPriceBook } from '../sales/index.js';
import { decideCancelled } from './cancellation.service.js';
import { ErpConflict, ErpConflictState, ErpResolution } from './conflict.entity.js';
import type { ResolveErpConflictItem } from './conflict.inputs.js';
import { canonical, type FieldRules, isSame } from './conflict.rules.js';
import { ErpRecordKind } from './kinds.rules.js';
import { applyRecord, isShared, sharedMirror } from './mirror/applying.service.js';
import { keepLink, keyOf, lockLink } from './mirror/link.queries.js';
import { forgetWaiting, waitingRecord } from './mirror/waiting.service.js';
import { queueWrite } from './write.queue.js';

/** What is written by connections with these settings; for decisions that are to reach the ERP. */
export type WritesOf = (adapter: string, settings: Record<string, string>) => readonly string[];

/**
 * Decides a conflict, once: who comes second is told so by CONFLICT. What holds is kept here, and goes out where the connection
 * writes the kind. Throws `InputError`.
 */
export async function resolveErpConflict(
  tx: Tx,
  viewer: Viewer,
  { id, resolution, value }: ResolveErpConflictItem,
  writesOf: WritesOf,
): Promise<{ conflictId: string }> {
  const conflictId = await visibleId(tx, viewer, ErpConflict, id);
  // What is read of the ERP holds the link first, and then what is asked about it.
  await tx.query(
    `select 1 from erp_links l join erp_conflicts c on c.organization_id = l.organization_id and c.connection_id = l.connection_id
        and c.kind = l.kind and c.external_id = l.external_id
      where c.organization_id = $1 and c.id = $2 for update of l`,
    [tx.scope.organizationId, conflictId],
  );
  const [conflict] = await tx.query<ErpConflict>(
    `select id, connection_id as "connectionId", kind, external_id as "externalId", record_id as "recordId", field, label, ours, theirs, state
       from erp_conflicts where organization_id = $1 and id = $2 for update`,
    [tx.scope.organizationId, conflictId],
  );
  if (conflict?.state !== ErpConflictState.OPEN) throw invalid('id', 'It is decided already.', 'CONFLICT');
  if (resolution === ErpResolution.VALUE && (value === undefined || canonical(value).length > 10_000))
    throw invalid('value', 'Say what holds.', 'REQUIRED');
  const connection = await connectionOf(tx, conflict.connectionId);
  const writes = writesOf(connection.adapter, connection.settings);
  // Before anything is applied: what is compared anew must not ask again.
  await tx.query(
    `update erp_conflicts set state = 'RESOLVED', resolution = $3, resolved_value = $4, resolved_by = $5, resolved_at = now(), updated_at = now()
      where organization_id = $1 and id = $2`,
    [
      tx.scope.organizationId,
      conflictId,
      resolution,
      JSON.stringify(
        (resolution === 'VALUE' ? value : resolution === 'OURS' ? conflict.ours : conflict.theirs) ?? null,
      ),
      tx.scope.actor,
    ],
  );
  if (isShared(conflict.kind)) await decideField(tx, conflict, resolution, value, writes);
  else if (conflict.kind === ErpRecordKind.ORDER) await decideCancelled(tx, conflict, resolution, writes);
  else await decidePlace(tx, conflict, resolution, value, connection);
  await recordEvents(tx, [{ type: 'erp.changed', subjectId: conflict.connectionId }]);
  return { conflictId };
}

async function decideField(
  tx: Tx,
  { connectionId, kind, externalId, recordId, field, ours: seen, theirs }: ErpConflict,
  resolution: ErpResolution,
  value: unknown,
  writes: readonly string[],
): Promise<void> {
  const link = await lockLink(tx, connectionId, kind, externalId);
  if (!isShared(kind) || !link?.recordId || recordId === null)
    throw invalid('id', 'The record is no longer here.', 'NOT_FOUND');
  const mirror = sharedMirror(kind);
  const holds =
    resolution === ErpResolution.VALUE ? value : resolution === ErpResolution.THEIRS ? (theirs ?? null) : undefined;
  if (holds !== undefined) {
    const ours = await mirror.read(tx, link.recordId);
    if (!ours) throw invalid('id', 'The record was deleted here.', 'NOT_FOUND');
    // Who decides that ours gives way has seen what would be lost; the question shows it in a moment.
    if (!isSame(ours.fields[field], seen))
      throw invalid('id', 'It was changed here meanwhile. Look at it again and decide.', 'CONFLICT');
    await mirror.change(tx, link.recordId, { [field]: holds });
  }
  await keepLink(tx, connectionId, kind, { ...link, base: { ...link.base, [field]: theirs ?? null } });
  if (resolution !== ErpResolution.THEIRS && writes.includes(kind))
    await queueWrite(tx, connectionId, kind, link.recordId, keyOf(kind, link.recordId));
}

/** A price book has no place beside another one: it is left out, takes the other's place, or gets a segment of its own. */
async function decidePlace(
  tx: Tx,
  { connectionId, kind, externalId, ours }: ErpConflict,
  resolution: ErpResolution,
  value: unknown,
  connection: Connection,
): Promise<void> {
  const waiting = await waitingRecord(tx, connectionId, kind, externalId);
  if (resolution === ErpResolution.OURS || !waiting) {
    await forgetWaiting(tx, connectionId, kind, externalId);
    return;
  }
  if (resolution === ErpResolution.THEIRS) {
    const [other] = await tx.query<{ id: string }>(
      'select id from price_books where organization_id = $1 and name = $2 for update',
      [tx.scope.organizationId, ours],
    );
    if (other) await endPriceBook(tx, other.id);
  }
  if (resolution === ErpResolution.VALUE && (typeof value !== 'string' || !value.trim() || value.length > 100))
    throw invalid('value', 'Name the tag of customers that the price book is for.');
  const record = { ...waiting.record, ...(resolution === ErpResolution.VALUE && { segment: String(value).trim() }) };
  const applying = {
    connectionId,
    fieldRules: connection.fieldRules,
    writes: [],
    idPrefix: connection.idPrefix,
    isReplay: true,
  };
  const { effect, problem } = await applyRecord(tx, applying, kind, record);
  if (effect === 'CONFLICT' || effect === 'REFUSED')
    throw invalid('resolution', problem ?? 'There is still another price book in its place.', 'CONFLICT');
}

interface Connection {
  adapter: string;
  settings: Record<string, string>;
  fieldRules: FieldRules;
  idPrefix: string;
}

async function connectionOf(tx: Tx, connectionId: string): Promise<Connection> {
  const [row] = await tx.query<Connection>(
    `select adapter, settings, field_rules as "fieldRules", id_prefix as "idPrefix" from erp_connections
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, connectionId],
  );
  return row!;
}

/** Has a write that failed tried again, at once. Throws `InputError`. */
export async function retryErpWrite(tx: Tx, id: string): Promise<{ writeId: string; connectionId: string }> {
  const [row] = await tx.query<{ id: string; connectionId: string }>(
    `update erp_writes set state = 'QUEUED', attempts = 0, next_at = now(), updated_at = now()
      where organization_id = $1 and id = $2 and state in ('FAILED', 'QUEUED') returning id, connection_id as "connectionId"`,
    [tx.scope.organizationId, storedId('erp_write', id)],
  );
  if (!row) throw invalid('id', 'There is no such write that waits or failed, or you may not see it.', 'NOT_FOUND');
  return { writeId: row.id, connectionId: row.connectionId };
}
