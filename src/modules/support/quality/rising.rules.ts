import stopwords from 'stopwords-iso' with { type: 'json' };

/** A word or two, and in how many texts they stand. */
export interface RisingWords {
  words: string;
  now: number;
  before: number;
}

const STOP = new Set(['en', 'es', 'pt'].flatMap(language => (stopwords as Record<string, string[]>)[language] ?? []));
const LEAST = 3;

/** The words of a text and each two that follow one another, once each; what says nothing, such as "the", is left out. */
export function wordsIn(text: string): Set<string> {
  const found = new Set<string>();
  let before: string | null = null;
  for (const [word] of text.toLowerCase().matchAll(/https?:\/\/\S+|[@#]?[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)) {
    const counts = word.length > 2 && !/^(https?:|@|\d+$)/.test(word) && !STOP.has(word);
    if (counts) {
      found.add(word);
      if (before) found.add(`${before} ${word}`);
    }
    before = counts ? word : null;
  }
  return found;
}

/**
 * Words that stand in more texts than they used to, by Dunning's log-likelihood ratio (1993), the most telling first. Of two that
 * always come together only the longer is told.
 */
export function risingWords(now: readonly string[], before: readonly string[], most: number): RisingWords[] {
  const [counted, former] = [countOf(now), countOf(before)];
  const rising = [...counted]
    .filter(([, count]) => count >= LEAST)
    .map(([words, count]) => {
      const past = former.get(words) ?? 0;
      return { words, now: count, before: past, telling: likelihood(count, now.length, past, before.length) };
    })
    .filter(({ telling }) => telling > 3.84)
    .sort((a, b) => b.telling - a.telling || b.words.length - a.words.length);
  const pairs = new Map(
    rising
      .filter(({ words }) => words.includes(' '))
      .flatMap(({ words, now: count }) => words.split(' ').map(word => [word, count])),
  );
  return rising
    .filter(({ words, now: count }) => words.includes(' ') || (pairs.get(words) ?? 0) < count * 0.8)
    .slice(0, most)
    .map(({ telling: _telling, ...rest }) => rest);
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const words of wordsIn(text)) counts.set(words, (counts.get(words) ?? 0) + 1);
  return counts;
}

/** How much more often in `now` than in `before`; 0 where it is not more often. */
function likelihood(a: number, all: number, b: number, former: number): number {
  if (former === 0 || a / all <= b / former) return former === 0 ? a : 0;
  const expected = (a + b) / (all + former);
  const part = (seen: number, of: number) => (seen === 0 ? 0 : seen * Math.log(seen / (of * expected)));
  return 2 * (part(a, all) + part(b, former));
}
