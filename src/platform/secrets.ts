import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';

/** Derives independent keys from one root, so that no purpose can be played off against another (HKDF, RFC 5869). */
export interface KeyRing {
  key(purpose: string): Buffer;
}

/** The root is `configured`, or else made once and kept in the database, where only its owner can read it. */
export async function openKeyRing(system: Pool, configured: string | undefined): Promise<KeyRing> {
  const root = configured ?? (await storedRoot(system));
  return { key: purpose => Buffer.from(hkdfSync('sha256', root, 'vinculo', purpose, 32)) };
}

/** A digest under a key (HMAC, RFC 2104): the same for the same text, and of no use to who does not have the key. */
export const digestWith =
  (key: Buffer) =>
  (text: string): string =>
    createHmac('sha256', key).update(text).digest('base64url');

async function storedRoot(system: Pool): Promise<string> {
  await system.query("insert into instance_secrets (name, value) values ('root', $1) on conflict do nothing", [
    randomBytes(32).toString('base64url'),
  ]);
  const { rows } = await system.query<{ value: string }>("select value from instance_secrets where name = 'root'");
  return rows[0]!.value;
}

/** Compares without telling by its time how much was right: digests are equally long, whatever was said. */
export function isSameSecret(said: string, known: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(said), digest(known));
}
