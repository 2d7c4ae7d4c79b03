import type pg from 'pg';
import type { Tx } from '../../platform/database/database.js';
import type { Network } from './networks.js';

/** Remembers, of posts that were deleted, those we do not have: they may still come, from a slower source. */
export async function rememberDeletions(tx: Tx, network: Network, externalIds: string[]): Promise<void> {
  await tx.query(
    `insert into post_tombstones (organization_id, network, external_id)
     select $1, $2, d.external_id from (select distinct unnest($3::text[]) as external_id) d
      where not exists (
        select 1 from posts p where p.organization_id = $1 and p.network = $2 and p.external_id = d.external_id)
     on conflict do nothing`,
    [tx.scope.organizationId, network, externalIds],
  );
}

/** Those of the external ids whose posts were deleted before they reached us. */
export async function deletedBefore(tx: Tx, network: Network, externalIds: string[]): Promise<string[]> {
  if (externalIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    'select external_id as id from post_tombstones where organization_id = $1 and network = $2 and external_id = any ($3)',
    [tx.scope.organizationId, network, externalIds],
  );
  return rows.map(row => row.id);
}

/** Forgets deletions older than `hours`, of every organisation: no source is that slow. */
export async function forgetDeletions(pool: pg.Pool, hours: number): Promise<void> {
  await pool.query('delete from post_tombstones where recorded_at < now() - make_interval(hours => $1)', [hours]);
}
