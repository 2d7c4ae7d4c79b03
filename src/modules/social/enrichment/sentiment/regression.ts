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
const MOST_ITERATIONS = 40;
const TOLERANCE = 1e-3;

/**
 * Multinomial logistic regression with an L2 penalty of strength `penalty` on all but the last column (the intercept), by L-BFGS
 * (Liu and Nocedal, 1989). Returns weights as [column * CLASSES + class]. Deterministic; lets the event loop run between iterations.
 */
export async function fitRegression(
  examples: SparseExamples,
  rows: Int32Array,
  penalty: number,
  start?: Float64Array,
): Promise<Float64Array> {
  const size = examples.columnCount * CLASSES;
  let point = start ? start.slice() : new Float64Array(size);
  let gradient = new Float64Array(size);
  let loss = lossAndGradient(examples, rows, penalty, point, gradient);
  const firstNorm = norm(gradient);
  const history: { step: Float64Array; change: Float64Array; rho: number }[] = [];
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    if (norm(gradient) <= TOLERANCE * Math.max(1, firstNorm)) break;
    const direction = descent(gradient, history);
    let slope = dot(direction, gradient);
    if (slope >= 0) {
      history.length = 0;
      for (let i = 0; i < size; i++) direction[i] = -gradient[i]!;
      slope = dot(direction, gradient);
    }
    let rate = history.length === 0 ? Math.min(1, 1 / norm(gradient)) : 1;
    const candidate = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 20; attempt++, rate /= 2) {
      for (let i = 0; i < size; i++) candidate[i] = point[i]! + rate * direction[i]!;
      nextLoss = lossAndGradient(examples, rows, penalty, candidate, nextGradient);
      if (nextLoss <= loss + 1e-4 * rate * slope) break;
    }
    if (!(nextLoss < loss)) break;
    remember(history, point, candidate, gradient, nextGradient);
    const gain = loss - nextLoss;
    [point, gradient, loss] = [candidate, nextGradient, nextLoss];
    await new Promise<void>(resolve => setImmediate(resolve));
    if (gain < 1e-5 * Math.abs(loss)) break;
  }
  return point;
}

function remember(
  history: { step: Float64Array; change: Float64Array; rho: number }[],
  point: Float64Array,
  candidate: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void {
  const step = candidate.map((value, i) => value - point[i]!);
  const change = nextGradient.map((value, i) => value - gradient[i]!);
  const curvature = dot(step, change);
  if (curvature <= 1e-12) return;
  history.push({ step, change, rho: 1 / curvature });
  if (history.length > MEMORY) history.shift();
}

/** The two-loop recursion. */
function descent(
  gradient: Float64Array,
  history: { step: Float64Array; change: Float64Array; rho: number }[],
): Float64Array {
  const direction = gradient.map(value => -value);
  const alphas = new Float64Array(history.length);
  for (let k = history.length - 1; k >= 0; k--) {
    const { step, change, rho } = history[k]!;
    alphas[k] = rho * dot(step, direction);
    addScaled(direction, change, -alphas[k]!);
  }
  const last = history.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (let k = 0; k < history.length; k++) {
    const { step, change, rho } = history[k]!;
    addScaled(direction, step, alphas[k]! - rho * dot(change, direction));
  }
  return direction;
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
