import { runWithTransaction } from '@better-auth/core/context';
import { z } from 'zod';
import { invalid, sqlState } from '../../../platform/errors.js';
import type { Auth } from './auth.server.js';
import type { NewUser } from './credentials.types.js';

const UNIQUE_VIOLATION = '23505';

/** E-mail addresses are unique in lower case. Throws `InputError` for an address that is none or is taken, and for a password too short or too long. */
export async function createUser(auth: Auth, { email, name, password }: NewUser): Promise<{ userId: string }> {
  const address = z.email().safeParse(email.trim().toLowerCase());
  if (!address.success) throw invalid('email', 'This is not an e-mail address.');
  const context = await auth.$context;
  const hashed = await hashPassword(auth, password);
  try {
    return await runWithTransaction(context.adapter, async () => {
      // Nothing is mailed: whoever handed the link over vouches for the address.
      const user = await context.internalAdapter.createUser(
        { email: address.data, name, emailVerified: true },
        { method: 'admin' },
      );
      await context.internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hashed,
      });
      return { userId: user.id };
    });
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION)
      throw invalid('email', 'Somebody uses this e-mail address already.', 'TAKEN');
    throw error;
  }
}

export async function findUser(auth: Auth, email: string): Promise<{ userId: string; name: string } | null> {
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(email.trim().toLowerCase());
  return found ? { userId: found.user.id, name: found.user.name } : null;
}

/** Sets a password without asking for the old one and ends every session of the user. */
export async function setPassword(auth: Auth, userId: string, password: string): Promise<void> {
  const context = await auth.$context;
  const hashed = await hashPassword(auth, password);
  await runWithTransaction(context.adapter, async () => {
    await context.internalAdapter.updatePassword(userId, hashed);
    await context.internalAdapter.deleteUserSessions(userId);
  });
}

export async function endSessions(auth: Auth, userId: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteUserSessions(userId);
}

/** Removes the login with its sessions and password. A user that is gone already is no error. */
export async function removeUser(auth: Auth, userId: string): Promise<void> {
  const { internalAdapter } = await auth.$context;
  await internalAdapter.deleteUserSessions(userId);
  await internalAdapter.deleteUser(userId);
}

async function hashPassword(auth: Auth, password: string): Promise<string> {
  const { password: rules } = await auth.$context;
  const { minPasswordLength: least, maxPasswordLength: most } = rules.config;
  if (password.length < least) throw invalid('password', `A password has at least ${least} characters.`);
  if (password.length > most) throw invalid('password', `A password has at most ${most} characters.`, 'TOO_LONG');
  return rules.hash(password);
}
