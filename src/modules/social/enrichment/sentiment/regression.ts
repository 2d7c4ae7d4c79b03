/** Rows of a sparse matrix, one after the other (CSR); `weights` are the rows' importances, `labels` their classes. */
export interface SparseExamples {
  starts: Int32Array;
  columns: Int32Array;
  values: Float32Array;
  labels: Uint8Array;
  weights: Float64Array;
  columnCount: number;
}

export const CLASSES = 3;
const MEMORY = 6;
const TOLERANCE = 1e-3;
const SMALLEST_GAIN = 1e-4;
const SUFFICIENT_DECREASE = 1e-4;
const MOST_HALVINGS = 20;

/**
 * Multinomial logistic regression with an L2 penalty of strength `penalty` on all but the last column (the intercept), by at most
 * `iterations` steps of L-BFGS (Liu and Nocedal, 1989) from `start` or from nothing. Returns weights as [column * CLASSES + class].
 * Deterministic; lets the event loop run between steps.
 */
export async function fitRegression(
  examples: SparseExamples,
  rows: Int32Array,
  penalty: number,
  iterations: number,
  start?: Float64Array,
): Promise<Float64Array> {
  const size = examples.columnCount * CLASSES;
  let point = start ? start.slice() : new Float64Array(size);
  let gradient = new Float64Array(size);
  let candidate = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  const curvatures = curvaturesOf(examples, rows, penalty);
  let loss = lossAndGradient(examples, rows, penalty, point, gradient);
  const enough = TOLERANCE * Math.max(1, norm(gradient));
  const history: Curvature[] = [];
  for (let iteration = 0; iteration < iterations && norm(gradient) > enough; iteration++) {
    descend(gradient, history, curvatures, direction);
    const slope = dot(direction, gradient);
    if (slope >= 0) break;
    let rate = 1;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < MOST_HALVINGS; attempt++, rate /= 2) {
      for (let i = 0; i < size; i++) candidate[i] = point[i]! + rate * direction[i]!;
      nextLoss = lossAndGradient(examples, rows, penalty, candidate, nextGradient);
      if (nextLoss <= loss + SUFFICIENT_DECREASE * rate * slope) break;
    }
    if (!(nextLoss < loss)) break;
    remember(history, point, candidate, gradient, nextGradient);
    const gain = loss - nextLoss;
    loss = nextLoss;
    [point, candidate] = [candidate, point];
    [gradient, nextGradient] = [nextGradient, gradient];
    await new Promise<void>(resolve => setImmediate(resolve));
    if (gain < SMALLEST_GAIN * Math.abs(loss)) break;
  }
  return point;
}

/**
 * The Hessian's diagonal where every label is equally likely. Starting each step from it, rather than from one scale for all, halves the
 * number of steps: a frequent word's weight is then not moved as timidly as a rare one's.
 */
function curvaturesOf(
  { starts, columns, values, weights, columnCount }: SparseExamples,
  rows: Int32Array,
  penalty: number,
) {
  const curvatures = new Float64Array(columnCount).fill(penalty);
  for (const row of rows) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      curvatures[columns[at]!]! += weights[row]! * values[at]! ** 2 * EVEN_ODDS_CURVATURE;
    }
  }
  return curvatures;
}

const EVEN_ODDS_CURVATURE = (1 / CLASSES) * (1 - 1 / CLASSES);

interface Curvature {
  step: Float64Array;
  change: Float64Array;
  rho: number;
}

function remember(
  history: Curvature[],
  point: Float64Array,
  candidate: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  // The oldest arrays are used again: fresh ones each step would keep the garbage collector busier than the arithmetic.
  const oldest = history.length === MEMORY ? history.shift() : undefined;
  const step = oldest?.step ?? new Float64Array(point.length);
  const change = oldest?.change ?? new Float64Array(point.length);
  for (let i = 0; i < step.length; i++) {
    step[i] = candidate[i]! - point[i]!;
    change[i] = nextGradient[i]! - gradient[i]!;
  }
  const curvature = dot(step, change);
  if (curvature > 1e-12) history.push({ step, change, rho: 1 / curvature });
}

/** The two-loop recursion. */
function descend(
  gradient: Float64Array,
  history: Curvature[],
  curvatures: Float64Array,
  direction: Float64Array,
): void {
  for (let i = 0; i < gradient.length; i++) direction[i] = -gradient[i]!;
  const alphas = new Float64Array(history.length);
  for (let k = history.length - 1; k >= 0; k--) {
    const { step, change, rho } = history[k]!;
    alphas[k] = rho * dot(step, direction);
    addScaled(direction, change, -alphas[k]!);
  }
  for (let column = 0; column < curvatures.length; column++) {
    for (let k = 0; k < CLASSES; k++) direction[column * CLASSES + k]! /= curvatures[column]!;
  }
  for (let k = 0; k < history.length; k++) {
    const { step, change, rho } = history[k]!;
    addScaled(direction, step, alphas[k]! - rho * dot(change, direction));
  }
}

function lossAndGradient(
  { starts, columns, values, labels, weights, columnCount }: SparseExamples,
  rows: Int32Array,
  penalty: number,
  point: Float64Array,
  gradient: Float64Array,
): number {
  let loss = 0;
  const penalised = (columnCount - 1) * CLASSES;
  for (let i = 0; i < penalised; i++) {
    const value = point[i]!;
    loss += 0.5 * penalty * value * value;
    gradient[i] = penalty * value;
  }
  gradient.fill(0, penalised);
  for (const row of rows) {
    let [a, b, c] = [0, 0, 0];
    const [from, to] = [starts[row]!, starts[row + 1]!];
    for (let at = from; at < to; at++) {
      const place = columns[at]! * CLASSES;
      const value = values[at]!;
      a += value * point[place]!;
      b += value * point[place + 1]!;
      c += value * point[place + 2]!;
    }
    const most = Math.max(a, b, c);
    const [ea, eb, ec] = [Math.exp(a - most), Math.exp(b - most), Math.exp(c - most)];
    const total = ea + eb + ec;
    const [label, weight] = [labels[row]!, weights[row]!];
    loss -= weight * ((label === 0 ? a : label === 1 ? b : c) - most - Math.log(total));
    a = weight * (ea / total - (label === 0 ? 1 : 0));
    b = weight * (eb / total - (label === 1 ? 1 : 0));
    c = weight * (ec / total - (label === 2 ? 1 : 0));
    for (let at = from; at < to; at++) {
      const place = columns[at]! * CLASSES;
      const value = values[at]!;
      gradient[place]! += value * a;
      gradient[place + 1]! += value * b;
      gradient[place + 2]! += value * c;
    }
  }
  return loss;
}

/** Logits of one row. */
export function logitsOf({ starts, columns, values }: SparseExamples, row: number, point: Float64Array): number[] {
  const logits = [0, 0, 0];
  for (let at = starts[row]!; at < starts[row + 1]!; at++) {
    for (let k = 0; k < CLASSES; k++) logits[k]! += values[at]! * point[columns[at]! * CLASSES + k]!;
  }
  return logits;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}
