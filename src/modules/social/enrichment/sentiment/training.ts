import { DENSE_FEATURES, featuresOf, type TextFeatures } from './features.js';
import { RARITY_STEP, type SentimentModel } from './model.js';
import { CLASSES, fitRegression, logitsOf, type SparseExamples } from './regression.js';
import { SENTIMENT_LABELS, type SentimentLabel } from './sentiment.types.js';

export interface SentimentExample {
  text: string;
  language: string;
  label: SentimentLabel;
}

export const FEWEST_EXAMPLES = 30;
// scikit-learn's C is the inverse of these; the customary decades around 1, strongest first so that each fit starts from the last.
const PENALTIES = [3, 1, 0.3, 0.1];
const FOLDS = 5;
const FOLDS_WHEN_MANY = 3;
const MANY_EXAMPLES = 800;
const STEPS_FROM_NOTHING = 25;
const STEPS_FROM_NEARBY = 12;
const FEWEST_TEXTS_OF_A_FEATURE = 2;

/**
 * Learns from an organisation's own labels: letter groups and words hashed, with what the word lists say. The penalty is chosen by
 * stratified cross-validation, whose macro-F1 comes with the model beside that of the word lists, so that a caller can refuse a model
 * that is no better. The same examples and seed give the same model. Throws RangeError on fewer than 30 examples or a single label.
 */
export async function trainSentiment(
  examples: readonly SentimentExample[],
  options: { seed: number },
): Promise<SentimentModel> {
  if (examples.length < FEWEST_EXAMPLES || new Set(examples.map(({ label }) => label)).size < 2) {
    throw new RangeError(`Sentiment is learned from at least ${FEWEST_EXAMPLES} examples of at least two labels`);
  }
  const features: TextFeatures[] = [];
  for (const [index, { text, language }] of examples.entries()) {
    features.push(featuresOf(text, language));
    if (index % 200 === 199) await new Promise<void>(resolve => setImmediate(resolve));
  }
  const labels = Uint8Array.from(examples, ({ label }) => SENTIMENT_LABELS.indexOf(label));
  const vocabulary = vocabularyOf(features);
  const scaling = scalingOf(features);
  const matrix = matrixOf(features, labels, vocabulary, scaling);
  const { penalty, f1, nearby, offsets } = await crossValidate(matrix, labels, options.seed);
  const point = await fitRegression(matrix, Int32Array.from(features.keys()), penalty, STEPS_FROM_NOTHING, nearby);
  for (let k = 0; k < CLASSES; k++) point[point.length - CLASSES + k]! += offsets[k]!;
  const lexiconF1 = macroF1(
    labels,
    features.map(({ reading }) => SENTIMENT_LABELS.indexOf(reading.label)),
  );
  return quantise(point, vocabulary, scaling, { examples: examples.length, crossValidatedF1: f1, lexiconF1 });
}

interface Vocabulary {
  hashes: Int32Array;
  rarities: Uint8Array;
  columns: Map<number, number>;
}

function vocabularyOf(features: readonly TextFeatures[]): Vocabulary {
  const frequencies = new Map<number, number>();
  for (const { hashes } of features)
    for (const value of hashes) frequencies.set(value, (frequencies.get(value) ?? 0) + 1);
  const hashes = Int32Array.from(
    [...frequencies].filter(([, count]) => count >= FEWEST_TEXTS_OF_A_FEATURE).map(([value]) => value),
  ).sort();
  // Smoothed inverse document frequency, as scikit-learn defines it.
  const rarities = Uint8Array.from(hashes, value => {
    const rarity = Math.log((1 + features.length) / (1 + frequencies.get(value)!)) + 1;
    return Math.max(1, Math.min(255, Math.round(rarity / RARITY_STEP)));
  });
  return { hashes, rarities, columns: new Map(Array.from(hashes, (value, column) => [value, column])) };
}

interface Scaling {
  means: Float32Array;
  deviations: Float32Array;
}

function scalingOf(features: readonly TextFeatures[]): Scaling {
  const means = new Float32Array(DENSE_FEATURES);
  const deviations = new Float32Array(DENSE_FEATURES);
  for (let d = 0; d < DENSE_FEATURES; d++) {
    const values = features.map(({ dense }) => dense[d]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    means[d] = mean;
    deviations[d] = Math.sqrt(variance) || 1;
  }
  return { means, deviations };
}

function matrixOf(
  features: readonly TextFeatures[],
  labels: Uint8Array,
  { hashes, rarities, columns }: Vocabulary,
  { means, deviations }: Scaling,
): SparseExamples {
  const starts = new Int32Array(features.length + 1);
  const placed: number[] = [];
  const values: number[] = [];
  for (const [index, row] of features.entries()) {
    for (const [from, to] of [
      [0, row.wordFeatures],
      [row.wordFeatures, row.hashes.length],
    ] as const) {
      const first = values.length;
      let squares = 0;
      for (let at = from; at < to; at++) {
        const column = columns.get(row.hashes[at]!);
        if (column === undefined) continue;
        const value = (1 + Math.log(row.counts[at]!)) * rarities[column]! * RARITY_STEP;
        squares += value * value;
        placed.push(column);
        values.push(value);
      }
      const length = Math.sqrt(squares) || 1;
      for (let at = first; at < values.length; at++) values[at]! /= length;
    }
    for (let d = 0; d < DENSE_FEATURES; d++) {
      placed.push(hashes.length + d);
      values.push((row.dense[d]! - means[d]!) / deviations[d]!);
    }
    placed.push(hashes.length + DENSE_FEATURES);
    values.push(1);
    starts[index + 1] = values.length;
  }
  return {
    starts,
    columns: Int32Array.from(placed),
    values: Float32Array.from(values),
    labels,
    weights: balancedWeights(labels),
    columnCount: hashes.length + DENSE_FEATURES + 1,
  };
}

/** Every label counts the same in all, however rare. */
function balancedWeights(labels: Uint8Array): Float64Array {
  const counts = [0, 0, 0];
  for (const label of labels) counts[label]!++;
  const present = counts.filter(count => count > 0).length;
  return Float64Array.from(labels, label => labels.length / (present * counts[label]!));
}

async function crossValidate(matrix: SparseExamples, labels: Uint8Array, seed: number) {
  const folds = foldsOf(labels, labels.length > MANY_EXAMPLES ? FOLDS_WHEN_MANY : FOLDS, seed);
  const nearby: Float64Array[] = [];
  const unseen = PENALTIES.map(() => new Float64Array(labels.length * CLASSES));
  for (let fold = 0; fold < folds.count; fold++) {
    const [inside, outside]: [number[], number[]] = [[], []];
    for (let row = 0; row < labels.length; row++) (folds.of[row] === fold ? outside : inside).push(row);
    let point: Float64Array | undefined;
    for (const [index, penalty] of PENALTIES.entries()) {
      const steps = point ? STEPS_FROM_NEARBY : STEPS_FROM_NOTHING;
      point = await fitRegression(matrix, Int32Array.from(inside), penalty, steps, point);
      nearby[index] = point;
      for (const row of outside) unseen[index]!.set(logitsOf(matrix, row, point), row * CLASSES);
    }
  }
  const scores = unseen.map(logits => macroF1(labels, guess(logits, NO_OFFSETS)));
  const best = scores.indexOf(Math.max(...scores));
  return {
    penalty: PENALTIES[best]!,
    // Without the offsets, which saw these very logits: the figure must not flatter.
    f1: scores[best]!,
    nearby: nearby[best]!,
    offsets: chooseOffsets(labels, unseen[best]!, scores[best]!),
  };
}

const NO_OFFSETS = [0, 0, 0];
const OFFSET_STEPS = [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6];
const SMALLEST_IMPROVEMENT = 0.002;

/** What to add to the labels' logits for the best macro-F1 on unseen folds: even weights overrate rare labels. */
function chooseOffsets(labels: Uint8Array, logits: Float64Array, score: number): number[] {
  let [best, offsets] = [score + SMALLEST_IMPROVEMENT, NO_OFFSETS];
  for (const neutral of OFFSET_STEPS) {
    for (const positive of OFFSET_STEPS) {
      const candidate = [0, neutral, positive];
      const f1 = macroF1(labels, guess(logits, candidate));
      if (f1 > best) [best, offsets] = [f1, candidate];
    }
  }
  return offsets;
}

function guess(logits: Float64Array, offsets: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: logits.length / CLASSES }, (_, row) => {
    const sums = offsets.map((offset, k) => logits[row * CLASSES + k]! + offset);
    return sums.indexOf(Math.max(...sums));
  });
}

/** Deals the examples of each label over the folds like cards, after shuffling them by the seed. */
function foldsOf(labels: Uint8Array, count: number, seed: number): { of: Uint8Array; count: number } {
  const random = mulberry32(seed);
  const order = Array.from(labels.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const dealt = [0, 0, 0];
  const of = new Uint8Array(labels.length);
  for (const row of order) of[row] = dealt[labels[row]!]!++ % count;
  return { of, count };
}

/** Small seeded generator (Tommy Ettinger, 2017, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Mean F1 over the labels that occur. */
export function macroF1(truth: ArrayLike<number>, guesses: ArrayLike<number>): number {
  let [sum, present] = [0, 0];
  for (let label = 0; label < CLASSES; label++) {
    let [hit, said, meant] = [0, 0, 0];
    for (let i = 0; i < truth.length; i++) {
      if (guesses[i] === label) said++;
      if (truth[i] === label) meant++;
      if (guesses[i] === label && truth[i] === label) hit++;
    }
    if (said + meant === 0) continue;
    present++;
    sum += (2 * hit) / (said + meant);
  }
  return present === 0 ? 0 : sum / present;
}

function quantise(
  point: Float64Array,
  { hashes, rarities }: Vocabulary,
  { means, deviations }: Scaling,
  rest: Pick<SentimentModel, 'examples' | 'crossValidatedF1' | 'lexiconF1'>,
): SentimentModel {
  const sparse = point.subarray(0, hashes.length * CLASSES);
  let most = 0;
  for (const weight of sparse) most = Math.max(most, Math.abs(weight));
  const scale = Math.fround(most / 127 || 1);
  return {
    hashes,
    rarities,
    steps: Int8Array.from(sparse, weight => Math.round(weight / scale)),
    scale,
    denseWeights: Float32Array.from(point.subarray(hashes.length * CLASSES)),
    denseMeans: means,
    denseDeviations: deviations,
    ...rest,
  };
}
