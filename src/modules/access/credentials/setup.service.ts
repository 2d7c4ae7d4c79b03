import { generateRandomString } from 'better-auth/crypto';
import { z } from 'zod';
import type { Auth } from './auth.server.js';
import type { Setup, SetupPurpose } from './credentials.types.js';

const TOKEN = /^[A-Za-z0-9]{43}$/;

const setupSchema = z.object({
  purpose: z.enum(['first-owner', 'invitation', 'password-reset']),
  organizationId: z.string().optional(),
  subject: z.string().optional(),
});

/** A token for a one-time link; only its digest is stored. It works for its own purpose, once, within `ttlSeconds`. */
export async function issueSetupToken(auth: Auth, setup: Setup & { ttlSeconds: number }): Promise<string> {
  const { internalAdapter } = await auth.$context;
  const token = generateRandomString(43, 'a-z', 'A-Z', '0-9');
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(setup.purpose, token),
    value: JSON.stringify(setupSchema.parse(setup)),
    expiresAt: new Date(Date.now() + setup.ttlSeconds * 1000),
  });
  return token;
}

/** What a token is for, leaving it usable: for showing the page before its form is sent. */
export async function readSetupToken(auth: Auth, purpose: SetupPurpose, token: string): Promise<Setup | null> {
  if (!TOKEN.test(token)) return null;
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findVerificationValue(identifierOf(purpose, token));
  return found && found.expiresAt > new Date() ? setupSchema.parse(JSON.parse(found.value)) : null;
}

/** Of any number of callers at once exactly one gets the payload; everybody else, and everybody too late, gets `null`. */
export async function consumeSetupToken(auth: Auth, purpose: SetupPurpose, token: string): Promise<Setup | null> {
  if (!TOKEN.test(token)) return null;
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.consumeVerificationValue(identifierOf(purpose, token));
  return found && found.expiresAt > new Date() ? setupSchema.parse(JSON.parse(found.value)) : null;
}

function identifierOf(purpose: SetupPurpose, token: string): string {
  return `setup:${purpose}:${token}`;
}
