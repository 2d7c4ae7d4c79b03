import stopWords from 'stopwords-iso' with { type: 'json' };

const { en, es, pt } = stopWords;
const STOP_WORDS = new Set([...en, ...es, ...pt]);
const WORD = /[#＃]?[\p{L}][\p{L}\p{M}\p{N}_'’-]{2,}/gu;
const NOT_WORDS = /(?:https?:\/\/|www\.)\S+|[@＠][\p{L}\p{N}_.-]+/gu;

export interface SaidText {
  authorId: string;
  text: string;
}

/** The distinct words of a text that mean something, hashtags without their sign; links and handles are none. */
export function wordsOf(text: string): Set<string> {
  const words = text.replace(NOT_WORDS, ' ').toLowerCase().match(WORD) ?? [];
  return new Set(
    words
      .map(word => word.replace(/^[#＃]/, ''))
      // A contraction is as common as what it is short for.
      .filter(word => !STOP_WORDS.has(word) && !STOP_WORDS.has(word.replace(/['’].*$/, ''))),
  );
}

/** By how many different authors each word was said. */
export function authorsOfWords(texts: Iterable<SaidText>): Map<string, number> {
  const authors = new Map<string, Set<string>>();
  for (const { authorId, text } of texts)
    for (const word of wordsOf(text)) authors.set(word, (authors.get(word) ?? new Set()).add(authorId));
  return new Map([...authors].map(([word, { size }]) => [word, size]));
}

/**
 * The words that set a group apart: said by at least `fewest` of its authors, ordered by how much more often than among everybody
 * (log-odds with everybody as the prior; Monroe, Colaresi and Quinn 2008, equation 15, without its variance).
 * @param most how many are answered
 */
export function tellingWords(
  group: Map<string, number>,
  everybody: Map<string, number>,
  { fewest, most }: { fewest: number; most: number },
): string[] {
  const total = (counts: Map<string, number>) => counts.values().reduce((sum, count) => sum + count, 0);
  const [inGroup, inAll] = [total(group), total(everybody)];
  const oddsIn = (count: number, all: number) => Math.log((count + 0.5) / (all - count + 0.5));
  return [...group]
    .filter(([, count]) => count >= fewest)
    .map(([word, count]) => {
      const lift = oddsIn(count, inGroup) - oddsIn(everybody.get(word) ?? count, inAll);
      // Of two words as telling, the one that more people say.
      return { word, weight: lift * Math.sqrt(count) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word);
}
