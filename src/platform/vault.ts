import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { KeyRing } from './secrets.js';

/** Keeps what only the server may read: JWE with AES-256-GCM (RFC 7516), each bound to what it belongs to. */
export interface Vault {
  /** `owner` is whose it is: sealed text of one owner does not open for another. */
  seal(values: Record<string, string>, owner: string): Promise<string>;
  /** Throws `SealBroken` when the key is not known any more, or the text was changed or belongs to somebody else. */
  open(sealed: string, owner: string): Promise<Record<string, string>>;
  /** Whether it was sealed with the key in force, rather than with one it replaced. */
  isCurrent(sealed: string): boolean;
}

/** What was sealed does not open. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Each key has 32 bytes. What was sealed with a previous one still opens; new things are sealed with the current one. */
export function openVault(current: Buffer, previous: readonly Buffer[] = []): Vault {
  const keys = new Map([current, ...previous].map(key => [nameOf(key), key]));
  const currentName = nameOf(current);
  return {
    seal: (values, owner) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(values)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: currentName, sub: owner })
        .encrypt(current),
    async open(sealed, owner) {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, header => {
        const key = keys.get(header.kid ?? '');
        if (!key) throw new SealBroken(`Sealed with the key ${header.kid}, which this server does not have.`);
        return key;
      }).catch(cause => {
        throw cause instanceof SealBroken ? cause : new SealBroken('It was changed since it was sealed.', { cause });
      });
      if (protectedHeader['sub'] !== owner) throw new SealBroken('Sealed for somebody else.');
      return JSON.parse(new TextDecoder().decode(plaintext));
    },
    isCurrent: sealed => decodeProtectedHeader(sealed).kid === currentName,
  };
}

/** As an installation is set up. What was sealed before it had a key of its own still opens. */
export function configuredVault(
  config: { CREDENTIALS_KEY?: Buffer | undefined; CREDENTIALS_KEYS_BEFORE: readonly Buffer[] },
  keys: KeyRing,
): Vault {
  const derived = keys.key('account credentials');
  return openVault(config.CREDENTIALS_KEY ?? derived, [...config.CREDENTIALS_KEYS_BEFORE, derived]);
}

/** A key is told apart by a digest of it, which gives nothing of it away. */
const nameOf = (key: Buffer): string =>
  createHash('sha256').update('vinculo key name').update(key).digest('hex').slice(0, 16);
