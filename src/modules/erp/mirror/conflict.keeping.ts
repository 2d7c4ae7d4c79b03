import type { ErpKind } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';

export interface FoundConflict {
  field: string;
  label: string;
  ours: unknown;
  theirs: unknown;
  base: unknown;
}

/** Asks about each field once, with what both sides have now. Answers how many questions are new. */
export async function askAbout(
  tx: Tx,
  connectionId: string,
  record: { kind: ErpKind; externalId: string; recordId: string | null },
  found: readonly FoundConflict[],
): Promise<number> {
  let asked = 0;
  for (const { field, label, ours, theirs, base } of found) {
    const [row] = await tx.query<{ isNew: boolean }>(
      `insert into erp_conflicts as c (organization_id, id, connection_id, kind, external_id, record_id, field, label, ours, theirs, base)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (organization_id, connection_id, kind, external_id, field) where state = 'OPEN' do update
          set ours = excluded.ours, theirs = excluded.theirs, base = excluded.base, record_id = excluded.record_id,
              label = excluded.label, updated_at = now()
       returning created_at = updated_at and id = $2 as "isNew"`,
      [
        tx.scope.organizationId,
        newId(),
        connectionId,
        record.kind,
        record.externalId,
        record.recordId,
        field,
        label.slice(0, 300),
        ...[ours, theirs, base].map(value => (value == null ? null : JSON.stringify(value))),
      ],
    );
    if (row?.isNew) asked++;
  }
  return asked;
}

/** Questions about other fields than these have answered themselves. */
export async function dropQuestions(
  tx: Tx,
  connectionId: string,
  { kind, externalId }: { kind: ErpKind; externalId: string },
  stillAsked: readonly string[],
): Promise<void> {
  await tx.query(
    `update erp_conflicts set state = 'OBSOLETE', resolved_at = now(), updated_at = now()
      where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4 and state = 'OPEN' and field <> all ($5::text[])`,
    [tx.scope.organizationId, connectionId, kind, externalId, stillAsked],
  );
}

/** Fields of a record somebody must decide on. */
export async function openQuestions(
  tx: Tx,
  connectionId: string,
  { kind, externalId }: { kind: ErpKind; externalId: string },
): Promise<string[]> {
  const rows = await tx.query<{ field: string }>(
    `select field from erp_conflicts
      where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4 and state = 'OPEN'`,
    [tx.scope.organizationId, connectionId, kind, externalId],
  );
  return rows.map(row => row.field);
}
