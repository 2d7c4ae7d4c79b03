import Big from 'big.js';
import type { LoaderDefinition } from '../../../platform/loaders.js';
import { type ListSpec, loadPages, type Page, type PageArguments, Parameters } from '../../../platform/paging/index.js';
import { columnsOf, moneyOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { gatherSums, NO_SUMS, type SumRow, shownUnconverted, sumColumns } from './forecast.queries.js';
import type { ForecastPeriod, UnconvertedAmount } from './forecast.types.js';
import { periodsBetween } from './period.rules.js';
import type { ForecastSnapshot } from './snapshot.entity.js';
import { ForecastSnapshotLine } from './snapshot-line.entity.js';
import { addUpTargets, knownTeams, type TargetRow, targetColumns } from './target.queries.js';

export interface SaidForecast {
  periods: ForecastPeriod[];
  unconverted: UnconvertedAmount[];
}

/** What keeps of lines `l` those of opportunities that the viewer may see today; undefined for all, also of what is gone. */
function visibleLines(context: RequestContext, alias: string, id: string, parameters: Parameters): string | undefined {
  const visible = visibleCondition(context.viewer, 'OPPORTUNITY', 'o', parameters);
  return (
    visible &&
    `exists (select 1 from opportunities o where o.organization_id = ${alias}.organization_id and o.id = ${alias}.${id} and ${visible})`
  );
}

/** What snapshots said, of what the viewer may see: added up from their lines, beside the targets as set then. Three statements for any number. */
export const saidForecasts: LoaderDefinition<RequestContext, ForecastSnapshot, SaidForecast> = {
  name: 'forecastSnapshot.periods',
  cacheKey: snapshot => snapshot.id,
  async batch(context, snapshots) {
    const ids = snapshots.map(({ id }) => id);
    const { organizationId } = context.viewer;
    const [sums, targets, teams] = await Promise.all([
      readSums(context, ids),
      readTargets(context, ids),
      knownTeams(context.run, organizationId),
    ]);
    const seesAll = context.viewer.scopeOf('OPPORTUNITY') === 'ALL';
    return snapshots.map(snapshot => {
      const { currency, statistical } = snapshot;
      const periods = periodsBetween(snapshot.fromOn, snapshot.toOn, snapshot.period);
      const of = <Row extends { snapshotId: string }>(rows: Row[]) =>
        rows.filter(row => row.snapshotId === snapshot.id);
      const said = gatherSums(of(sums), new Set(periods.map(({ start }) => start)));
      const quotas = addUpTargets(of(targets), teams, {}, periods, currency);
      const money = (amount: Big) => moneyOf(amount.toFixed(), currency)!;
      return {
        periods: periods.map((days, at): ForecastPeriod => {
          const { won, committed, bestCase, weighted } = said.byPeriod.get(days.start) ?? NO_SUMS;
          const target = quotas.targets[at];
          // It was foretold from everything that was won, so it is told to who sees everything.
          const point = seesAll ? statistical.points?.[days.start] : undefined;
          return {
            ...days,
            won: money(won),
            committed: money(committed),
            bestCase: money(bestCase),
            weighted: money(weighted),
            target: target ? money(target) : null,
            statistical: point
              ? {
                  expected: money(Big(point.expected)),
                  low: money(Big(point.low)),
                  high: money(Big(point.high)),
                  level: statistical.level!,
                }
              : null,
          };
        }),
        unconverted: [...said.unconverted, ...quotas.unconverted].map(shownUnconverted),
      };
    });
  },
};

function readSums(context: RequestContext, ids: string[]): Promise<(SumRow & { snapshotId: string })[]> {
  const parameters = new Parameters();
  const conditions = [
    `l.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
    `l.snapshot_id = any (${parameters.add(ids, 'uuid[]')})`,
    visibleLines(context, 'l', 'opportunity_id', parameters),
  ];
  return context.run(
    `select l.snapshot_id as "snapshotId", date_trunc(lower(f.period), l.closes_on::timestamp)::date::text as start,
            case when l.value is null then l.currency end as missing, ${sumColumns("(f.taken_at at time zone 'UTC')::date")}
       from (select l.* from forecast_snapshot_lines l where ${conditions.filter(Boolean).join(' and ')}) l
       join (select organization_id, id, period, taken_at from forecast_snapshots) f on f.organization_id = l.organization_id and f.id = l.snapshot_id
      group by 1, 2, 3 order by 1, 2, 3`,
    parameters.values,
  );
}

function readTargets(context: RequestContext, ids: string[]): Promise<(TargetRow & { snapshotId: string })[]> {
  const parameters = new Parameters();
  const organization = parameters.add(context.viewer.organizationId, 'uuid');
  const named = `k.id = any (${parameters.add(ids, 'uuid[]')})`;
  const visible = visibleCondition(context.viewer, 'SALES_TARGET', 't', parameters);
  return context.run(
    `select k.id as "snapshotId", ${targetColumns("(k.taken_at at time zone 'UTC')::date", organization, 'k.currency')}
       from forecast_snapshots k
       join sales_target_revisions t on t.organization_id = k.organization_id and t.changed_at <= k.taken_at
        and (t.changed_until is null or t.changed_until > k.taken_at) and t.starts_on <= k.to_on and t.ends_on >= k.from_on
      where ${[`k.organization_id = ${organization}`, named, visible].filter(Boolean).join(' and ')} order by t.target_id`,
    parameters.values,
  );
}

const LINES: ListSpec = {
  name: 'forecastSnapshot.lines',
  from: `(select l.*, l.opportunity_id as id, f.currency as home
            from forecast_snapshot_lines l
            join forecast_snapshots f on f.organization_id = l.organization_id and f.id = l.snapshot_id) t`,
  columns: `t.home, ${columnsOf(ForecastSnapshotLine)}`,
  orders: { CLOSES_ON: { sql: 't.closes_on', type: 'date', nullable: false } },
  defaultOrder: [{ field: 'CLOSES_ON', direction: 'ASC' }],
  filters: {},
};

/** A page of what a snapshot said of each opportunity, of those the viewer may see; pages of many snapshots are one statement. */
export function linesPage(context: RequestContext, snapshotId: string, args: PageArguments) {
  const { first, last, after, before } = args;
  return context.loaders
    .get<string, Page<ForecastSnapshotLine>>(
      {
        name: LINES.name,
        async batch(inner, keys) {
          const pages = await loadPages<ForecastSnapshotLine>(
            {
              spec: LINES,
              args: { first, last, after, before },
              parents: { keys: [...keys], condition: 't.snapshot_id = k.parent' },
              visible: parameters => visibleLines(inner, 't', 'id', parameters),
            },
            inner.options.seal,
            inner.run,
          );
          return keys.map(key => pages.get(key)!);
        },
      },
      JSON.stringify([first, last, after, before]),
    )
    .load(snapshotId);
}
