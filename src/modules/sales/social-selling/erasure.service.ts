import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';

onErase(eraseSuggestions);

/** What was found in words that are no more goes with them. The posts were emptied before, by the module they belong to. */
async function eraseSuggestions(tx: Tx): Promise<string[]> {
  const erased = await tx.query<{ id: string }>(
    `delete from lead_suggestions s using posts p
      where s.organization_id = $1 and p.organization_id = s.organization_id and p.id = s.post_id and p.text = '' and p.deleted_at is not null
      returning s.id`,
    [tx.scope.organizationId],
  );
  return erased.map(({ id }) => id);
}
