import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';

onErase(eraseComplaints);

/** That there was a complaint, and how it was decided, stays in the register; what was said in it does not. */
async function eraseComplaints(tx: Tx, customerId: string): Promise<string[]> {
  const complaints = await tx.query<{ id: string }>(
    `update complaints set customer_id = null, wanted = null, answer = null, remedy = null, appeal_reason = null, appeal_answer = null,
            stage = case when stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED') then 'WITHDRAWN' else stage end,
            version = version + 1, updated_at = now()
      where organization_id = $1 and customer_id = $2 returning id`,
    [tx.scope.organizationId, customerId],
  );
  return complaints.map(({ id }) => id);
}
