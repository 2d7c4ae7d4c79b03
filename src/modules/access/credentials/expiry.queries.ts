import type { Auth } from './auth.server.js';

const EXPIRING = ['session', 'verification', 'apikey', 'oauthAccessToken', 'oauthClientAssertion'] as const;

/** Deletes expired sessions, keys, tokens and links; answers how many rows went. */
export async function sweepExpired(auth: Auth): Promise<number> {
  const { adapter } = await auth.$context;
  const now = new Date();
  let deleted = 0;
  for (const model of EXPIRING) {
    deleted += await adapter.deleteMany({ model, where: [{ field: 'expiresAt', operator: 'lt', value: now }] });
  }
  return deleted;
}
