import type { ErpKind } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { publicId } from '../../../platform/ids.js';
import type { FieldValues, SharedKind } from '../conflict.rules.js';
import type { ErpReference, Resolved } from './mirror.js';

export interface StoredLink {
  externalId: string;
  /** Null: it is gone on one of the sides. */
  recordId: string | null;
  base: FieldValues;
  hash: string;
  changedThereAt: Date | null;
  isGone: boolean;
}

const COLUMNS = `external_id as "externalId", record_id as "recordId", base, hash, changed_there_at as "changedThereAt", is_gone as "isGone"`;

/** Ours was erased: what the ERP says of it is not heard again. */
export const ERASED = 'erased';

export async function lockLink(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  externalId: string,
): Promise<StoredLink | null> {
  const [row] = await tx.query<StoredLink>(
    `select ${COLUMNS} from erp_links
      where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4 for update`,
    [tx.scope.organizationId, connectionId, kind, externalId],
  );
  return row ?? null;
}

/** Those there are, by the ERP's id, held until the transaction ends. */
export async function lockLinks(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  externalIds: readonly string[],
): Promise<Map<string, StoredLink>> {
  const rows = await tx.query<StoredLink>(
    `select ${COLUMNS} from erp_links
      where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = any ($4::text[])
      order by external_id for update`,
    [tx.scope.organizationId, connectionId, kind, externalIds],
  );
  return new Map(rows.map(row => [row.externalId, row]));
}

/** Links of records of which nothing was known; what waited of them does so no more. */
export async function keepNewLinks(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  links: readonly StoredLink[],
): Promise<void> {
  await tx.query(
    `insert into erp_links (organization_id, connection_id, kind, external_id, record_id, base, hash, changed_there_at)
     select $1, $2, $3, l.* from jsonb_to_recordset($4)
         as l(external_id text, record_id uuid, base jsonb, hash text, changed_there_at timestamptz)`,
    [
      tx.scope.organizationId,
      connectionId,
      kind,
      JSON.stringify(
        links.map(({ externalId, recordId, base, hash, changedThereAt }) => ({
          external_id: externalId,
          record_id: recordId,
          base,
          hash,
          changed_there_at: changedThereAt,
        })),
      ),
    ],
  );
  await tx.query(
    `delete from erp_waiting where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = any ($4::text[])`,
    [tx.scope.organizationId, connectionId, kind, links.map(({ externalId }) => externalId)],
  );
}

/** By our record. */
export async function linkOf(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  recordId: string,
): Promise<StoredLink | null> {
  const [row] = await tx.query<StoredLink>(
    `select ${COLUMNS} from erp_links
      where organization_id = $1 and connection_id = $2 and kind = $3 and record_id = $4 for update`,
    [tx.scope.organizationId, connectionId, kind, recordId],
  );
  return row ?? null;
}

export async function keepLink(tx: Tx, connectionId: string, kind: ErpKind, link: StoredLink): Promise<void> {
  await tx.query(
    `insert into erp_links as l (organization_id, connection_id, kind, external_id, record_id, base, hash, changed_there_at, is_gone)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organization_id, connection_id, kind, external_id) do update
        set record_id = excluded.record_id, base = excluded.base, hash = excluded.hash, is_gone = excluded.is_gone,
            changed_there_at = coalesce(excluded.changed_there_at, l.changed_there_at), updated_at = now()`,
    [
      tx.scope.organizationId,
      connectionId,
      kind,
      link.externalId,
      link.recordId,
      JSON.stringify(link.base),
      link.hash,
      link.changedThereAt,
      link.isGone,
    ],
  );
}

export async function dropLink(tx: Tx, connectionId: string, kind: ErpKind, externalId: string): Promise<void> {
  await tx.query(
    'delete from erp_links where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4',
    [tx.scope.organizationId, connectionId, kind, externalId],
  );
}

/** Under which a product or customer of ours goes out, and by which an ERP that says no id of its own is asked for it. */
export const keyOf = (kind: SharedKind, recordId: string): string =>
  publicId(kind === 'PRODUCT' ? 'product' : 'customer', recordId);

/** Which of ours the named ones are; a customer that became another one is that other one. */
export async function resolve(
  tx: Tx,
  connectionId: string,
  references: readonly ErpReference[],
): Promise<Resolved & { missing: ErpReference[] }> {
  const rows =
    references.length === 0
      ? []
      : await tx.query<{ kind: ErpKind; externalId: string; recordId: string }>(
          `with recursive named as (
             select l.kind, l.external_id, l.record_id from unnest($3::text[], $4::text[]) as r(kind, external_id)
               join erp_links l on l.organization_id = $1 and l.connection_id = $2 and l.kind = r.kind and l.external_id = r.external_id
              where l.record_id is not null),
           followed as (
             select n.kind, n.external_id, n.record_id, 0 as steps from named n
             union all
             select f.kind, f.external_id, c.merged_into_id, f.steps + 1 from followed f
               join customers c on f.kind = 'CUSTOMER' and c.organization_id = $1 and c.id = f.record_id and c.merged_into_id is not null
              where f.steps < 20)
           select distinct on (kind, external_id) kind, external_id as "externalId", record_id as "recordId"
             from followed order by kind, external_id, steps desc`,
          [
            tx.scope.organizationId,
            connectionId,
            references.map(({ kind }) => kind),
            references.map(({ externalId }) => externalId),
          ],
        );
  const ids = new Map(rows.map(row => [`${row.kind} ${row.externalId}`, row.recordId]));
  return {
    idOf: (kind, externalId) => (externalId === undefined ? null : (ids.get(`${kind} ${externalId}`) ?? null)),
    missing: references.filter(({ kind, externalId }) => !ids.has(`${kind} ${externalId}`)),
  };
}
