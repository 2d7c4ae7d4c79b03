import type { Database, Tx } from '../../../platform/database/database.js';
import { AppError, invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { Logger } from '../../../platform/logger.js';
import { Parameters } from '../../../platform/paging/index.js';
import { ownCurrency } from './forecast.queries.js';
import { forecast } from './forecast.service.js';
import { addDays, type Days, ForecastInterval, periodOf, periodsBetween } from './period.rules.js';
import type { SaidStatistical } from './snapshot.entity.js';
import { withValued } from './valued.sql.js';

export const TAKE_SNAPSHOTS = 'forecast:snapshots';

export interface SnapshotItem {
  label: string;
  from?: string | null;
  to?: string | null;
  period: ForecastInterval;
}

/** This quarter and the next three, in which a day lies. */
function comingYear(day: string): Days {
  const { start } = periodOf(day, 'QUARTER');
  let end = start;
  for (let quarter = 0; quarter < 4; quarter++) end = addDays(periodOf(end, 'QUARTER').end, 1);
  return { start, end: addDays(end, -1) };
}

/** Keeps what is said now of the whole organisation, whoever asks; who reads it sees of it what it may see. */
export async function takeSnapshot(tx: Tx, item: SnapshotItem): Promise<{ snapshotId: string }> {
  const problems: Problems = [];
  const label = requiredLine(problems, 'label', item.label, 200);
  const coming = comingYear(new Date().toISOString().slice(0, 10));
  const [from, to] = [item.from ?? coming.start, item.to ?? coming.end];
  let periods: Days[] = [];
  try {
    periods = periodsBetween(from, to, item.period);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report(problems, to < from ? 'to' : 'from', error.message);
  }
  throwAny(problems);
  const days = { start: periods[0]!.start, end: periods.at(-1)!.end };
  const snapshotId = await keepSnapshot(tx, { label, days, period: item.period, weekOn: null });
  if (!snapshotId) throw invalid(null, 'It was taken already.', 'CONFLICT');
  return { snapshotId };
}

/** Null when there is one of that week already. */
async function keepSnapshot(
  tx: Tx,
  { label, days, period, weekOn }: { label: string; days: Days; period: ForecastInterval; weekOn: string | null },
): Promise<string | null> {
  const { organizationId, actor } = tx.scope;
  const run = <Row>(sql: string, values: unknown[]) => tx.query<Row>(sql, values);
  const currency = await ownCurrency(run, organizationId);
  const statistical = await saidOf(run, organizationId, days, period);
  const [made] = await tx.query<{ id: string }>(
    `insert into forecast_snapshots (organization_id, id, label, taken_by, week_on, from_on, to_on, period, currency, statistical)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (organization_id, week_on) do nothing returning id`,
    [
      organizationId,
      newId(),
      label,
      actor,
      weekOn,
      days.start,
      days.end,
      period,
      currency,
      JSON.stringify(statistical),
    ],
  );
  if (!made) return null;
  const parameters = new Parameters();
  const valued = withValued({ viewer: null, organizationId, asOf: null, currency, filter: {} }, parameters);
  await tx.query(
    `${valued}
     insert into forecast_snapshot_lines (organization_id, snapshot_id, opportunity_id, pipeline_id, stage_id, status, category, amount, currency,
                                          value, probability, weighted, closes_on, owner_id, team_id)
     select ${parameters.add(organizationId, 'uuid')}, ${parameters.add(made.id, 'uuid')}, id, pipeline_id, stage_id, status, category, amount, currency,
            value, probability, weighted, closes_on, owner_id, team_id
       from valued where status <> 'LOST' and closes_on between ${parameters.add(days.start, 'date')} and ${parameters.add(days.end, 'date')}`,
    parameters.values,
  );
  return made.id;
}

async function saidOf(
  run: <Row>(sql: string, values: unknown[]) => Promise<Row[]>,
  organizationId: string,
  days: Days,
  period: ForecastInterval,
): Promise<SaidStatistical> {
  const told = await forecast({ run, organizationId, viewer: null }, { from: days.start, to: days.end, period });
  const points = told.periods.flatMap(({ start, statistical }) =>
    statistical
      ? [[start, { expected: statistical.expected.amount, low: statistical.low.amount, high: statistical.high.amount }]]
      : [],
  );
  const level = told.periods.find(({ statistical }) => statistical)?.statistical?.level;
  return level === undefined ? {} : { level, points: Object.fromEntries(points) };
}

const WEEK_OF: Record<string, string> = { en: 'Week of', es: 'Semana del', pt: 'Semana de' };

/**
 * Takes the snapshot of this week of every organisation that has opportunities, unless it is there already: safe to run twice, also
 * at once. One that cannot be taken keeps none of the others from it.
 */
export async function takeWeeklySnapshots(database: Database, log: Pick<Logger, 'error'>): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const weekOn = periodOf(today, 'WEEK').start;
  const { rows } = await database.system.query<{ id: string; language: string }>(
    `select o.id, o.default_language as language from organizations o
      where exists (select 1 from opportunities p where p.organization_id = o.id)
        and not exists (select 1 from forecast_snapshots s where s.organization_id = o.id and s.week_on = $1)`,
    [weekOn],
  );
  for (const { id: organizationId, language } of rows) {
    const scope = { organizationId, actor: 'system:forecast', requestId: TAKE_SNAPSHOTS };
    const label = `${WEEK_OF[language.slice(0, 2)] ?? WEEK_OF['en']} ${weekOn}`;
    const what = { label, days: comingYear(today), period: ForecastInterval.MONTH, weekOn };
    await database
      .write(scope, tx => keepSnapshot(tx, what))
      .catch((error: unknown) => log.error({ err: error, organizationId }, 'a forecast snapshot could not be taken'));
  }
}
