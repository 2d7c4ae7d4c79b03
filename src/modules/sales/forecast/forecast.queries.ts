import Big from 'big.js';
import { AppError } from '../../../platform/errors.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import { moneyOf } from '../../../platform/schema/index.js';
import { type Viewer } from '../../access/index.js';
import type { UnconvertedAmount } from './forecast.types.js';
import { addDays, type Days, type ForecastInterval, periodOf } from './period.rules.js';
import { type Valuing, withValued } from './valued.sql.js';

/** Sums in the organisation's currency, exact. */
export interface PeriodSums {
  won: Big;
  committed: Big;
  bestCase: Big;
  weighted: Big;
}

export interface Unconverted {
  subject: 'OPPORTUNITY' | 'TARGET';
  currency: string;
  amount: Big;
  count: number;
}

/** As it is shown. */
export const shownUnconverted = ({ subject, currency, amount, count }: Unconverted): UnconvertedAmount => ({
  subject: subject as UnconvertedAmount['subject'],
  currency,
  amount: moneyOf(amount.toFixed(), currency)!,
  count,
});

export const NO_SUMS: PeriodSums = { won: Big(0), committed: Big(0), bestCase: Big(0), weighted: Big(0) };

/** Completed periods before the present one that the statistical forecast looks back on. */
const MOST_HISTORY: Record<ForecastInterval, number> = { WEEK: 156, MONTH: 72, QUARTER: 40 };

/** Throws FORBIDDEN where amounts are hidden from the viewer: sums would tell of them. */
export function requireAmounts(viewer: Viewer): void {
  if (viewer.isHidden('OPPORTUNITY', 'amount'))
    throw new AppError('FORBIDDEN', 'Amounts of opportunities are hidden from your role.');
}

export async function ownCurrency(run: Run, organizationId: string): Promise<string> {
  const [row] = await run<{ currency: string }>('select currency from organizations where id = $1', [organizationId]);
  return row!.currency;
}

export interface Sums {
  byPeriod: Map<string, PeriodSums>;
  /** Open without a day on which they are expected. */
  undated: { amount: Big; count: number };
  /** Open although the day they were expected has passed; they are in their period all the same. */
  overdue: { amount: Big; count: number };
  unconverted: Unconverted[];
  /** The first day of the earliest period in which anything was won. */
  firstWon: string | null;
}

/**
 * SQL of what is added up of a group of valued opportunities; those that are expected before `today` are overdue.
 * Days are text and counts plain numbers, so that transactions, which read types their own way, read the same.
 */
export const sumColumns = (today: string): string => `
  sum(value) filter (where status = 'WON') as won,
  sum(value) filter (where status = 'OPEN' and category = 'COMMITTED') as committed,
  sum(value) filter (where status = 'OPEN' and category = 'BEST_CASE') as best_case,
  sum(weighted) filter (where status = 'OPEN') as weighted,
  sum(value) filter (where status = 'OPEN') as open, (count(*) filter (where status = 'OPEN'))::int as open_count,
  sum(value) filter (where status = 'OPEN' and closes_on < ${today}) as overdue,
  (count(*) filter (where status = 'OPEN' and closes_on < ${today}))::int as overdue_count,
  (count(*) filter (where status = 'WON'))::int as won_count,
  sum(coalesce(amount, 0)) as amount, count(*)::int as count`;

export interface SumRow {
  start: string | null;
  missing: string | null;
  won: string | null;
  committed: string | null;
  best_case: string | null;
  weighted: string | null;
  open: string | null;
  open_count: number;
  overdue: string | null;
  overdue_count: number;
  amount: string;
  count: number;
  won_count: number;
}

/** Everything won, and everything open, by period; one statement. `committed` includes what was won, `bestCase` that and `committed`. */
export async function sumsByPeriod(
  run: Run,
  valuing: Valuing,
  interval: `${ForecastInterval}`,
  periods: readonly Days[],
  today: string,
): Promise<Sums> {
  const parameters = new Parameters();
  const valued = withValued(valuing, parameters);
  const first = periods[0]!.start;
  const looksBackTo = historyFrom(interval, today);
  const from = parameters.add([first, looksBackTo].sort()[0], 'date');
  // Up to the present also where only the past is asked of: what was won since is part of what it goes on from.
  const to = parameters.add([periods.at(-1)!.end, periodOf(today, interval).end].sort()[1], 'date');
  const rows = await run<SumRow>(
    `${valued}
     select date_trunc('${interval.toLowerCase()}', closes_on::timestamp)::date::text as start,
            case when value is null then currency end as missing,
            ${sumColumns(parameters.add(today, 'date'))}
       from valued
      where status <> 'LOST' and (closes_on between ${from} and ${to} or (status = 'OPEN' and (closes_on is null or closes_on < ${from})))
      group by 1, 2 order by 1, 2`,
    parameters.values,
  );
  return gatherSums(rows, new Set(periods.map(({ start }) => start)));
}

/** The first day of what the statistical forecast looks back on. */
export function historyFrom(interval: `${ForecastInterval}`, today: string): string {
  let period = periodOf(today, interval);
  for (let at = 0; at < MOST_HISTORY[interval as ForecastInterval]; at++)
    period = periodOf(addDays(period.start, -1), interval);
  return period.start;
}

export function gatherSums(rows: readonly SumRow[], asked: ReadonlySet<string>): Sums {
  const byPeriod = new Map<string, PeriodSums>();
  const missing = new Map<string, Unconverted>();
  const undated = { amount: Big(0), count: 0 };
  const overdue = { amount: Big(0), count: 0 };
  let firstWon: string | null = null;
  for (const row of rows) {
    const isAsked = row.start !== null && asked.has(row.start);
    if (row.missing !== null) {
      if (!isAsked) continue;
      const known = missing.get(row.missing) ?? {
        subject: 'OPPORTUNITY',
        currency: row.missing,
        amount: Big(0),
        count: 0,
      };
      missing.set(row.missing, { ...known, amount: known.amount.plus(row.amount), count: known.count + row.count });
      continue;
    }
    overdue.amount = overdue.amount.plus(row.overdue ?? 0);
    overdue.count += row.overdue_count;
    if (row.start === null) {
      undated.amount = undated.amount.plus(row.open ?? 0);
      undated.count += row.open_count;
      continue;
    }
    if (row.won_count > 0 && (firstWon === null || row.start < firstWon)) firstWon = row.start;
    const won = Big(row.won ?? 0);
    const committed = won.plus(row.committed ?? 0);
    byPeriod.set(row.start, {
      won,
      committed,
      bestCase: committed.plus(row.best_case ?? 0),
      weighted: won.plus(row.weighted ?? 0),
    });
  }
  return { byPeriod, undated, overdue, unconverted: [...missing.values()], firstWon };
}
