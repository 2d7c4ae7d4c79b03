import type { Tx } from '../../../platform/database/database.js';

/** One writer at a time for an id of the ERP, until the transaction ends. */
export async function queueForMirror(tx: Tx, kind: string, rows: readonly { externalId: string }[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(lock) from (
       select distinct hashtextextended($1 || key, 0) as lock from unnest($2::text[]) as k(key) order by lock offset 0) ordered`,
    [`${tx.scope.organizationId}:mirror:${kind}:`, rows.map(({ externalId }) => externalId)],
  );
}
