import { InputError, invalid } from '../../platform/errors.js';
import type { Access } from './access.service.js';
import type { NewUser } from './credentials/index.js';
import { checkPassword } from './names.rules.js';

/** A login that is about to become a member's. */
export interface Login {
  /** Makes the login where there is none, and takes it back when `work` fails and nobody else uses it. */
  use<Result>(work: (userId: string) => Promise<Result>): Promise<Result>;
}

/**
 * Looks at everything that can be wrong before a one-time link is spent. Somebody who signs in to another organisation already
 * proves it by the password they have: a link made by one organisation must not open what belongs to another.
 * Throws `InputError`, and RATE_LIMITED after too many wrong passwords.
 */
export async function openLogin(access: Access, user: NewUser, clientIp: string): Promise<Login> {
  const { credentials } = access;
  checkPassword(user.password);
  const known = await credentials.findUser(user.email);
  const isInUse = known ? await isMember(access, known.userId) : false;
  if (known && isInUse) await provePassword(access, user, clientIp);
  return {
    async use(work) {
      if (known && isInUse) return work(known.userId);
      // A login that no member uses is what an attempt left behind that was cut off half-way.
      if (known) await credentials.setPassword(known.userId, user.password);
      const userId = known?.userId ?? (await credentials.createUser(user)).userId;
      try {
        return await work(userId);
      } catch (error) {
        if (!known && !(await isMember(access, userId))) await credentials.removeUser(userId);
        throw error;
      }
    },
  };
}

async function isMember({ database }: Access, userId: string): Promise<boolean> {
  const { rows } = await database.system.query('select 1 from members where user_id = $1 limit 1', [userId]);
  return rows.length > 0;
}

/** Signing in counts the attempts of an address. */
async function provePassword(
  { credentials, baseUrl }: Access,
  { email, password }: NewUser,
  clientIp: string,
): Promise<void> {
  const send = (path: string, headers: Record<string, string>, body: object) =>
    credentials.handler(
      new Request(`${baseUrl}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
      clientIp,
    );
  const answer = await send('sign-in/email', {}, { email, password });
  if (!answer.ok) {
    const message =
      answer.status === 429
        ? 'Too many attempts. Try again in a minute.'
        : 'You sign in to another organisation with this address already: give the password you have there.';
    throw new InputError(invalid('password', message, answer.status === 429 ? 'CONFLICT' : 'INVALID').problems);
  }
  const { token } = (await answer.json()) as { token: string };
  await send('sign-out', { authorization: `Bearer ${token}` }, {});
}
