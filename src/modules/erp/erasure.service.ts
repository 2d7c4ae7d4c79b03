import type { Tx } from '../../platform/database/database.js';
import { onErase } from '../customers/index.js';
import { ERASED } from './mirror/link.queries.js';

/** Forgets what ERPs said of a customer, and hears no more of it: the ids alone stay, so that it is not brought back. */
onErase(async (tx: Tx, customerId: string) => {
  const values = [tx.scope.organizationId, customerId];
  const conflicts = await tx.query<{ id: string }>(
    `delete from erp_conflicts where organization_id = $1 and kind = 'CUSTOMER' and record_id = $2 returning id`,
    values,
  );
  await tx.query(
    `delete from erp_waiting w using erp_links l
      where w.organization_id = $1 and l.organization_id = $1 and l.connection_id = w.connection_id and l.kind = 'CUSTOMER'
        and l.record_id = $2 and (w.kind = 'CUSTOMER' and w.external_id = l.external_id or w.record ->> 'customerId' = l.external_id)`,
    values,
  );
  await tx.query(`delete from erp_writes where organization_id = $1 and kind = 'CUSTOMER' and record_id = $2`, values);
  await tx.query(
    `update erp_links set base = '{}', hash = '${ERASED}', record_id = null, updated_at = now()
      where organization_id = $1 and kind = 'CUSTOMER' and record_id = $2`,
    values,
  );
  return conflicts.map(({ id }) => id);
});
