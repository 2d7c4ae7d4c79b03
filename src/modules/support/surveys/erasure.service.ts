import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';

onErase(eraseAnswers);

/** What they answered stays counted, as nobody's; what they said beside it is emptied with their posts. */
async function eraseAnswers(tx: Tx, customerId: string): Promise<string[]> {
  const parameters = [tx.scope.organizationId, customerId];
  const responses = await tx.query<{ id: string }>(
    'update survey_responses set customer_id = null, post_id = null where organization_id = $1 and customer_id = $2 returning id',
    parameters,
  );
  await tx.query(
    `update survey_invitations set customer_id = null, token_digest = null, expires_at = least(expires_at, now()),
            state = case state when 'WAITING' then 'SKIPPED' else state end
      where organization_id = $1 and customer_id = $2`,
    parameters,
  );
  return responses.map(({ id }) => id);
}
