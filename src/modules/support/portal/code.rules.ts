import { randomBytes, randomInt } from 'node:crypto';

/** What proves that a contact is theirs: a code of eight digits to be typed, or the token of a link. */
export const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');
export const newLinkToken = (): string => randomBytes(32).toString('base64url');

/** In two groups of four, as people read them out. */
export const shownCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** What was typed without what is between the digits. */
export const typedCode = (typed: string): string => typed.slice(0, 100).replace(/[\s.-]/g, '');
