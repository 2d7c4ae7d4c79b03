import Big from 'big.js';
import { minorDigits, splitByLargestRemainder } from '../../../platform/money.js';
import { AttributionModel, TouchPosition } from './touch.kinds.rules.js';

/** What the touches of one won opportunity come to under one key; nothing was said before it was won where there is none. */
export interface TouchShare {
  key: string | null;
  touches: number;
  hasFirst: boolean;
  hasLast: boolean;
}

export interface WonDeal {
  /** In the currency that all is summed up in, in whole coins. */
  amount: Big;
  shares: TouchShare[];
}

export interface AttributedPart {
  key: string | null;
  amount: Big;
  opportunities: number;
  touches: number;
}

/**
 * What each key gets of all that was won, the largest first. Each deal is split over its keys by the largest remainder, so that
 * the parts add up to what was won to the coin.
 */
export function attribute(deals: readonly WonDeal[], model: AttributionModel, currency: string): AttributedPart[] {
  const parts = new Map<string | null, AttributedPart>();
  for (const { amount, shares } of deals) {
    const given: TouchShare[] = shares.length > 0 ? shares : [{ key: null, touches: 0, hasFirst: true, hasLast: true }];
    const all = given.reduce((sum, share) => sum + share.touches, 0);
    const weights = given.map(share => Big(weightOf(share, all, model)));
    const split = splitByLargestRemainder(amount, weights, minorDigits(currency));
    for (const [at, { key, touches }] of given.entries()) {
      if (weights[at]!.eq(0)) continue;
      const part = parts.get(key) ?? { key, amount: Big(0), opportunities: 0, touches: 0 };
      parts.set(key, {
        key,
        amount: part.amount.plus(split[at]!),
        opportunities: part.opportunities + 1,
        touches: part.touches + touches,
      });
    }
  }
  return [...parts.values()].sort((a, b) => b.amount.cmp(a.amount) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

/** In whole numbers: with n touches, of which n - 2 share a fifth, two fifths are 2(n - 2) times what one in between gets. */
function weightOf({ touches, hasFirst, hasLast }: TouchShare, all: number, model: AttributionModel): number {
  const ends = Number(hasFirst) + Number(hasLast);
  switch (model) {
    case AttributionModel.FIRST_TOUCH:
      return Number(hasFirst);
    case AttributionModel.LAST_TOUCH:
      return Number(hasLast);
    case AttributionModel.LINEAR:
      return all === 0 ? 1 : touches;
    case AttributionModel.POSITION_BASED:
      return all <= 2 ? ends : ends * 2 * (all - 2) + (touches - ends);
  }
}

/** Where the touch at `place` (from 1) comes among `all`. */
export function positionOf(place: number, all: number): TouchPosition {
  if (all === 1) return TouchPosition.ONLY;
  if (place === 1) return TouchPosition.FIRST;
  return place === all ? TouchPosition.LAST : TouchPosition.MIDDLE;
}
