import Big from 'big.js';
import { minorDigits, printAmount, roundMoney } from '../../../platform/money.js';

/** What opportunities of one currency add up to; exact numbers as text. */
export interface CurrencySum {
  currency: string;
  count: number;
  amount: string;
  /** How much of the organisation's own currency one of it is; nothing where nobody said. */
  rate: string | null;
}

/** Sums as they are and in the currency `home`, rounded once, half up, when all is added up. */
export function convert(
  rows: readonly CurrencySum[],
  home: string,
): { sums: { amount: string; currency: string }[]; total: Big; currency: string; unconverted: string[] } {
  let total = Big(0);
  const unconverted: string[] = [];
  for (const { currency, amount, rate } of rows) {
    const factor = currency === home ? '1' : rate;
    if (factor !== null) total = total.plus(Big(amount).times(factor));
    else if (!Big(amount).eq(0)) unconverted.push(currency);
  }
  const sums = rows.map(({ currency, amount }) => ({ currency, amount: printAmount(amount, currency) }));
  return { sums, total: roundMoney(total, home), currency: home, unconverted };
}

/** The part of a sum that is won, if things go as declared; `probability` is from 0 to 1. */
export const weigh = (total: Big, probability: number, currency: string): Big =>
  roundMoney(total.times(probability), currency);

export const moneyIn = (amount: Big, currency: string): { amount: string; currency: string } => ({
  amount: amount.toFixed(minorDigits(currency)),
  currency,
});
