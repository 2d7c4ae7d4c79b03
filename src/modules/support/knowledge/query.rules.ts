import { cleanLine } from '../../../platform/text.js';

const MOST_WORDS = 12;
const MOST_CHARACTERS = 200;

/** The words of what was typed, as far as they are looked for. */
export function wordsOf(typed: string): string[] {
  const line = cleanLine(typed.slice(0, 2000)).slice(0, MOST_CHARACTERS).toWellFormed();
  return (line.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS).map(word => word.slice(0, 60));
}

/** What looks like an address, or a number that is somebody's, of a telephone, a card, an order, whatever stands between its digits. */
const PERSONAL = /@|%40|(?:\p{N}[^\p{L}\p{N}]*){6,}/u;

/** What of a search is remembered, or null for what may tell who searched, or is too short to say anything. */
export function rememberedQuery(typed: string): string | null {
  if (PERSONAL.test(typed.normalize('NFKC'))) return null;
  const words = wordsOf(typed).join(' ').toLowerCase();
  return words.length < 3 ? null : words;
}

/** A match stands between these; no text that is kept has them. */
const [BEGIN, END] = ['\u0002', '\u0003'];

export interface ExcerptText {
  text: string;
  isMatch: boolean;
}

/** A headline, whose matches stand between U+0002 and U+0003, as its parts: nothing of it is ever read as markup. */
export function excerptOf(headline: string): ExcerptText[] {
  const [before = '', ...rest] = headline.split(BEGIN);
  const parts = rest.flatMap(piece => {
    const [match = '', after = ''] = piece.split(END);
    return [
      { text: match, isMatch: true },
      { text: after, isMatch: false },
    ];
  });
  return [{ text: before, isMatch: false }, ...parts].filter(({ text }) => text !== '');
}

export const LANGUAGES = ['en', 'es', 'pt'] as const;
export type ArticleLanguage = (typeof LANGUAGES)[number];

/** The language that is asked for, as far as we have it. */
export function languageAsked(wish: string | null | undefined, otherwise: string): ArticleLanguage {
  const of = (text: string) => LANGUAGES.find(language => language === text.slice(0, 2).toLowerCase());
  return of(wish ?? '') ?? of(otherwise) ?? 'en';
}

/** A name in addresses: small letters, digits and hyphens. Empty when nothing is left. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
}
