import Big from 'big.js';
import { minorDigits, roundMoney, splitByLargestRemainder } from '../../../platform/money.js';

/** A line as it will be kept; exact numbers as text, percentages from 0 to 100, prices without tax. */
export interface PreparedLine {
  /** Stored. */
  productId: string | null;
  description: string;
  quantity: string;
  unit: string | null;
  unitPrice: string;
  /** As the price book has it; null where nothing lists it. */
  listPrice: string | null;
  discountPercent: string;
  taxPercent: string;
}

/**
 * The most that any line is below its list price, in percent with up to four digits, rounded up: its discount and the document's
 * together, and, where it has a list price, also what its price was lowered by hand. One line that is given away is not
 * made up for by others.
 */
export function effectiveDiscount(
  lines: readonly Pick<PreparedLine, 'unitPrice' | 'listPrice' | 'discountPercent'>[],
  discountPercent: string,
): string {
  const offDocument = Big(100).minus(discountPercent);
  const discounts = lines.map(({ unitPrice, listPrice, discountPercent: offLine }) => {
    const kept = Big(100).minus(offLine).times(offDocument).div(100);
    const said = Big(100).minus(kept);
    if (listPrice === null || Big(listPrice).lte(0)) return said;
    const offList = Big(100).minus(Big(unitPrice).times(kept).div(listPrice));
    return offList.gt(said) ? offList : said;
  });
  const most = discounts.reduce((all, one) => (one.gt(all) ? one : all), Big(0));
  return most.round(4, Big.roundUp).toFixed();
}

/** A component of a bundle: how many one bundle has of it, and what it costs by itself. */
export interface Component {
  productId: string;
  description: string;
  quantity: string;
  unit: string | null;
  listPrice: string | null;
  taxPercent: string;
}

/**
 * A bundle as lines of its components. The price of all bundles together is split over the components by the largest remainder
 * of what they would cost by themselves, in whole coins; a part that no price of one gives exactly becomes two lines whose prices are
 * a coin apart. Null where a fractional quantity cannot be split to the coin.
 */
export function explode(
  bundle: Pick<PreparedLine, 'quantity' | 'unitPrice' | 'listPrice' | 'discountPercent'>,
  components: readonly Component[],
  currency: string,
): PreparedLine[] | null {
  const places = minorDigits(currency);
  const amount = (price: string) => roundMoney(Big(price).times(bundle.quantity), currency);
  const weights = components.map(({ listPrice, quantity }) => Big(listPrice ?? 0).times(quantity));
  const parts = splitByLargestRemainder(amount(bundle.unitPrice), weights, places);
  const listParts =
    bundle.listPrice === null ? null : splitByLargestRemainder(amount(bundle.listPrice), weights, places);
  // As far below its list price as the bundle is; rounded up, so that a part of a list price never hides a discount.
  const listPriceOf = (unitPrice: Big, part: Big, quantity: Big): string =>
    (Big(bundle.unitPrice).gt(0) ? unitPrice.times(bundle.listPrice!).div(bundle.unitPrice) : part.div(quantity))
      .round(4, Big.roundUp)
      .toFixed();
  const lines: PreparedLine[] = [];
  for (const [at, component] of components.entries()) {
    const quantity = Big(component.quantity).times(bundle.quantity);
    const priced = pricesOf(parts[at]!, quantity, currency);
    if (!priced) return null;
    for (const { quantity: some, unitPrice } of priced) {
      lines.push({
        productId: component.productId,
        description: component.description,
        quantity: some.toFixed(),
        unit: component.unit,
        unitPrice: unitPrice.toFixed(),
        listPrice: listParts && listPriceOf(unitPrice, listParts[at]!, quantity),
        discountPercent: bundle.discountPercent,
        taxPercent: component.taxPercent,
      });
    }
  }
  return lines;
}

function pricesOf(part: Big, quantity: Big, currency: string): { quantity: Big; unitPrice: Big }[] | null {
  const even = part.div(quantity).round(4, Big.roundHalfUp);
  if (roundMoney(even.times(quantity), currency).eq(part)) return [{ quantity, unitPrice: even }];
  if (!quantity.eq(quantity.round(0))) return null;
  const coin = Big(10).pow(-minorDigits(currency));
  const low = part.div(quantity).round(minorDigits(currency), Big.roundDown);
  const high = part.minus(low.times(quantity)).div(coin).round(0);
  return [
    { quantity: quantity.minus(high), unitPrice: low },
    { quantity: high, unitPrice: low.plus(coin) },
  ].filter(one => one.quantity.gt(0));
}
