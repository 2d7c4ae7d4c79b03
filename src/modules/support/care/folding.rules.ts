/** A text as it is compared: without accents, in lower case, one space between words. */
export const foldText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether a folded text holds a folded phrase as words of their own: "pan" is not in "pandemia". */
export function holdsPhrase(text: string, phrase: string): boolean {
  if (phrase === '') return false;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (isEdge(text, at - 1, phrase[0]!) && isEdge(text, at + phrase.length, phrase.at(-1)!)) return true;
  }
  return false;
}

/** A phrase that itself begins or ends with a mark, such as a hashtag, needs no edge there. */
const isEdge = (text: string, at: number, end: string): boolean =>
  !/[\p{L}\p{N}]/u.test(text[at] ?? ' ') || !/[\p{L}\p{N}]/u.test(end);
