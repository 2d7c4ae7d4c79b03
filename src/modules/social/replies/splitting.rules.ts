/** No thread of ours is longer. */
export const MOST_PARTS = 25;

/**
 * Cuts a text into parts that each fit, as few and as long as possible: between sentences where it can, else between words,
 * else between characters as people see them. Null when more than `MOST_PARTS` would be needed, or when one character is too
 * long already. Asks `fits` a few dozen times a part, and never for much more than twice as much as fits: to measure a long text
 * takes some networks' libraries seconds.
 */
export function splitText(text: string, fits: (part: string) => boolean): string[] | null {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    if (parts.length === MOST_PARTS) return null;
    const part = longestStart(rest, fits);
    if (part === null) return null;
    parts.push(part.trim());
    rest = rest.slice(part.length).trim();
  }
  return parts.length > 0 ? parts : null;
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const CUTS: ((text: string) => string[])[] = [
  text => [...sentences.segment(text)].map(({ segment }) => segment),
  // With the spaces behind them; an address stays whole.
  text => text.match(/\S+\s*/gu) ?? [],
  text => [...characters.segment(text)].map(({ segment }) => segment),
];

/** The longest beginning that fits, ending where the roughest cut that helps allows; null when not even a character fits. */
function longestStart(text: string, fits: (part: string) => boolean): string | null {
  let size = SHORTEST_PROBE;
  // Longer texts never fit where shorter ones do not.
  while (size < text.length && fits(text.slice(0, size).trim())) size *= 2;
  if (size >= text.length && fits(text)) return text;
  const head = text.slice(0, size);
  for (const cut of CUTS) {
    const pieces = cut(head);
    const start = (count: number) => pieces.slice(0, count).join('');
    let [most, tooMany] = [0, pieces.length + 1];
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (fits(start(middle).trim())) most = middle;
      else tooMany = middle;
    }
    if (most > 0) return start(most);
  }
  return null;
}

/** In UTF-16 units; no network's limit is much lower. */
const SHORTEST_PROBE = 128;
