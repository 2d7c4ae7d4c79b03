import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { Issue } from './change.js';
import type { Credentials } from './credentials/index.js';
import { checkCustomerOf, checkGrant } from './grants.rules.js';
import { checkedName } from './names.rules.js';
import type { Role } from './roles.js';
import type { Viewer } from './viewer.js';
import { namedId } from './visible.queries.js';

export interface ApiKeyRequest {
  name: string;
  role: Role;
  teamId?: string | null;
  customerId?: string | null;
  expiresAt?: Date | null;
}

/** Throws `InputError`: nobody makes a key above their own role. */
export async function createApiKey(
  tx: Tx,
  credentials: Credentials,
  viewer: Viewer,
  input: ApiKeyRequest,
  making: Issue<{ key: string }>,
): Promise<{ apiKeyId: string }> {
  const { organizationId } = tx.scope;
  const { role } = input;
  const name = checkedName('name', input.name);
  checkGrant(viewer, role);
  checkCustomerOf(role, input.customerId);
  const teamId = input.teamId ? await namedId(tx, viewer, 'team', input.teamId, 'teamId') : null;
  const customerId = input.customerId ? await namedId(tx, viewer, 'customer', input.customerId, 'customerId') : null;
  const apiKeyId = newId();
  const expiresAt = input.expiresAt ?? undefined;
  const { authKeyId, key, start } = await credentials.createApiKey({ organizationId, role, name, apiKeyId, expiresAt });
  making.undo(() => credentials.revokeApiKey(authKeyId));
  await tx.query(
    `insert into api_keys (organization_id, id, auth_key_id, name, role, start, team_id, customer_id, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [organizationId, apiKeyId, authKeyId, name, role, start, teamId, customerId, expiresAt ?? null],
  );
  making.tell({ key });
  return { apiKeyId };
}

/** Answers the credential as well, which is then to be deleted. A key revoked already stays so. */
export async function revokeApiKey(tx: Tx, viewer: Viewer, id: string) {
  const apiKeyId = await namedId(tx, viewer, 'api_key', id, 'id', 'update');
  const [key] = await tx.query<{ role: Role; authKeyId: string | null }>(
    'select role, auth_key_id as "authKeyId" from api_keys where organization_id = $1 and id = $2',
    [tx.scope.organizationId, apiKeyId],
  );
  checkGrant(viewer, key!.role, 'id');
  await tx.query(
    'update api_keys set revoked_at = coalesce(revoked_at, now()) where organization_id = $1 and id = $2',
    [tx.scope.organizationId, apiKeyId],
  );
  return { apiKeyId, authKeyId: key!.authKeyId };
}
