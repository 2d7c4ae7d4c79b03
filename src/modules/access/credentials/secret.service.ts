import { defaultKeyHasher } from '@better-auth/api-key';
import { generateRandomString } from 'better-auth/crypto';
import { invalid } from '../../../platform/errors.js';
import { type Auth, CLIENT_SECRET_PREFIX, KEY_YEARS, OAUTH_SCOPES } from './auth.server.js';
import type { NewApiKey, NewOAuthClient } from './credentials.types.js';

/** The key itself is in this answer only; what is stored is its digest and `start`, its first ten characters, to tell keys apart by. */
export async function createApiKey(
  auth: Auth,
  { organizationId, role, name, apiKeyId, expiresAt }: NewApiKey,
): Promise<{ authKeyId: string; key: string; start: string }> {
  const expiresIn = expiresAt ? Math.floor((expiresAt.getTime() - Date.now()) / 1000) : undefined;
  if (expiresIn !== undefined && expiresIn < 1) throw invalid('expiresAt', 'The key would have expired already.');
  if (expiresIn !== undefined && expiresIn > KEY_YEARS * 365 * 86_400)
    throw invalid('expiresAt', `A key ends within ${KEY_YEARS} years; leave it out for one that does not.`);
  const created = await auth.api.createApiKey({
    // The plugin's word for the owner; its keys of users are not in use, ours belong to organisations.
    body: { userId: organizationId, name: shortened(name), expiresIn, metadata: { organizationId, role, apiKeyId } },
  });
  return { authKeyId: created.id, key: created.key, start: created.start ?? '' };
}

/** A key that is gone already is no error. */
export async function deleteApiKey(auth: Auth, authKeyId: string): Promise<void> {
  const { adapter } = await auth.$context;
  await adapter.delete({ model: 'apikey', where: [{ field: 'id', value: authKeyId }] });
}

/** The provider's own registration wants a signed-in user of better-auth, so the row it would write is written here. */
export async function createOAuthClient(
  auth: Auth,
  { organizationId, role, name, scopes = OAUTH_SCOPES }: NewOAuthClient,
): Promise<{ clientId: string; clientSecret: string }> {
  const unknown = scopes.filter(scope => !OAUTH_SCOPES.includes(scope));
  if (unknown.length || !scopes.length) throw invalid('scopes', `Choose out of: ${OAUTH_SCOPES.join(', ')}.`);
  const { adapter } = await auth.$context;
  const clientId = generateRandomString(32, 'a-z', 'A-Z', '0-9');
  const secret = generateRandomString(43, 'a-z', 'A-Z', '0-9');
  const now = new Date();
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId,
      clientSecret: await defaultKeyHasher(secret),
      name,
      redirectUris: [],
      grantTypes: ['client_credentials'],
      tokenEndpointAuthMethod: 'client_secret_basic',
      scopes,
      clientCredentialsScopes: scopes,
      metadata: { organizationId, role },
      createdAt: now,
      updatedAt: now,
    },
  });
  return { clientId, clientSecret: CLIENT_SECRET_PREFIX + secret };
}

/** Its opaque tokens go with it; a JWT is refused because its client is not found. */
export async function deleteOAuthClient(auth: Auth, clientId: string): Promise<void> {
  const { adapter } = await auth.$context;
  await adapter.delete({ model: 'oauthClient', where: [{ field: 'clientId', value: clientId }] });
}

/** The plugin refuses names over 200 characters; the full name is in our own row. */
function shortened(name: string): string {
  return name.slice(0, 200);
}
