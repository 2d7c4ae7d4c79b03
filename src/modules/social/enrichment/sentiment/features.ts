import { type LexiconReading, readByLexicon } from './lexicon.rules.js';
import { SENTIMENT_LABELS } from './sentiment.types.js';
import type { Token } from './tokens.js';

/** Hashes are spread over 2^22 places; only those a model has seen are stored. */
export const HASH_BITS = 22;
const HASH_MASK = (1 << HASH_BITS) - 1;

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 4;
const MOST_TOKENS = 400;
const LONGEST_WORD = 40;

/** What a text shows to a model. `hashes`, `counts`, `owners` run in parallel, words and word pairs before letter groups. */
export interface TextFeatures {
  hashes: Int32Array;
  counts: Float32Array;
  /** The token each feature comes from (a pair's first), for telling which words decided. */
  owners: Int32Array;
  /** How many of them are words and pairs; the rest are letter groups. Each part is brought to length 1 by itself. */
  wordFeatures: number;
  dense: Float64Array;
  reading: LexiconReading;
}

export const DENSE_FEATURES = 13;

export function featuresOf(text: string, language: string): TextFeatures {
  const reading = readByLexicon(text, language);
  const tokens = reading.tokens.filter(({ kind }) => kind !== 'break').slice(0, MOST_TOKENS);
  const words = new Collector();
  const grams = new Collector();
  for (let at = 0; at < tokens.length; at++) {
    const name = nameOf(tokens[at]!);
    words.add(hash(name, 1), at);
    if (at + 1 < tokens.length) words.add(hash(`${name} ${nameOf(tokens[at + 1]!)}`, 2), at);
    if (tokens[at]!.kind === 'word') addGrams(grams, `_${name}_`, at);
  }
  return {
    hashes: Int32Array.from([...words.hashes, ...grams.hashes]),
    counts: Float32Array.from([...words.counts, ...grams.counts]),
    owners: Int32Array.from([...words.owners, ...grams.owners]),
    wordFeatures: words.hashes.length,
    dense: denseOf(reading, tokens),
    // Explanations need the tokens exactly as the owners count them.
    reading: { ...reading, tokens },
  };
}

/** Counts each hash once per text, remembering where it was first met. */
class Collector {
  readonly hashes: number[] = [];
  readonly counts: number[] = [];
  readonly owners: number[] = [];
  private readonly places = new Map<number, number>();

  add(value: number, owner: number): void {
    const place = this.places.get(value);
    if (place !== undefined) {
      this.counts[place]!++;
      return;
    }
    this.places.set(value, this.hashes.length);
    this.hashes.push(value);
    this.counts.push(1);
    this.owners.push(owner);
  }
}

function nameOf(token: Token): string {
  if (token.kind === 'marks') return token.text.includes('?') ? '?' : '!';
  return token.text.slice(0, LONGEST_WORD);
}

/** Letter groups inside one word, so that endings and misspellings share what was learned. */
function addGrams(grams: Collector, padded: string, owner: number): void {
  for (let start = 0; start < padded.length; start++) {
    let value = 0x811c9dc5 ^ 3;
    const end = Math.min(padded.length, start + LONGEST_GRAM);
    for (let at = start; at < end; at++) {
      value = Math.imul(value ^ padded.charCodeAt(at), 0x01000193);
      if (at - start + 1 >= SHORTEST_GRAM) grams.add(spread(value), owner);
    }
  }
}

/** FNV-1a over UTF-16 units, salted by the kind of feature. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return spread(value);
}

function spread(value: number): number {
  return (value ^ (value >>> HASH_BITS)) & HASH_MASK;
}

function denseOf(reading: LexiconReading, tokens: Token[]): Float64Array {
  const dense = new Float64Array(DENSE_FEATURES);
  dense[0] = reading.score;
  dense[1] = Math.log1p(reading.positive);
  dense[2] = Math.log1p(reading.negative);
  dense[3 + SENTIMENT_LABELS.indexOf(reading.label)] = 1;
  dense[6] = Math.log1p(reading.exclamations);
  dense[7] = Math.log1p(reading.questions);
  dense[8] = Math.log1p(reading.shouted);
  dense[9] = Math.log1p(reading.negators);
  dense[10] = Math.log1p(tokens.length);
  dense[11] = reading.hits.length === 0 ? 1 : 0;
  dense[12] = Math.log1p(tokens.filter(({ kind }) => kind === 'emoji').length);
  return dense;
}
