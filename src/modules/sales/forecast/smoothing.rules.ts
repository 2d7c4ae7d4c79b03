/** A way of going on from a series: its one-step errors from `from` on, and what it says of the periods after the last. */
export interface Fit {
  method: SmoothingMethod;
  /** Number of fitted parameters, first states and the variance of the errors included. */
  size: number;
  squares: number;
  ahead(steps: number): number;
}

export type SmoothingMethod = 'NAIVE' | 'LEVEL' | 'DAMPED_TREND' | 'DAMPED_SEASONAL';

const ALPHAS = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const BETAS = [0.05, 0.15, 0.3];
const PHIS = [0.8, 0.9, 0.98];
const GAMMAS = [0.1, 0.3];

interface Weights {
  alpha: number;
  beta: number;
  phi: number;
  gamma: number;
}

interface State {
  level: number;
  trend: number;
  seasons: number[];
}

/**
 * Exponential smoothing, l = α(y - s) + (1-α)(l' + φb'), b = β(l - l') + (1-β)φb', s = γ(y - l' - φb') + (1-γ)s', foretelling
 * l + (φ + … + φ^h)b + s (Gardner & McKenzie 1985; Hyndman & Athanasopoulos, Forecasting: principles and practice, 3rd ed.,
 * section 8.3). Without trend β = φ = 0, without seasons s = 0. Squared errors are summed from the period `from` on.
 */
function smooth(
  values: readonly number[],
  { alpha, beta, phi, gamma }: Weights,
  first: State,
  begin: number,
  from: number,
) {
  let { level, trend } = first;
  const seasons = [...first.seasons];
  const length = seasons.length;
  let squares = 0;
  for (let at = begin; at < values.length; at++) {
    const season = length > 0 ? seasons[at % length]! : 0;
    const carried = level + phi * trend;
    const value = values[at]!;
    if (at >= from) squares += (value - carried - season) ** 2;
    const next = alpha * (value - season) + (1 - alpha) * carried;
    trend = beta * (next - level) + (1 - beta) * phi * trend;
    level = next;
    if (length > 0) seasons[at % length] = gamma * (value - carried) + (1 - gamma) * season;
  }
  const ahead = (steps: number): number => {
    let damped = 0;
    for (let step = 1, power = phi; step <= steps; step++, power *= phi) damped += power;
    return level + damped * trend + (length > 0 ? seasons[(values.length + steps - 1) % length]! : 0);
  };
  return { squares, ahead };
}

const mean = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0) / values.length;

function best(
  method: SmoothingMethod,
  size: number,
  grid: Iterable<Weights>,
  run: (weights: Weights) => Pick<Fit, 'squares' | 'ahead'>,
): Fit {
  let kept: Fit | undefined;
  for (const weights of grid) {
    const fit = run(weights);
    if (!kept || fit.squares < kept.squares) kept = { method, size, ...fit };
  }
  return kept!;
}

function* gridOf(alphas: number[], betas: number[], phis: number[], gammas: number[]): Generator<Weights> {
  for (const alpha of alphas)
    for (const beta of betas) for (const phi of phis) for (const gamma of gammas) yield { alpha, beta, phi, gamma };
}

/**
 * The best of every way by AICc, n·ln(SSE/n) + 2K + 2K(K+1)/(n-K-1), all judged by the same one-step errors (Hyndman &
 * Athanasopoulos, section 8.6); a way with too few values for its parameters is not tried. `season` is the number of periods in a
 * year, or 0 where none is looked for. At least two values. The same values always answer the same.
 */
export function fitSeries(values: readonly number[], season: number): Fit {
  const isSeasonal = season > 1 && values.length - season > season + 7 + 1;
  const from = isSeasonal ? season : 1;
  const count = values.length - from;
  const flat: State = { level: values[0]!, trend: 0, seasons: [] };
  const last = values.at(-1)!;
  const fits: Fit[] = [
    {
      method: 'NAIVE',
      size: 1,
      squares: values.slice(from).reduce((all, value, at) => all + (value - values[from + at - 1]!) ** 2, 0),
      ahead: () => last,
    },
    best('LEVEL', 3, gridOf(ALPHAS, [0], [0], [0]), weights => smooth(values, weights, flat, 1, from)),
    best('DAMPED_TREND', 6, gridOf(ALPHAS, BETAS, PHIS, [0]), weights => smooth(values, weights, flat, 1, from)),
  ];
  if (isSeasonal) {
    const level = mean(values.slice(0, season));
    const first = { level, trend: 0, seasons: values.slice(0, season).map(value => value - level) };
    fits.push(
      best('DAMPED_SEASONAL', season + 7, gridOf(ALPHAS, BETAS, PHIS, GAMMAS), weights =>
        smooth(values, weights, first, season, from),
      ),
    );
  }
  const scored = fits.flatMap(fit => {
    const { size, squares } = fit;
    if (count - size - 1 <= 0) return [];
    const score =
      squares === 0
        ? -Infinity
        : count * Math.log(squares / count) + 2 * size + (2 * size * (size + 1)) / (count - size - 1);
    return [{ fit, score }];
  });
  return scored.reduce((kept, one) => (one.score < kept.score ? one : kept), scored[0] ?? { fit: fits[0]!, score: 0 })
    .fit;
}
