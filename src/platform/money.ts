import Big from 'big.js';

const digits = new Map<string, number>();

/** How many digits a currency (ISO 4217) has after the point: 2 for EUR, 0 for CLP. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** More than this is kept nowhere: columns of money are `numeric(19,4)`. */
export const MOST_MONEY = Big('999999999999999');

/** To the smallest coin, a half away from zero: the commercial rounding of invoices. */
export const roundMoney = (amount: Big, currency: string): Big => amount.round(minorDigits(currency), Big.roundHalfUp);

/**
 * An exact amount (text as `numeric` gives it) with at least the digits of its currency and none beyond them that say nothing:
 * "100.0000" EUR is "100.00", "0.0025" EUR stays.
 */
export function printAmount(amount: string, currency: string): string {
  const least = minorDigits(currency);
  const [whole = '0', fraction = ''] = amount.split('.');
  const kept = fraction.slice(least).replace(/0+$/, '');
  const shown = fraction.slice(0, least).padEnd(least, '0') + kept;
  return shown ? `${whole}.${shown}` : whole;
}

/**
 * Splits `total` over `weights`, in whole units of the last of `places` digits, so that the parts add up to it exactly: each
 * gets its share rounded down, and what is left goes, a unit each, to the largest remainders (Hamilton's method), the first of equal
 * ones first. All weights zero: it is split evenly. `total` has no more than `places` digits; either may be negative.
 */
export function splitByLargestRemainder(total: Big, weights: readonly Big[], places: number): Big[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((all, weight) => all.plus(weight), Big(0));
  const shares = sum.eq(0) ? weights.map(() => Big(1)) : weights;
  const whole = sum.eq(0) ? Big(weights.length) : sum;
  const unit = Big(10).pow(-places);
  const parts = shares.map(share => {
    const exact = total.times(share).div(whole);
    const floor = floorTo(exact, places);
    return { floor, rest: exact.minus(floor) };
  });
  let left = Number(
    total
      .minus(parts.reduce((all, { floor }) => all.plus(floor), Big(0)))
      .div(unit)
      .round(0),
  );
  const order = parts.map((_, at) => at).sort((a, b) => parts[b]!.rest.cmp(parts[a]!.rest) || a - b);
  const result = parts.map(({ floor }) => floor);
  for (const at of order) {
    if (left <= 0) break;
    result[at] = result[at]!.plus(unit);
    left--;
  }
  return result;
}

function floorTo(value: Big, places: number): Big {
  const cut = value.round(places, Big.roundDown);
  return cut.gt(value) ? cut.minus(Big(10).pow(-places)) : cut;
}

/** An exact number (text as `numeric` gives it) without the noughts behind the point that say nothing: "2.5000" is "2.5". */
export const printDecimal = (value: string): string =>
  value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value;
