import { EMOTICON_WEIGHTS } from './emoji.words.js';

export type TokenKind = 'word' | 'emoji' | 'emoticon' | 'handle' | 'marks' | 'break';

export interface Token {
  kind: TokenKind;
  /** As written. */
  raw: string;
  /** Lower case, without accents (except on ñ) and with straight apostrophes. */
  text: string;
}

const EMOTICONS = Object.values(EMOTICON_WEIGHTS)
  .flatMap(list => list.split(' '))
  .sort((a, b) => b.length - a.length)
  .map(face => face.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  .join('|');

// Links and handles are taken whole, so that their letters are not read as words. Whom a post speaks to is kept for models: a brand's
// own posts lean one way.
const TOKEN = new RegExp(
  [
    '(?:https?:\\/\\/|www\\.)\\S{1,2000}',
    '(?<handle>[@＠][\\p{L}\\p{N}_.-]+)',
    `(?<emoticon>(?<![\\p{L}\\p{N}])(?:${EMOTICONS})(?![\\p{L}\\p{N}]))`,
    '(?<emoji>\\p{Extended_Pictographic})',
    "(?<word>\\d+\\/\\d+|[\\p{L}\\p{N}]\\p{M}*(?:[\\p{L}\\p{N}\\p{M}]|['’-](?=\\p{L}))*)",
    '(?<marks>[!?¡¿]+)',
    '(?<break>[.,;:…\\n()]+)',
  ].join('|'),
  'gu',
);

const MOST_CHARACTERS = 20_000;

/** Splits a text into words, faces and punctuation; text past 20,000 characters is not read, which bounds the time of a hostile post. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.slice(0, MOST_CHARACTERS).matchAll(TOKEN)) {
    const { word, emoji, emoticon, handle, marks, break: pause } = match.groups!;
    if (word !== undefined) pushWord(tokens, word);
    else if (emoji !== undefined) tokens.push({ kind: 'emoji', raw: emoji, text: emoji });
    else if (emoticon !== undefined) tokens.push({ kind: 'emoticon', raw: emoticon, text: emoticon });
    else if (handle !== undefined) tokens.push({ kind: 'handle', raw: handle, text: handle.toLowerCase() });
    else if (marks !== undefined) tokens.push({ kind: 'marks', raw: marks, text: marks });
    else if (pause !== undefined) tokens.push({ kind: 'break', raw: pause, text: pause });
  }
  return tokens;
}

/** «#MasterChefBR» is read as «Master Chef BR»: hashtags often hold the sentence's only opinion. */
function pushWord(tokens: Token[], raw: string): void {
  if (/\p{Ll}\p{Lu}/u.test(raw)) {
    for (const part of raw.split(/(?<=\p{Ll})(?=\p{Lu})/u)) tokens.push({ kind: 'word', raw: part, text: fold(part) });
  } else {
    tokens.push({ kind: 'word', raw, text: fold(raw) });
  }
}

const ONLY_ASCII = /^[\0-\x7f]*$/;

/** Lower case without accents, because people leave them out; ñ stays, it makes other words. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (ONLY_ASCII.test(lower)) return lower;
  return lower
    .replace(/’/g, "'")
    .normalize('NFD')
    .replace(/(?<!n)\u0303|[\u0300-\u0302\u0304-\u036f]/g, '')
    .normalize('NFC');
}
