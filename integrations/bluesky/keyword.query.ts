/**
 * A keyword source's question: alternatives separated by `OR`; within one alternative every part must be there. A part is a
 * word, a #hashtag or a "quoted phrase": `panadería OR #pan OR "pan de masa madre"`.
 */
export type KeywordQuery = KeywordPart[][];

export interface KeywordPart {
  kind: 'phrase' | 'hashtag';
  /** Folded: no accents, lower case, single spaces. */
  text: string;
}

const MAX_PARTS = 50;
const SPACES = /\s+/gu;
const SEARCHABLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u;
/** Written without spaces between words, so a border cannot be asked for. */
const BORDERLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Reads a query as a person writes it. Throws a plain `Error` that says what is wrong with it. */
export function parseKeywordQuery(query: string): KeywordQuery {
  const tokens = query.matchAll(/"([^"]*)"|“([^”]*)”|(\S+)/gu);
  const alternatives: KeywordQuery = [[]];
  for (const [, straight, curly, bare] of tokens) {
    if (bare === 'OR') {
      alternatives.push([]);
      continue;
    }
    if (bare?.includes('"')) throw new Error('A quotation mark is not closed');
    alternatives.at(-1)?.push(parsePart(straight ?? curly ?? bare ?? ''));
  }
  if (alternatives.length === 1 && alternatives[0]?.length === 0)
    throw new Error('Write at least one word to look for');
  if (alternatives.some(parts => parts.length === 0)) throw new Error('There must be a word on both sides of OR');
  if (alternatives.flat().length > MAX_PARTS)
    throw new Error(`At most ${MAX_PARTS} words and phrases can be followed at once`);
  return alternatives;
}

function parsePart(written: string): KeywordPart {
  const hashtag = /^[#＃](.+)$/u.exec(written)?.[1];
  const text = fold(hashtag ?? written).trim();
  if (!SEARCHABLE.test(text)) throw new Error(`“${written}” has no letter, digit or emoji to look for`);
  return { kind: hashtag ? 'hashtag' : 'phrase', text };
}

/** Accents, case and width do not count. Only the marks U+0300–U+036F are dropped: others change letters in their scripts. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(SPACES, ' ');
}

/** Does the text, or one of the post's hashtags (given without `#`), answer the query? Whole words only. */
export function matchesKeywords(query: KeywordQuery, text: string, hashtags: readonly string[]): boolean {
  const foldedText = fold(text);
  const foldedTags = hashtags.map(fold);
  return query.some(parts =>
    parts.every(part => {
      if (part.kind === 'phrase') return containsWords(foldedText, part.text) || foldedTags.includes(part.text);
      return foldedTags.includes(part.text) || containsWords(foldedText, `#${part.text}`);
    }),
  );
}

function containsWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (
      hasBorder(before(text, at), first(words)) &&
      hasBorder(first(text.slice(at + words.length)), before(words, words.length))
    ) {
      return true;
    }
  }
  return false;
}

/** Is there a border between a character of the text and the neighbouring end of the words looked for? */
function hasBorder(neighbour: string, end: string): boolean {
  return !WORD_CHARACTER.test(neighbour) || !WORD_CHARACTER.test(end) || BORDERLESS.test(end);
}

function first(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function before(text: string, at: number): string {
  return Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
}
