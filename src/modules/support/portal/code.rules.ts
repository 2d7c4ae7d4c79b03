import { randomBytes, randomInt } from 'node:crypto';

/** What proves that a contact is theirs: a code of eight digits to be typed, or the token of a link. */
export const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');
export const newLinkToken = (): string => randomBytes(32).toString('base64url');

/** In two groups of four, as people read them out. */
export const shownCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** What was typed without what is between the digits. */
export const typedCode = (typed: string): string => typed.slice(0, 100).replace(/[\s.-]/g, '');

/**
 * The part of an address that one subscriber has: the whole of it in version 4, the first 64 bits in version 6, of which anybody
 * has as many addresses as they like.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::') as [string, string | undefined];
  const groups = head.split(':').filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':');
}
