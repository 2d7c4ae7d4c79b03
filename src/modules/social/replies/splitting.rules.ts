/** No thread of ours is longer. */
export const MOST_PARTS = 25;

/**
 * Cuts a text into parts that each fit, as few and as long as possible: between sentences where it can, else between words,
 * else between characters as people see them. Null when more than `MOST_PARTS` would be needed, or when one character is too
 * long already.
 */
export function splitText(text: string, fits: (part: string) => boolean): string[] | null {
  const whole = text.trim();
  if (fits(whole)) return [whole];
  const parts: string[] = [];
  let current = '';
  // What does not fit into a part of its own is cut finer.
  const add = (piece: string, finer: ((text: string) => string[])[]): boolean => {
    if (piece.trim() === '' || fits((current + piece).trim())) {
      current += piece;
      return true;
    }
    if (fits(piece.trim())) {
      parts.push(current.trim());
      current = piece;
      return parts.length < MOST_PARTS;
    }
    const [cut, ...rest] = finer;
    return cut?.(piece).every(smaller => add(smaller, rest)) ?? false;
  };
  if (!sentencesOf(whole).every(sentence => add(sentence, [wordsOf, charactersOf]))) return null;
  if (current.trim() !== '') parts.push(current.trim());
  const said = parts.filter(part => part !== '');
  return said.length > 0 && said.length <= MOST_PARTS ? said : null;
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const sentencesOf = (text: string): string[] => [...sentences.segment(text)].map(({ segment }) => segment);
/** With the spaces behind them; an address stays whole. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*/gu) ?? [];
const charactersOf = (text: string): string[] => [...characters.segment(text)].map(({ segment }) => segment);
