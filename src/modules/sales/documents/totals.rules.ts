import Big from 'big.js';
import { minorDigits, roundMoney, splitByLargestRemainder } from '../../../platform/money.js';

/** One line of a quote or an order; exact numbers as text, percentages from 0 to 100. Prices are without tax. */
export interface PricedLine {
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
}

export interface LineTotals {
  /** After the line's own discount and its part of the document's, before tax. */
  net: string;
  tax: string;
  total: string;
}

export interface DocumentTotals {
  lines: LineTotals[];
  /** Of all lines, before any discount and tax. */
  subtotal: string;
  /** All that was taken off, by lines and by the document. */
  discount: string;
  net: string;
  tax: string;
  total: string;
  /** Per rate of tax, the lowest first. */
  taxes: { percent: string; base: string; amount: string }[];
}

/**
 * Adds up a document. A line is quantity × price less its discount, rounded half up to the coin; the document's own discount is
 * rounded once and split over the lines by the largest remainder; tax is rounded once a rate, on the sum of what it is owed on,
 * and split the same way: so the lines, the rates and the total always agree to the coin.
 */
export function documentTotals(
  lines: readonly PricedLine[],
  { currency, discountPercent = '0' }: { currency: string; discountPercent?: string },
): DocumentTotals {
  const places = minorDigits(currency);
  const gross = lines.map(line => roundMoney(Big(line.quantity).times(line.unitPrice), currency));
  const own = lines.map((line, at) =>
    gross[at]!.minus(roundMoney(percentOf(Big(line.quantity).times(line.unitPrice), line.discountPercent), currency)),
  );
  const off = roundMoney(percentOf(sum(own), discountPercent), currency);
  const parts = splitByLargestRemainder(off, own, places);
  const nets = own.map((amount, at) => amount.minus(parts[at]!));

  const rates = [...new Set(lines.map(line => Big(line.taxPercent).toString()))].sort((a, b) => Big(a).cmp(b));
  const taxOf: Big[] = lines.map(() => Big(0));
  const taxes = rates.map(percent => {
    const owed = lines.flatMap((line, at) => (Big(line.taxPercent).eq(percent) ? [at] : []));
    const base = sum(owed.map(at => nets[at]!));
    const amount = roundMoney(percentOf(base, percent), currency);
    const split = splitByLargestRemainder(
      amount,
      owed.map(at => nets[at]!),
      places,
    );
    for (const [place, at] of owed.entries()) taxOf[at] = split[place]!;
    return { percent, base: base.toFixed(places), amount: amount.toFixed(places) };
  });

  const [subtotal, net, tax] = [sum(gross), sum(nets), sum(taxOf)];
  return {
    lines: nets.map((amount, at) => ({
      net: amount.toFixed(places),
      tax: taxOf[at]!.toFixed(places),
      total: amount.plus(taxOf[at]!).toFixed(places),
    })),
    subtotal: subtotal.toFixed(places),
    discount: subtotal.minus(net).toFixed(places),
    net: net.toFixed(places),
    tax: tax.toFixed(places),
    total: net.plus(tax).toFixed(places),
    taxes,
  };
}

/**
 * The one discount, in percent, that a line has where nothing is taken off the whole: its own and its part of the document's. `net` is
 * what the line came to. It has as few digits as give `net` to the coin, up to ten.
 */
export function wholeDiscount(
  { quantity, unitPrice, discountPercent, net }: Omit<PricedLine, 'taxPercent'> & { net: string },
  currency: string,
): string {
  const gross = Big(quantity).times(unitPrice);
  const isEnough = (percent: Big) =>
    roundMoney(gross, currency)
      .minus(roundMoney(percentOf(gross, percent.toFixed()), currency))
      .eq(net);
  if (gross.lte(0) || isEnough(Big(discountPercent))) return Big(discountPercent).toFixed();
  const exact = Big(100).minus(Big(net).times(100).div(gross));
  for (let places = 0; places < 10; places++) {
    const percent = exact.round(places, Big.roundHalfUp);
    if (isEnough(percent)) return percent.toFixed();
  }
  return exact.round(10, Big.roundHalfUp).toFixed();
}

const percentOf = (amount: Big, percent: string): Big => amount.times(percent).div(100);
const sum = (amounts: readonly Big[]): Big => amounts.reduce((all, amount) => all.plus(amount), Big(0));
