import type { ErpKind, ErpRecords } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import type { ErpReference } from './mirror.js';

/** What was read and cannot be applied yet, in the words of the ERP. */
export interface Waiting<Kind extends ErpKind = ErpKind> {
  kind: Kind;
  externalId: string;
  record: ErpRecords[Kind];
  problem: string | null;
}

/** Keeps a record until what it names is there, or somebody mends what is wrong. An older word never takes the place of a newer one. */
export async function keepWaiting(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  record: ErpRecords[ErpKind],
  why: { missing: ErpReference } | { problem: string },
): Promise<void> {
  const missing = 'missing' in why ? why.missing : null;
  await tx.query(
    `insert into erp_waiting as w (organization_id, connection_id, kind, external_id, record, missing_kind, missing_id, problem)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, connection_id, kind, external_id) do update
        set record = excluded.record, missing_kind = excluded.missing_kind, missing_id = excluded.missing_id, problem = excluded.problem,
            attempts = w.attempts + 1
      where coalesce(w.record ->> 'updatedAt', '') <= coalesce(excluded.record ->> 'updatedAt', '~')`,
    [
      tx.scope.organizationId,
      connectionId,
      kind,
      record.externalId,
      JSON.stringify(record),
      missing?.kind ?? null,
      missing?.externalId ?? null,
      'problem' in why ? why.problem.slice(0, 1000) : null,
    ],
  );
}

export async function forgetWaiting(tx: Tx, connectionId: string, kind: ErpKind, externalId: string): Promise<void> {
  await tx.query(
    'delete from erp_waiting where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4',
    [tx.scope.organizationId, connectionId, kind, externalId],
  );
}

/** As `forgetWaiting`, unless what waits is younger than `record`. */
export async function forgetOverdue(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  { externalId, updatedAt }: { externalId: string; updatedAt?: string | undefined },
): Promise<void> {
  await tx.query(
    `delete from erp_waiting where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4
        and coalesce(record ->> 'updatedAt', '') <= coalesce($5, '~')`,
    [tx.scope.organizationId, connectionId, kind, externalId, updatedAt ?? null],
  );
}

/** Those of a kind whose missing piece has come, the longest waiting first. */
export function readyToApply(tx: Tx, connectionId: string, kind: ErpKind, most: number): Promise<Waiting[]> {
  return tx.query<Waiting>(
    `select w.kind, w.external_id as "externalId", w.record, w.problem from erp_waiting w
      where w.organization_id = $1 and w.connection_id = $2 and w.kind = $3 and w.missing_kind is not null
        and exists (select 1 from erp_links l where l.organization_id = $1 and l.connection_id = $2 and l.kind = w.missing_kind
                       and l.external_id = w.missing_id and l.record_id is not null)
      order by w.created_at, w.external_id limit $4`,
    [tx.scope.organizationId, connectionId, kind, most],
  );
}

export async function waitingRecord(
  tx: Tx,
  connectionId: string,
  kind: ErpKind,
  externalId: string,
): Promise<Waiting | null> {
  const [row] = await tx.query<Waiting>(
    `select kind, external_id as "externalId", record, problem from erp_waiting
      where organization_id = $1 and connection_id = $2 and kind = $3 and external_id = $4`,
    [tx.scope.organizationId, connectionId, kind, externalId],
  );
  return row ?? null;
}

/** What waiting records name and was never told; each is asked for in five runs at most. */
export async function missingRecords(
  tx: Tx,
  connectionId: string,
  most: number,
): Promise<{ kind: ErpKind; externalId: string }[]> {
  const missing = await tx.query<{ kind: ErpKind; externalId: string }>(
    `select distinct w.missing_kind as kind, w.missing_id as "externalId" from erp_waiting w
      where w.organization_id = $1 and w.connection_id = $2 and w.missing_kind is not null and w.attempts < 5
        and not exists (select 1 from erp_links l where l.organization_id = $1 and l.connection_id = $2 and l.kind = w.missing_kind
                           and l.external_id = w.missing_id)
      order by 1, 2 limit $3`,
    [tx.scope.organizationId, connectionId, most],
  );
  await tx.query(
    `update erp_waiting set attempts = attempts + 1
      where organization_id = $1 and connection_id = $2 and (missing_kind, missing_id) in (select * from unnest($3::text[], $4::text[]))`,
    [
      tx.scope.organizationId,
      connectionId,
      missing.map(({ kind }) => kind),
      missing.map(({ externalId }) => externalId),
    ],
  );
  return missing;
}
