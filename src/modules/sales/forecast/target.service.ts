import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, publicId } from '../../../platform/ids.js';
import { isCalendarDay, type Problems, report, throwAny } from '../../../platform/input.rules.js';
import { isCurrency, minorDigits } from '../../../platform/money.js';
import { eachItem, type ItemResult, Member, Team, type Viewer, visibleId } from '../../access/index.js';
import { type Days, periodOf } from './period.rules.js';
import { SalesTarget, type TargetPeriod } from './target.entity.js';

export interface TargetItem {
  ownerId?: string | null;
  teamId?: string | null;
  period: `${TargetPeriod}`;
  startsOn: string;
  endsOn?: string | null;
  amount: { amount: string; currency: string };
  version?: number | null;
}

const MOST_AMOUNT = Big('999999999999999');

/** Sets up to 200 targets, each by itself: one that its holder has for the same days is changed, otherwise it is a new one. */
export const setTargets = async (
  tx: Tx,
  viewer: Viewer,
  items: TargetItem[],
): Promise<{ results: ItemResult<{ targetId: string }>[] }> => ({
  results: await eachItem(tx, items, async item => ({ targetId: await setTarget(tx, viewer, item) })),
});

interface StoredTarget {
  organizationId: string;
  ownerId: string | null;
  teamId: string | null;
  period: string;
  days: Days;
  amount: string;
  currency: string;
}

/** Throws InputError: TAKEN for days of which its holder has another target, CONFLICT for a version that is not the present one. */
async function setTarget(tx: Tx, viewer: Viewer, item: TargetItem): Promise<string> {
  const problems: Problems = [];
  const days = daysOf(problems, item);
  const money = moneyOfItem(problems, item);
  if (item.ownerId && item.teamId) report(problems, 'teamId', 'It is of a member or of a team, not of both.');
  throwAny(problems);
  const ownerId = item.ownerId ? await visibleId(tx, viewer, Member, item.ownerId, 'ownerId') : null;
  const teamId = item.teamId ? await visibleId(tx, viewer, Team, item.teamId, 'teamId') : null;
  const { organizationId } = tx.scope;
  const target: StoredTarget = { organizationId, ownerId, teamId, period: item.period, days: days!, ...money! };
  const id = await writeTarget(tx, target, item.version ?? null);
  const isSeen = await visibleId(tx, viewer, SalesTarget, publicId('sales_target', id)).then(
    () => true,
    () => false,
  );
  if (!isSeen) throw invalid(null, 'You may not set what you may not see.', 'NOT_ALLOWED');
  return id;
}

async function writeTarget(tx: Tx, target: StoredTarget, version: number | null): Promise<string> {
  if (version === null) {
    // Whoever sets the same target at the same moment is waited for; either way there is a row then, or another one in its place.
    const [made] = await tx.query<{ id: string }>(
      `insert into sales_targets (organization_id, id, owner_id, team_id, period, starts_on, ends_on, amount, currency)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
      [
        target.organizationId,
        newId(),
        target.ownerId,
        target.teamId,
        target.period,
        target.days.start,
        target.days.end,
        target.amount,
        target.currency,
      ],
    );
    if (made) return made.id;
  }
  const same = [target.organizationId, target.ownerId, target.teamId, target.days.start, target.days.end];
  const [known] = await tx.query<{ id: string; version: number }>(
    `select id, version from sales_targets
      where organization_id = $1 and owner_id is not distinct from $2 and team_id is not distinct from $3
        and starts_on = $4 and ends_on = $5 for update`,
    same,
  );
  if (!known) {
    if (version !== null) throw invalid('version', 'There is no target of these days yet.', 'NOT_FOUND');
    throw invalid('startsOn', 'There is a target for some of these days already.', 'TAKEN');
  }
  requireVersion(known.version, version);
  await tx.query(
    `update sales_targets set period = $3, amount = $4, currency = $5, version = version + 1, updated_at = now()
      where organization_id = $1 and id = $2 and (period, amount, currency) is distinct from ($3, $4::numeric, $5)`,
    [target.organizationId, known.id, target.period, target.amount, target.currency],
  );
  return known.id;
}

function requireVersion(present: number, version: number | null): void {
  if (version !== null && version !== present)
    throw invalid('version', `It was changed in the meantime: its version is ${present}.`, 'CONFLICT');
}

function daysOf(problems: Problems, { period, startsOn, endsOn }: TargetItem): Days | null {
  if (!isCalendarDay(startsOn)) return report(problems, 'startsOn', 'There is no such day.');
  if (startsOn < '1900-01-01' || startsOn > '2999-12-31')
    return report(problems, 'startsOn', 'It lies between the years 1900 and 2999.');
  if (period !== 'DAYS') {
    if (endsOn) return report(problems, 'endsOn', 'Only a target of DAYS says its last day.');
    return periodOf(startsOn, period);
  }
  if (!endsOn) return report(problems, 'endsOn', 'It must be given.', 'REQUIRED');
  if (!isCalendarDay(endsOn) || endsOn > '2999-12-31') return report(problems, 'endsOn', 'There is no such day.');
  if (endsOn < startsOn) return report(problems, 'endsOn', 'It is not before the first day.');
  return { start: startsOn, end: endsOn };
}

function moneyOfItem(problems: Problems, { amount: given }: TargetItem): { amount: string; currency: string } | null {
  const currency = given.currency.trim().toUpperCase();
  if (!isCurrency(currency)) return report(problems, 'amount.currency', 'There is no such currency (ISO 4217).');
  const amount = Big(given.amount);
  if (amount.lt(0)) return report(problems, 'amount.amount', 'It is not less than nothing.');
  if (amount.gt(MOST_AMOUNT)) return report(problems, 'amount.amount', 'It is more than is kept.', 'TOO_LONG');
  if (!amount.eq(amount.round(minorDigits(currency))))
    return report(problems, 'amount.amount', `It has at most ${minorDigits(currency)} digits after the point.`);
  return { amount: amount.toFixed(), currency };
}

/** Removes a target; what it was stays known for forecasts as of then. */
export async function removeTarget(
  tx: Tx,
  viewer: Viewer,
  { id, version }: { id: string; version?: number | null },
): Promise<{ removedId: string }> {
  const stored = await visibleId(tx, viewer, SalesTarget, id);
  const key = [tx.scope.organizationId, stored];
  const [known] = await tx.query<{ version: number }>(
    'select version from sales_targets where organization_id = $1 and id = $2 for update',
    key,
  );
  if (!known) throw invalid('id', 'There is no such sales_target, or you may not see it.', 'NOT_FOUND');
  requireVersion(known.version, version ?? null);
  await tx.query('delete from sales_targets where organization_id = $1 and id = $2', key);
  return { removedId: stored };
}
