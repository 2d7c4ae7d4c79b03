import Big from 'big.js';
import { roundMoney } from '../../../platform/money.js';

export type ChangeReason =
  | 'NEW'
  | 'WON'
  | 'LOST'
  | 'REOPENED'
  | 'MOVED_IN'
  | 'MOVED_OUT'
  | 'TRANSFERRED_IN'
  | 'TRANSFERRED_OUT'
  | 'REMOVED'
  | 'INCREASED'
  | 'DECREASED'
  | 'EXCHANGE_RATE'
  | 'CATEGORY_UP'
  | 'CATEGORY_DOWN'
  | 'STAGE_UP'
  | 'STAGE_DOWN'
  | 'ODDS';

/** What an opportunity was like at a moment, in the organisation's currency. */
export interface KnownState {
  status: 'OPEN' | 'WON' | 'LOST';
  category: string;
  stageId: string;
  pipelineId: string;
  /** Place of its stage in the pipeline. */
  position: number;
  probability: Big;
  /** As it was said, in its own currency. */
  amount: string | null;
  currency: string;
  /** Null where there is no exchange rate: it is in no sum. */
  value: Big | null;
  /** Whether the day it was closed, or is expected to be, lies in the days asked of. */
  isInDays: boolean;
  /** Whether it matches the filter. */
  matches: boolean;
}

export interface Contribution {
  won: Big;
  committed: Big;
  bestCase: Big;
  weighted: Big;
  /** What was won and everything open, less what is left out of forecasts. */
  pipeline: Big;
}

const MEASURES = ['won', 'committed', 'bestCase', 'weighted', 'pipeline'] as const;
const ZERO = Big(0);
export const NOTHING: Contribution = { won: ZERO, committed: ZERO, bestCase: ZERO, weighted: ZERO, pipeline: ZERO };

const combine = (a: Contribution, b: Contribution, of: (a: Big, b: Big) => Big): Contribution =>
  Object.fromEntries(MEASURES.map(measure => [measure, of(a[measure], b[measure])])) as unknown as Contribution;

export const plus = (a: Contribution, b: Contribution): Contribution => combine(a, b, (one, other) => one.plus(other));
const minus = (a: Contribution, b: Contribution): Contribution => combine(a, b, (one, other) => one.minus(other));
const isNothing = (a: Contribution): boolean => MEASURES.every(measure => a[measure].eq(0));

/** What money of a status and category adds to each sum; linear in the money, so that sums of opportunities can be asked as well. */
export function contributionOf(status: string, category: string, value: Big, weighted: Big): Contribution {
  if (status === 'WON') return { won: value, committed: value, bestCase: value, weighted: value, pipeline: value };
  if (status !== 'OPEN' || category === 'OMITTED') return NOTHING;
  const committed = category === 'COMMITTED' ? value : ZERO;
  return { won: ZERO, committed, bestCase: category === 'BEST_CASE' ? value : committed, weighted, pipeline: value };
}

const isCounted = (state: KnownState | null): state is KnownState =>
  state?.matches === true && state.isInDays && state.status !== 'LOST';

function weighed(state: KnownState | null, home: string): Contribution {
  if (!isCounted(state) || state.value === null) return NOTHING;
  return contributionOf(
    state.status,
    state.category,
    state.value,
    roundMoney(state.value.times(state.probability), home),
  );
}

const RANKS = ['OMITTED', 'PIPELINE', 'BEST_CASE', 'COMMITTED'];

/**
 * Why an opportunity adds something else to the sums now than then: one reason or several, taken in turn (money, then outcome or
 * category, then stage), each from where the one before left off, so that their contributions add up to the difference exactly.
 * Null: there was, or is, no such opportunity. `home` is the organisation's currency.
 */
export function explain(
  then: KnownState | null,
  now: KnownState | null,
  home: string,
): { reason: ChangeReason; by: Contribution }[] {
  const [before, after] = [weighed(then, home), weighed(now, home)];
  if (!isCounted(then)) return isCounted(now) ? [{ reason: cameBy(then, now), by: after }] : [];
  if (!isCounted(now)) return [{ reason: wentBy(now), by: minus(NOTHING, before) }];

  const steps: { reason: ChangeReason; by: Contribution }[] = [];
  let at = then;
  const step = (next: KnownState, reason: ChangeReason, isTold = false): void => {
    const by = minus(weighed(next, home), weighed(at, home));
    if (isTold || !isNothing(by)) steps.push({ reason, by });
    at = next;
  };
  const money = moneyReason(then, now);
  if (money) step({ ...at, value: now.value, amount: now.amount, currency: now.currency }, money);
  if (then.status !== now.status) {
    step(now, now.status === 'WON' ? 'WON' : 'REOPENED', true);
    return steps;
  }
  const rank = RANKS.indexOf(now.category) - RANKS.indexOf(then.category);
  if (rank !== 0 && then.status === 'OPEN')
    step({ ...at, category: now.category }, rank > 0 ? 'CATEGORY_UP' : 'CATEGORY_DOWN', true);
  if (then.stageId !== now.stageId && then.status === 'OPEN')
    step(now, now.position >= then.position ? 'STAGE_UP' : 'STAGE_DOWN', true);
  // The same stage, of which history says something else by now.
  step(now, 'ODDS');
  return steps;
}

function cameBy(then: KnownState | null, now: KnownState): ChangeReason {
  if (then === null) return 'NEW';
  if (!then.matches) return 'TRANSFERRED_IN';
  if (then.status === 'LOST') return 'REOPENED';
  return now.status === 'WON' && then.status !== 'WON' ? 'WON' : 'MOVED_IN';
}

function wentBy(now: KnownState | null): ChangeReason {
  if (now === null) return 'REMOVED';
  if (!now.matches) return 'TRANSFERRED_OUT';
  return now.status === 'LOST' ? 'LOST' : 'MOVED_OUT';
}

function moneyReason(then: KnownState, now: KnownState): ChangeReason | null {
  const [before, after] = [then.value ?? ZERO, now.value ?? ZERO];
  if (before.eq(after)) return null;
  const isSame = then.currency === now.currency && Big(then.amount ?? 0).eq(now.amount ?? 0);
  if (isSame) return 'EXCHANGE_RATE';
  return after.gt(before) ? 'INCREASED' : 'DECREASED';
}
