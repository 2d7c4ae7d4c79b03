import { FACE_WEIGHTS, LEXICONS, type Lexicon, type LexiconLanguage } from './lexicon.js';
import { type DecidingWord, MOST_DECIDING_WORDS, type Sentiment, type SentimentLabel } from './sentiment.types.js';
import { type Token, tokenise } from './tokens.js';

// VADER's published constants (Hutto and Gilbert, 2014): none was fitted here.
const ALPHA = 15;
const NEGATION = -0.74;
const BOOST = 0.293;
const CAPITALS = 0.733;
const EXCLAMATION = 0.292;
const MOST_EXCLAMATIONS = 4;
const REACH = 3;
const THRESHOLD = 0.05;
// People write more kindly than they feel, so negative words count half as much again (SO-CAL; Taboada et al., 2011, section 2.5).
const NEGATIVE_BIAS = 1.5;
const BEFORE_CONTRAST = 0.5;
const AFTER_CONTRAST = 1.5;
// VADER rates a tweet or a sentence; the sum of a longer text is scaled to that length, or every article would be extreme.
const WORDS_OF_A_POST = 60;

export interface LexiconReading {
  label: SentimentLabel;
  score: number;
  positive: number;
  negative: number;
  hits: DecidingWord[];
  tokens: Token[];
  exclamations: number;
  questions: number;
  shouted: number;
  negators: number;
}

interface Hit extends DecidingWord {
  at: number;
}

/** Sentiment by word lists, for English, Spanish and Portuguese; other languages are read by their emoji alone. Never throws. */
export function lexiconSentiment(text: string, language: string): Sentiment {
  const { label, score, hits } = readByLexicon(text, language);
  return { label, score, words: strongest(hits), model: 'lexicon' };
}

/** The same with everything that was counted on the way, for models that build on it. */
export function readByLexicon(text: string, language: string): LexiconReading {
  const tokens = tokenise(text);
  const base = language.slice(0, 2).toLowerCase();
  if (base === 'en' || base === 'es' || base === 'pt') return readTokens(tokens, LEXICONS[base]);
  if (language !== 'und' && language !== '') return readTokens(tokens, undefined);
  // Too short to tell the language: the list that knows most of the words decides.
  let best: LexiconReading | undefined;
  for (const candidate of ['en', 'es', 'pt'] satisfies LexiconLanguage[]) {
    const reading = readTokens(tokens, LEXICONS[candidate]);
    if (!best || reading.positive + reading.negative > best.positive + best.negative) best = reading;
  }
  return best!;
}

function readTokens(tokens: Token[], lexicon: Lexicon | undefined): LexiconReading {
  const hits: Hit[] = [];
  const isMixedCase = tokens.some(({ kind, raw }) => kind === 'word' && raw !== raw.toUpperCase());
  let [exclamations, questions, shouted, negators, words, contrastAt] = [0, 0, 0, 0, 0, -1];
  let negatedUntil = -1;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'marks') {
      for (const mark of token.raw) {
        if (mark === '!') exclamations++;
        else if (mark === '?') questions++;
      }
      negatedUntil = -1;
    } else if (token.kind === 'break' || token.kind === 'handle') {
      negatedUntil = -1;
    } else if (token.kind !== 'word') {
      const weight = FACE_WEIGHTS.get(token.text);
      if (weight !== undefined) hits.push({ word: token.raw, weight, at });
    } else {
      words++;
      const isShouted = isMixedCase && isCapitals(token.raw);
      if (isShouted) shouted++;
      if (!lexicon) continue;
      const phrase = matchPhrase(tokens, at, lexicon);
      if (phrase) {
        if (phrase.weight !== 0) {
          const word = tokens
            .slice(at, at + phrase.length)
            .map(part => part.raw)
            .join(' ');
          hits.push({ word, weight: at <= negatedUntil ? phrase.weight * NEGATION : phrase.weight, at });
        }
        at += phrase.length - 1;
        words += phrase.length - 1;
        continue;
      }
      if (lexicon.contrasts.has(token.text)) {
        contrastAt = at;
        negatedUntil = -1;
        continue;
      }
      const isNegator = lexicon.negators.has(token.text) && !NOT_ONLY.has(`${token.text} ${tokens[at + 1]?.text}`);
      if (isNegator) {
        negators++;
        negatedUntil = at + REACH;
        continue;
      }
      const weight = weighWord(token, lexicon);
      if (weight === undefined || weight === 0) continue;
      const strength = Math.max(0.1, Math.abs(weight) + (isShouted ? CAPITALS : 0) + intensity(tokens, at, lexicon));
      const signed = Math.sign(weight) * strength;
      hits.push({ word: token.raw, weight: at <= negatedUntil ? signed * NEGATION : signed, at });
    }
  }
  return conclude({ tokens, hits, contrastAt, words, exclamations, questions, shouted, negators });
}

/** «No solo», «not only», «não só»: what follows is affirmed. */
const NOT_ONLY = new Set(['no solo', 'no solamente', 'not only', 'not just', 'nao so', 'nao somente', 'nao apenas']);

function conclude(counted: {
  tokens: Token[];
  hits: Hit[];
  contrastAt: number;
  words: number;
  exclamations: number;
  questions: number;
  shouted: number;
  negators: number;
}): LexiconReading {
  const { tokens, hits, contrastAt, words, exclamations, questions, shouted, negators } = counted;
  let [positive, negative] = [0, 0];
  for (const hit of hits) {
    if (contrastAt >= 0) hit.weight *= hit.at < contrastAt ? BEFORE_CONTRAST : AFTER_CONTRAST;
    if (hit.weight < 0) hit.weight *= NEGATIVE_BIAS;
    if (hit.weight > 0) positive += hit.weight;
    else negative -= hit.weight;
  }
  let sum = positive - negative;
  if (sum !== 0) sum += Math.sign(sum) * EXCLAMATION * Math.min(exclamations, MOST_EXCLAMATIONS);
  if (words > WORDS_OF_A_POST) sum *= WORDS_OF_A_POST / words;
  const score = sum / Math.sqrt(sum * sum + ALPHA);
  const label = score >= THRESHOLD ? 'POSITIVE' : score <= -THRESHOLD ? 'NEGATIVE' : 'NEUTRAL';
  return { label, score, positive, negative, hits, tokens, exclamations, questions, shouted, negators };
}

function matchPhrase(tokens: Token[], at: number, lexicon: Lexicon): { weight: number; length: number } | undefined {
  const phrases = lexicon.phrases.get(tokens[at]!.text);
  if (!phrases) return undefined;
  for (const { rest, weight } of phrases) {
    let matched = 0;
    while (matched < rest.length && isWord(tokens[at + 1 + matched], rest[matched]!)) matched++;
    if (matched === rest.length) return { weight, length: matched + 1 };
  }
  return undefined;
}

function isWord(token: Token | undefined, wanted: string): boolean {
  if (token?.kind !== 'word') return false;
  return wanted.endsWith('*') ? token.text.startsWith(wanted.slice(0, -1)) : token.text === wanted;
}

const ELONGATED = /(\p{L})\1{2,}/u;
const LAUGHTER = /^(?:a?(?:ja|je|ji|ha|he|hi){2,}[jh]?|k{3,}|(?:rs){2,}|huehue\w*|kakaka\w*)$/;
const LAUGHTER_WEIGHT = 1;

/** A word drawn out («goooood», «buenísimoooo») is looked up with its runs cut to two letters, then to one. */
function weighWord(token: Token, lexicon: Lexicon): number | undefined {
  const { text } = token;
  if (LAUGHTER.test(text)) return LAUGHTER_WEIGHT;
  const weight = lexicon.weightOf(text);
  if (weight !== undefined || !ELONGATED.test(text)) return weight;
  const drawn =
    lexicon.weightOf(text.replace(/(\p{L})\1{2,}/gu, '$1$1')) ?? lexicon.weightOf(text.replace(/(\p{L})\1+/gu, '$1'));
  return drawn === undefined ? undefined : drawn + Math.sign(drawn) * BOOST;
}

/** Adverbs of degree up to three words before, fading as in VADER, or right after («gosto muito»). */
function intensity(tokens: Token[], at: number, lexicon: Lexicon): number {
  let total = degree(tokens[at + 1], lexicon);
  for (let back = 1; back <= REACH; back++) {
    const token = tokens[at - back];
    if (token?.kind !== 'word') break;
    total += degree(token, lexicon) * (1 - 0.05 * (back - 1));
  }
  return total;
}

function degree(token: Token | undefined, lexicon: Lexicon): number {
  if (token?.kind !== 'word') return 0;
  if (lexicon.boosters.has(token.text)) return BOOST;
  return lexicon.dampeners.has(token.text) ? -BOOST : 0;
}

function isCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
}

/** Adds up repeats of a word and keeps the eight that weigh most. */
export function strongest(hits: readonly DecidingWord[]): DecidingWord[] {
  const weights = new Map<string, number>();
  for (const { word, weight } of hits) weights.set(word, (weights.get(word) ?? 0) + weight);
  return [...weights]
    .map(([word, weight]) => ({ word, weight: Math.round(weight * 1000) / 1000 }))
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_DECIDING_WORDS);
}
