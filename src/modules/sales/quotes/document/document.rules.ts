import Big from 'big.js';
import { minorDigits, roundMoney } from '../../../../platform/money.js';
import { writeAmount, writeDay, writeMoney, writeNumber, writePercent } from '../money.words.js';
import type { QuoteDocument } from './document.queries.js';
import { documentLanguage, QUOTE_WORDS, type QuoteWords } from './quote.words.js';

/** A quote in words, the same for the page and the printed document. */
export interface WrittenQuote {
  heading: string;
  /** Which revision it is, where it is not the first. */
  revision: string | null;
  facts: { label: string; value: string }[];
  columns: string[];
  /** Whether any line has a discount of its own, so that there is a column for it. */
  hasDiscounts: boolean;
  rows: string[][];
  /** The last one is what is to be paid. */
  sums: { label: string; value: string }[];
  words: QuoteWords;
}

/**
 * A line's amount is what it costs after its own discount, so that the amounts add up to the subtotal; what is taken off the whole
 * comes after it.
 */
export function writeQuote(quote: QuoteDocument): WrittenQuote {
  const { language, currency } = quote;
  const words = QUOTE_WORDS[documentLanguage(language)];
  const amounts = quote.lines.map(({ quantity, unitPrice, discountPercent }) => {
    const exact = Big(quantity).times(unitPrice);
    return roundMoney(exact, currency).minus(roundMoney(exact.times(discountPercent).div(100), currency));
  });
  const subtotal = amounts.reduce((all, one) => all.plus(one), Big(0));
  const off = subtotal.minus(quote.net);
  const hasDiscounts = quote.lines.some(line => !Big(line.discountPercent).eq(0));
  const money = (amount: Big | string) => writeMoney(Big(amount).toFixed(minorDigits(currency)), currency, language);
  const sums = [{ label: words.subtotal, value: money(subtotal) }];
  if (!Big(quote.discountPercent).eq(0)) {
    sums.push({
      label: `${words.discounts} ${writePercent(quote.discountPercent, language)}`,
      value: money(off.neg()),
    });
    sums.push({ label: words.netTotal, value: money(quote.net) });
  }
  for (const { percent, base, amount } of quote.taxes) {
    const of = `${writePercent(percent, language)} × ${money(base)}`;
    sums.push({ label: `${words.taxAt} ${of}`, value: money(amount) });
  }
  sums.push({ label: words.total, value: money(quote.total) });
  return {
    heading: `${words.quote} ${quote.number}`,
    revision: quote.revision > 1 ? `${words.revision} ${writeNumber(String(quote.revision), language)}` : null,
    facts: [
      { label: words.date, value: writeDay(quote.date, language) },
      { label: words.validUntil, value: writeDay(quote.validUntil, language) },
      { label: words.currency, value: currency },
    ],
    columns: [
      words.description,
      words.quantity,
      words.unitPrice,
      ...(hasDiscounts ? [words.discount] : []),
      words.tax,
      words.net,
    ],
    hasDiscounts,
    rows: quote.lines.map((line, at) => [
      line.description,
      `${writeNumber(line.quantity, language)}${line.unit ? ` ${line.unit}` : ''}`,
      writeAmount(line.unitPrice, currency, language),
      ...(hasDiscounts ? [Big(line.discountPercent).eq(0) ? '' : writePercent(line.discountPercent, language)] : []),
      writePercent(line.taxPercent, language),
      writeAmount(amounts[at]!.toFixed(minorDigits(currency)), currency, language),
    ]),
    sums,
    words,
  };
}
