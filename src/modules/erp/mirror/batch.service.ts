import type { ErpKind, ErpRecords } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { InputError, sqlState } from '../../../platform/errors.js';
import type { FieldValues, SharedKind } from '../conflict.rules.js';
import {
  type Applied,
  type Applying,
  applyRecord,
  hashOf,
  isOld,
  isShared,
  labelOf,
  sharedMirror,
} from './applying.service.js';
import { keepNewLinks, lockLinks } from './link.queries.js';

/**
 * As `applyRecord` for each, in their order, but what is known already costs nothing, and what is new for certain is kept in a few
 * statements: a first reading and a whole file told again are the common cases.
 */
export async function applyRecords<Kind extends ErpKind>(
  tx: Tx,
  applying: Applying,
  kind: Kind,
  records: readonly ErpRecords[Kind][],
): Promise<Applied[]> {
  const counts = Map.groupBy(records, record => record.externalId);
  const links = await lockLinks(tx, applying.connectionId, kind, [...counts.keys()]);
  const done = new Map<ErpRecords[Kind], Applied>();
  const fresh: ErpRecords[Kind][] = [];
  for (const record of records) {
    // Told twice in one part: the second is compared with what came of the first.
    if (counts.get(record.externalId)!.length > 1) continue;
    const link = links.get(record.externalId);
    if (!link && !record.isGone) fresh.push(record);
    if (link && isOld(link, record, hashOf(record), applying.isReplay))
      done.set(record, { ...aboutOf(kind, record), effect: 'UNCHANGED' });
  }
  if (isShared(kind))
    for (const [record, applied] of await createAll(tx, applying, kind, fresh as ErpRecords[SharedKind][]))
      done.set(record as ErpRecords[Kind], applied);
  const applied: Applied[] = [];
  for (const record of records) applied.push(done.get(record) ?? (await applyRecord(tx, applying, kind, record)));
  return applied;
}

const aboutOf = (kind: ErpKind, record: ErpRecords[ErpKind]) => ({
  kind,
  externalId: record.externalId,
  label: labelOf(record),
  fields: [],
  conflicts: 0,
});

/** Keeps those that are like nothing here. Answers what became of them; the others are left to be looked at one by one. */
async function createAll(
  tx: Tx,
  { connectionId }: Applying,
  kind: SharedKind,
  records: readonly ErpRecords[SharedKind][],
): Promise<Map<ErpRecords[SharedKind], Applied>> {
  const mirror = sharedMirror(kind);
  const kept = new Map<ErpRecords[SharedKind], Applied>();
  if (records.length < 2) return kept;
  await tx.query('savepoint records');
  try {
    const told: { record: ErpRecords[SharedKind]; fields: FieldValues }[] = [];
    for (const [at, fields] of (await mirror.fieldsOfAll(tx, records)).entries())
      if (fields) told.push({ record: records[at]!, fields });
    const strangers = await mirror.strangers(tx, told);
    const ids = await mirror.createAll(
      tx,
      strangers.map(({ fields }) => fields),
    );
    const created = strangers.flatMap((stranger, at) => (ids[at] ? [{ ...stranger, recordId: ids[at] }] : []));
    await keepNewLinks(
      tx,
      connectionId,
      kind,
      created.map(({ record, recordId, fields }) => ({
        externalId: record.externalId,
        recordId,
        base: fields,
        hash: hashOf(record),
        changedThereAt: record.updatedAt ? new Date(record.updatedAt) : null,
        isGone: false,
      })),
    );
    for (const { record, fields } of created)
      kept.set(record, { ...aboutOf(kind, record), effect: 'CREATED', fields: Object.keys(fields) });
    await tx.query('release savepoint records');
    return kept;
  } catch (error) {
    // One of them is not as it must be, or somebody else made it just now: each is tried by itself.
    if (!(error instanceof InputError) && !/^2[23]/.test(sqlState(error) ?? '')) throw error;
    await tx.query('rollback to savepoint records');
    return new Map();
  }
}
