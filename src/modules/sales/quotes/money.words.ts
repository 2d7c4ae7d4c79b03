import Big from 'big.js';
import { minorDigits, printAmount } from '../../../platform/money.js';
import { localeOf } from './document/quote.words.js';

/** An exact amount as people of a language write it: "1.234,50 €". No digit is lost to floating point. */
export function writeMoney(amount: string, currency: string, language: string): string {
  return new Intl.NumberFormat(localeOf(language), {
    ...exact(printAmount(amount, currency), currency),
    currency,
    style: 'currency',
  }).format(printAmount(amount, currency) as Intl.StringNumericLiteral);
}

/** The same without the sign of the currency, for columns. */
export function writeAmount(amount: string, currency: string, language: string): string {
  const printed = printAmount(amount, currency);
  return new Intl.NumberFormat(localeOf(language), exact(printed, currency)).format(
    printed as Intl.StringNumericLiteral,
  );
}

/** An exact number with the digits that say something: "2,5". */
export function writeNumber(value: string, language: string): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 9 }).format(
    value as Intl.StringNumericLiteral,
  );
}

/** From 0 to 100: "5 %" in Spanish, "5%" in English. */
export function writePercent(percent: string, language: string): string {
  return new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 4 }).format(
    Big(percent).div(100).toFixed() as Intl.StringNumericLiteral,
  );
}

/** A calendar day, ISO 8601, as people of a language write it. */
export function writeDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function exact(printed: string, currency: string): Intl.NumberFormatOptions {
  const digits = Math.max(minorDigits(currency), printed.split('.')[1]?.length ?? 0);
  return { minimumFractionDigits: minorDigits(currency), maximumFractionDigits: digits, useGrouping: 'always' };
}
