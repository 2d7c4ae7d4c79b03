import type { Tx } from '../../platform/database/database.js';
import { isSame, type SharedKind } from './conflict.rules.js';
import { sharedMirror } from './mirror/applying.service.js';

const MOST = 200;

/** Shows in what is asked how our records are by now; what has become the same on both sides is asked no more. */
export async function refreshQuestions(tx: Tx, connectionId: string): Promise<void> {
  const open = await tx.query<{ id: string; kind: SharedKind; recordId: string; field: string; theirs: unknown }>(
    `select c.id, c.kind, c.record_id as "recordId", c.field, c.theirs from erp_conflicts c
       left join customers t on c.kind = 'CUSTOMER' and t.organization_id = c.organization_id and t.id = c.record_id
       left join products p on c.kind = 'PRODUCT' and p.organization_id = c.organization_id and p.id = c.record_id
      where c.organization_id = $1 and c.connection_id = $2 and c.state = 'OPEN'
        and coalesce(t.updated_at, p.updated_at) > c.updated_at
      order by c.id limit ${MOST}`,
    [tx.scope.organizationId, connectionId],
  );
  for (const { id, kind, recordId, field, theirs } of open) {
    const ours = (await sharedMirror(kind).read(tx, recordId))?.fields[field];
    const isOver = isSame(ours, theirs);
    await tx.query(
      `update erp_conflicts set ours = $3, updated_at = clock_timestamp(), state = case when $4 then 'OBSOLETE' else state end,
              resolved_at = case when $4 then now() end
        where organization_id = $1 and id = $2 and state = 'OPEN'`,
      [tx.scope.organizationId, id, ours == null ? null : JSON.stringify(ours), isOver],
    );
  }
}
