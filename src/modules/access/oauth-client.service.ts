import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Issue } from './change.js';
import type { Credentials } from './credentials/index.js';
import { checkGrant } from './grants.rules.js';
import { checkedName } from './names.rules.js';
import { Role } from './roles.js';
import type { Viewer } from './viewer.js';
import { namedId } from './visible.queries.js';

/** Throws `InputError`: nobody makes a client above their own role. */
export async function createOAuthClient(
  tx: Tx,
  credentials: Credentials,
  viewer: Viewer,
  input: { name: string; role: Role },
  making: Issue<{ clientSecret: string }>,
): Promise<{ oauthClientId: string }> {
  const { organizationId } = tx.scope;
  const { role } = input;
  const name = checkedName('name', input.name);
  checkGrant(viewer, role);
  if (role === Role.CUSTOMER)
    throw invalid('role', 'A client belongs to no customer. Make an API key for the customer instead.', 'NOT_ALLOWED');
  const { clientId, clientSecret } = await credentials.createOAuthClient({ organizationId, role, name });
  making.undo(() => credentials.revokeOAuthClient(clientId));
  const oauthClientId = newId();
  await tx.query('insert into oauth_clients (organization_id, id, client_id, name, role) values ($1, $2, $3, $4, $5)', [
    organizationId,
    oauthClientId,
    clientId,
    name,
    role,
  ]);
  making.tell({ clientSecret });
  return { oauthClientId };
}

/** Answers the credential as well, which is then to be deleted. A client revoked already stays so. */
export async function revokeOAuthClient(tx: Tx, viewer: Viewer, id: string) {
  const oauthClientId = await namedId(tx, viewer, 'oauth_client', id, 'id', 'update');
  const [client] = await tx.query<{ role: Role; clientId: string }>(
    'select role, client_id as "clientId" from oauth_clients where organization_id = $1 and id = $2',
    [tx.scope.organizationId, oauthClientId],
  );
  checkGrant(viewer, client!.role, 'id');
  await tx.query(
    'update oauth_clients set revoked_at = coalesce(revoked_at, now()) where organization_id = $1 and id = $2',
    [tx.scope.organizationId, oauthClientId],
  );
  return { oauthClientId, clientId: client!.clientId };
}
