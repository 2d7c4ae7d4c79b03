import type { Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { RENEW_TASK } from './renewal.rules.js';

/**
 * Renews access that the network refused, where nobody is needed for it: it may have ended early, or while nothing ran. False where
 * only its owner can, and for what was renewed a moment ago and is refused all the same. `credentialsAt` names what was refused.
 */
export async function renewEarly(tx: Tx, accountId: string, credentialsAt: string | null): Promise<boolean> {
  const { organizationId } = tx.scope;
  const renewed = await tx.query(
    `update accounts a set access_ends_at = least(access_ends_at, now()), access_renew_at = least(access_renew_at, now())
       from account_secrets v
      where a.organization_id = $1 and a.id = $2 and a.state = 'ACTIVE' and a.access_renew_at is not null
        and v.organization_id = $1 and v.account_id = a.id
        and (v.updated_at is distinct from $3::timestamptz or v.updated_at < now() - interval '1 minute') returning a.id`,
    [organizationId, accountId, credentialsAt],
  );
  if (renewed.length === 0) return false;
  await enqueue(tx, RENEW_TASK, { accountId }, { key: `renew:${accountId}` });
  return true;
}
