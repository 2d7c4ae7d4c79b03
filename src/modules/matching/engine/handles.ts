import { foldLetters } from './fold.js';

/**
 * What of a handle its owner chose: without the server ("maria@mastodon.social") or the domain a network gives everybody
 * ("maria.bsky.social"), in lower case, without accents.
 */
export function chosenPart(handle: string): string {
  const folded = foldLetters(handle.trim().replace(/^@/, ''));
  const [mailbox = ''] = folded.split('@');
  return /\.[a-z]{2,}\.[a-z]{2,}$/.test(mailbox) ? mailbox.split('.')[0]! : mailbox;
}

/** The letters of it alone: "maria.perez84" and "Maria_Perez" are both "mariaperez". */
export const lettersOf = (handle: string): string => handle.replace(/[^\p{L}]+/gu, '');

/** Its words, where dots, dashes and digits part them. */
export const wordsOfHandle = (handle: string): string[] => handle.split(/[^\p{L}]+/u).filter(word => word !== '');

/** The year of birth that its digits may be: "mperez84" is 1984. Null where they are none. */
export function yearOfHandle(handle: string): string | null {
  const found = handle.match(/(?:^|\D)(\d{2}|\d{4})(?:\D|$)/);
  if (!found) return null;
  const digits = found[1]!;
  if (digits.length === 4) return digits >= '1930' && digits <= '2015' ? digits : null;
  if (digits >= '40') return `19${digits}`;
  return digits <= '12' ? `20${digits}` : null;
}
