const MARKS = /\p{M}+/gu;
/** Letters that do not come apart into a letter and a mark. */
const WHOLE: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };
const WHOLE_LETTERS = /[ßæœøđðþłı]/g;
const NOT_WORDS = /[^\p{L}\p{N}]+/gu;

/** Lower case without accents; letters in fancy type ("𝓜𝓪𝓻í𝓪") read as themselves (NFKD). */
export function foldLetters(raw: string): string {
  return raw
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(WHOLE_LETTERS, letter => WHOLE[letter]!);
}

/** The same as words with single spaces between: everything that is neither letter nor digit parts words. */
export function foldWords(raw: string): string {
  // An apostrophe joins: O'Brien is one name.
  return foldLetters(raw)
    .replace(/['’`´]/g, '')
    .replace(NOT_WORDS, ' ')
    .trim();
}

/**
 * How a word sounds, roughly, to readers of Spanish, Portuguese and English: letters that are confused fall together, vowels
 * after the first go. Coarser than any one language's key, as it only gathers candidates.
 */
export function soundOf(word: string): string {
  const spelt = word
    .replace(/^h/, '')
    .replace(/ph/g, 'f')
    .replace(/[sc]h/g, 'x')
    .replace(/gu(?=[ei])/g, 'g')
    .replace(/(?:qu|ck|k|q)/g, 'c')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/g(?=[eiy])/g, 'j')
    .replace(/(?:ll|y)/g, 'i')
    .replace(/[zç]/g, 's')
    .replace(/v|w/g, 'b')
    .replace(/nh|nn/g, 'n')
    .replace(/h/g, '');
  return (
    (spelt[0] ?? '') +
    spelt
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}
