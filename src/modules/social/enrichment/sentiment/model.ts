import { DENSE_FEATURES, featuresOf, type TextFeatures } from './features.js';
import { strongest } from './lexicon.rules.js';
import { CLASSES } from './regression.js';
import { type DecidingWord, SENTIMENT_LABELS, type Sentiment } from './sentiment.types.js';

/**
 * What was learned from an organisation's corrections. Rows are features: those met in the examples, by ascending hash, then the
 * dense ones, then the intercept. Weights are stored in steps (`scale`), so a model predicts the same before and after it is stored.
 */
export interface SentimentModel {
  hashes: Int32Array;
  /** Inverse document frequencies, in steps of 1/16. */
  rarities: Uint8Array;
  /** hashes.length * 3 small integers; times `scale` they are the weights. */
  steps: Int8Array;
  scale: number;
  /** (DENSE_FEATURES + 1) * 3 weights, the last three being the intercept. */
  denseWeights: Float32Array;
  denseMeans: Float32Array;
  denseDeviations: Float32Array;
  examples: number;
  /** Macro-F1 over unseen folds of the same examples, of this model and of the word lists. */
  crossValidatedF1: number;
  lexiconF1: number;
}

export const RARITY_STEP = 1 / 16;

/** Sentiment as the organisation's corrections teach it. Never throws on any text. */
export function predictSentiment(model: SentimentModel, text: string, language: string): Sentiment {
  const features = featuresOf(text, language);
  const { logits, pulls, densePull } = weigh(model, features);
  const probabilities = softmax(logits);
  const best = probabilities.indexOf(Math.max(...probabilities));
  return {
    label: SENTIMENT_LABELS[best]!,
    score: probabilities[2]! - probabilities[0]!,
    words: decidingWords(features, pulls, densePull),
    model: 'learned',
  };
}

/** Raw scores of the three labels, and what each token pulled towards POSITIVE (+) or NEGATIVE (-). */
function weigh(model: SentimentModel, features: TextFeatures) {
  const { hashes, counts, owners, wordFeatures, dense } = features;
  const logits = [0, 0, 0];
  const pulls = new Float64Array(features.reading.tokens.length);
  for (const [from, to] of [
    [0, wordFeatures],
    [wordFeatures, hashes.length],
  ] as const) {
    const found: { row: number; value: number; owner: number }[] = [];
    let squares = 0;
    for (let at = from; at < to; at++) {
      const row = rowOf(model, hashes[at]!);
      if (row < 0) continue;
      const value = (1 + Math.log(counts[at]!)) * model.rarities[row]! * RARITY_STEP;
      squares += value * value;
      found.push({ row, value, owner: owners[at]! });
    }
    const length = Math.sqrt(squares) || 1;
    for (const { row, value, owner } of found) {
      const unit = (value / length) * model.scale;
      for (let k = 0; k < CLASSES; k++) logits[k]! += unit * model.steps[row * CLASSES + k]!;
      pulls[owner]! += unit * (model.steps[row * CLASSES + 2]! - model.steps[row * CLASSES]!);
    }
  }
  let densePull = 0;
  for (let d = 0; d <= DENSE_FEATURES; d++) {
    const value = d === DENSE_FEATURES ? 1 : (dense[d]! - model.denseMeans[d]!) / model.denseDeviations[d]!;
    for (let k = 0; k < CLASSES; k++) logits[k]! += value * model.denseWeights[d * CLASSES + k]!;
    // Only the three readings of the word list belong to words.
    if (d < 3) densePull += value * (model.denseWeights[d * CLASSES + 2]! - model.denseWeights[d * CLASSES]!);
  }
  return { logits, pulls, densePull };
}

/** Pulls per word; what the word lists contributed goes to the words they knew, in proportion to their weights. */
function decidingWords({ reading }: TextFeatures, pulls: Float64Array, densePull: number): DecidingWord[] {
  const words: DecidingWord[] = [];
  for (let at = 0; at < reading.tokens.length; at++) {
    const token = reading.tokens[at]!;
    if (token.kind !== 'marks' && token.kind !== 'handle') words.push({ word: token.raw, weight: pulls[at]! });
  }
  const total = reading.hits.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  if (total > 0) {
    for (const { word, weight } of reading.hits) words.push({ word, weight: (weight / total) * Math.abs(densePull) });
  }
  return strongest(words.filter(({ weight }) => Math.abs(weight) >= FAINTEST_PULL));
}

const FAINTEST_PULL = 0.05;

/** Binary search: the hashes ascend. */
function rowOf({ hashes }: SentimentModel, wanted: number): number {
  let low = 0;
  let high = hashes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = hashes[middle]!;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map(logit => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map(power => power / total);
}
