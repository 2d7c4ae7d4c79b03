import Big from 'big.js';
import { AppError } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { minorDigits } from '../../../platform/money.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { addDays, type Days, type ForecastInterval, periodOf } from './period.rules.js';
import type { ForecastFilter, Sight } from './state.sql.js';
import { type KnownTarget, type KnownTeam, targetsOf } from './target.rules.js';
import { rateOn, type Valuing, withValued } from './valued.sql.js';

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

interface SumRow {
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
  const to = parameters.add(periods.at(-1)!.end, 'date');
  const rows = await run<SumRow>(
    `${valued}
     select date_trunc('${interval.toLowerCase()}', closes_on::timestamp)::date as start,
            case when value is null then currency end as missing,
            sum(value) filter (where status = 'WON') as won,
            sum(value) filter (where status = 'OPEN' and category = 'COMMITTED') as committed,
            sum(value) filter (where status = 'OPEN' and category = 'BEST_CASE') as best_case,
            sum(weighted) filter (where status = 'OPEN') as weighted,
            sum(value) filter (where status = 'OPEN') as open, count(*) filter (where status = 'OPEN') as open_count,
            sum(value) filter (where status = 'OPEN' and closes_on < ${parameters.add(today, 'date')}) as overdue,
            count(*) filter (where status = 'OPEN' and closes_on < ${parameters.add(today, 'date')}) as overdue_count,
            count(*) filter (where status = 'WON') as won_count,
            sum(coalesce(amount, 0)) as amount, count(*) as count
       from valued
      where status <> 'LOST' and (closes_on between ${from} and ${to} or (status = 'OPEN' and (closes_on is null or closes_on < ${from})))
      group by 1, 2 order by 1, 2`,
    parameters.values,
  );
  return gather(rows, new Set(periods.map(({ start }) => start)));
}

/** The first day of what the statistical forecast looks back on. */
export function historyFrom(interval: `${ForecastInterval}`, today: string): string {
  let period = periodOf(today, interval);
  for (let at = 0; at < MOST_HISTORY[interval as ForecastInterval]; at++)
    period = periodOf(addDays(period.start, -1), interval);
  return period.start;
}

function gather(rows: SumRow[], asked: ReadonlySet<string>): Sums {
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

interface TargetRow {
  ownerId: string | null;
  teamId: string | null;
  start: string;
  end: string;
  amount: string;
  currency: string;
  value: string | null;
}

/** The target of each period (null where there is none), as set at the moment asked of, and what has no rate. Two statements. */
export async function targetsByPeriod(
  run: Run,
  { viewer, organizationId, asOf, currency }: Sight & { currency: string },
  filter: ForecastFilter,
  periods: readonly Days[],
): Promise<{ targets: (Big | null)[]; unconverted: Unconverted[] }> {
  const parameters = new Parameters();
  const organization = parameters.add(organizationId, 'uuid');
  const own = parameters.add(currency, 'text');
  const at = asOf === null ? null : parameters.add(asOf, 'timestamptz');
  const day = at === null ? `(now() at time zone 'UTC')::date` : `(${at} at time zone 'UTC')::date`;
  const then =
    at === null
      ? 't.changed_until is null'
      : `t.changed_at <= ${at} and (t.changed_until is null or t.changed_until > ${at})`;
  const conditions = [
    `t.organization_id = ${organization}`,
    then,
    `t.starts_on <= ${parameters.add(periods.at(-1)!.end, 'date')}`,
    `t.ends_on >= ${parameters.add(periods[0]!.start, 'date')}`,
    viewer && visibleCondition(viewer, 'SALES_TARGET', 't', parameters),
  ];
  const [rows, teams] = await Promise.all([
    run<TargetRow>(
      `select t.owner_id as "ownerId", t.team_id as "teamId", t.starts_on as start, t.ends_on as end, t.amount, t.currency,
              t.amount * ${rateOn('t.currency', day, organization, own)} as value
         from sales_target_revisions t where ${conditions.filter(Boolean).join(' and ')} order by t.target_id`,
      parameters.values,
    ),
    run<KnownTeam>(
      `select t.id, t.parent_id as "parentId",
              array(select m.member_id from team_members m where m.organization_id = t.organization_id and m.team_id = t.id order by 1) as "memberIds"
         from teams t where t.organization_id = $1 order by t.id`,
      [organizationId],
    ),
  ]);
  const targets: KnownTarget[] = rows.flatMap(({ ownerId, teamId, start, end, value }) =>
    value === null ? [] : [{ ownerId, teamId, days: { start, end }, amount: value }],
  );
  // An id that is none holds nothing, rather than everything.
  const holder = {
    ownerId: filter.ownerId && (storedId('member', filter.ownerId) ?? 'none'),
    teamId: filter.teamId && (storedId('team', filter.teamId) ?? 'none'),
  };
  const missing = new Map<string, Unconverted>();
  for (const row of rows.filter(({ value }) => value === null)) {
    const known = missing.get(row.currency) ?? { subject: 'TARGET', currency: row.currency, amount: Big(0), count: 0 };
    missing.set(row.currency, { ...known, amount: known.amount.plus(row.amount), count: known.count + 1 });
  }
  return {
    targets: targetsOf(holder, periods, { targets, teams, places: minorDigits(currency) }),
    unconverted: [...missing.values()],
  };
}
