import Big from 'big.js';
import { storedId } from '../../../platform/ids.js';
import { minorDigits } from '../../../platform/money.js';
import { Parameters, type Run } from '../../../platform/paging/index.js';
import { visibleCondition } from '../../access/index.js';
import type { Unconverted } from './forecast.queries.js';
import type { Days } from './period.rules.js';
import type { ForecastFilter, Sight } from './state.sql.js';
import { type Holder, type KnownTarget, type KnownTeam, targetsOf } from './target.rules.js';
import { rateOn } from './valued.sql.js';

export interface TargetRow {
  ownerId: string | null;
  teamId: string | null;
  start: string;
  end: string;
  amount: string;
  currency: string;
  /** In the organisation's currency; null without a rate. */
  value: string | null;
}

export interface TargetsInPeriods {
  /** Null where there is none. */
  targets: (Big | null)[];
  unconverted: Unconverted[];
}

/** What of targets `t` is read, at the rates of a day. */
export const targetColumns = (day: string, organization: string, own: string): string =>
  `t.owner_id as "ownerId", t.team_id as "teamId", t.starts_on::text as start, t.ends_on::text as end, t.amount, t.currency,
   t.amount * ${rateOn('t.currency', day, organization, own)} as value`;

/** Teams with who belongs to them, for adding up what is below. */
export const knownTeams = (run: Run, organizationId: string): Promise<KnownTeam[]> =>
  run<KnownTeam>(
    `select t.id, t.parent_id as "parentId",
            array(select m.member_id from team_members m where m.organization_id = t.organization_id and m.team_id = t.id order by 1) as "memberIds"
       from teams t where t.organization_id = $1 order by t.id`,
    [organizationId],
  );

/** The target of each period, as set at the moment asked of, and what has no rate; two statements. */
export async function targetsByPeriod(
  run: Run,
  { viewer, organizationId, asOf, currency }: Sight & { currency: string },
  filter: ForecastFilter,
  periods: readonly Days[],
): Promise<TargetsInPeriods> {
  const parameters = new Parameters();
  const organization = parameters.add(organizationId, 'uuid');
  const own = parameters.add(currency, 'text');
  const at = asOf === null ? null : parameters.add(asOf, 'timestamptz');
  const conditions = [
    `t.organization_id = ${organization}`,
    at === null
      ? 't.changed_until is null'
      : `t.changed_at <= ${at} and (t.changed_until is null or t.changed_until > ${at})`,
    `t.starts_on <= ${parameters.add(periods.at(-1)!.end, 'date')}`,
    `t.ends_on >= ${parameters.add(periods[0]!.start, 'date')}`,
    viewer && visibleCondition(viewer, 'SALES_TARGET', 't', parameters),
  ];
  const columns = targetColumns(`(${at ?? 'now()'} at time zone 'UTC')::date`, organization, own);
  const [rows, teams] = await Promise.all([
    run<TargetRow>(
      `select ${columns} from sales_target_revisions t where ${conditions.filter(Boolean).join(' and ')} order by t.target_id`,
      parameters.values,
    ),
    knownTeams(run, organizationId),
  ]);
  // An id that is none holds nothing, rather than everything.
  const holder = {
    ownerId: filter.ownerId && (storedId('member', filter.ownerId) ?? 'none'),
    teamId: filter.teamId && (storedId('team', filter.teamId) ?? 'none'),
  };
  return addUpTargets(rows, teams, holder, periods, currency);
}

export function addUpTargets(
  rows: readonly TargetRow[],
  teams: readonly KnownTeam[],
  holder: Holder,
  periods: readonly Days[],
  currency: string,
): TargetsInPeriods {
  const targets: KnownTarget[] = rows.flatMap(({ ownerId, teamId, start, end, value }) =>
    value === null ? [] : [{ ownerId, teamId, days: { start, end }, amount: value }],
  );
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
