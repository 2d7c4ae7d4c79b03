import Big from 'big.js';
import { AppError } from '../../../platform/errors.js';
import { roundMoney } from '../../../platform/money.js';
import type { Run } from '../../../platform/paging/index.js';
import { type Money, moneyOf } from '../../../platform/schema/index.js';
import type { Viewer } from '../../access/index.js';
import { historyFrom, NO_SUMS, ownCurrency, type Sums, shownUnconverted, sumsByPeriod } from './forecast.queries.js';
import type { Forecast, ForecastPeriod } from './forecast.types.js';
import { addDays, type Days, ForecastInterval, periodOf, periodsBetween } from './period.rules.js';
import type { ForecastFilter } from './state.sql.js';
import { foretell, type StatisticalForecast } from './statistical.rules.js';
import { targetsByPeriod } from './target.queries.js';

export interface ForecastQuestion extends ForecastFilter {
  from: string;
  to: string;
  period: ForecastInterval;
  asOf?: Date | null;
}

export interface Asking {
  run: Run;
  organizationId: string;
  /** Null: the product itself asks, for everybody. */
  viewer: Viewer | null;
}

const SEASONS: Record<ForecastInterval, number> = { WEEK: 0, MONTH: 12, QUARTER: 4 };

/** A moment as it was written, to the microsecond. Throws BAD_USER_INPUT for one that has not come yet. */
export function momentOf(moment: Date | null | undefined, argument: string): string | null {
  if (!moment) return null;
  if (moment.getTime() > Date.now()) throw new AppError('BAD_USER_INPUT', `\`${argument}\` has not come yet.`);
  return (moment as { exact?: string }).exact ?? moment.toISOString();
}

export const dayOfMoment = (moment: string | null): string =>
  (moment === null ? new Date() : new Date(moment)).toISOString().slice(0, 10);

/** What is expected of each period; four statements. Throws BAD_USER_INPUT for periods that cannot be told. */
export async function forecast({ run, organizationId, viewer }: Asking, question: ForecastQuestion): Promise<Forecast> {
  const { from, to, period: interval } = question;
  const periods = periodsBetween(from, to, interval);
  const asOf = momentOf(question.asOf, 'asOf');
  const today = dayOfMoment(asOf);
  const currency = await ownCurrency(run, organizationId);
  const sight = { viewer, organizationId, asOf, currency };
  const [sums, { targets, unconverted }] = await Promise.all([
    sumsByPeriod(run, { ...sight, filter: question }, interval, periods, today),
    question.pipelineId
      ? { targets: periods.map(() => null), unconverted: [] }
      : targetsByPeriod(run, sight, question, periods),
  ]);
  const statistical = statisticalOf(sums, periods, interval, today);
  const money = (amount: Big): Money => moneyOf(amount.toFixed(), currency)!;
  const coins = (amount: number): Money => money(roundMoney(Big(amount), currency));
  return {
    currency,
    periods: periods.map((days, at): ForecastPeriod => {
      const { won, committed, bestCase, weighted } = sums.byPeriod.get(days.start) ?? NO_SUMS;
      const point = statistical.of(days);
      const target = targets[at];
      return {
        ...days,
        won: money(won),
        committed: money(committed),
        bestCase: money(bestCase),
        weighted: money(weighted),
        target: target ? money(target) : null,
        statistical: point && {
          expected: coins(Math.max(point.expected, won.toNumber())),
          low: coins(Math.max(point.low, won.toNumber())),
          high: coins(Math.max(point.high, won.toNumber())),
          level: statistical.told.level,
        },
      };
    }),
    unconverted: [...sums.unconverted, ...unconverted].map(shownUnconverted),
    undated: { amount: money(sums.undated.amount), count: sums.undated.count },
    overdue: { amount: money(sums.overdue.amount), count: sums.overdue.count },
    method: statistical.told.method as Forecast['method'],
    backtest: statistical.told.backtest && {
      ...statistical.told.backtest,
      error: coins(statistical.told.backtest.error),
      naiveError: coins(statistical.told.backtest.naiveError),
    },
    statisticalReason: statistical.told.reason as Forecast['statisticalReason'],
  };
}

/** Goes on from what was won in every completed period since the first that something was won in. */
function statisticalOf(
  sums: Sums,
  periods: readonly Days[],
  interval: ForecastInterval,
  today: string,
): { told: StatisticalForecast; of(days: Days): StatisticalForecast['points'][number] } {
  const present = periodOf(today, interval);
  const coming: string[] = [];
  const last = periods.at(-1)!.start;
  for (let { start, end } = present; start <= last; { start, end } = periodOf(addDays(end, 1), interval))
    coming.push(start);
  const values: number[] = [];
  const earliest = historyFrom(interval, today);
  const first = sums.firstWon && [sums.firstWon, earliest].sort()[1]!;
  if (first !== null)
    for (
      let { start, end } = periodOf(first, interval);
      start < present.start;
      { start, end } = periodOf(addDays(end, 1), interval)
    )
      values.push((sums.byPeriod.get(start) ?? NO_SUMS).won.toNumber());
  const told = foretell(values, SEASONS[interval], coming.length);
  return { told, of: ({ start }) => told.points[coming.indexOf(start)] ?? null };
}
