import Big from 'big.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { isCurrency } from '../../../platform/money.js';

export interface Bounds {
  least?: string;
  /** Not this one itself. */
  above?: string;
  most?: string;
  places: number;
}

export const PERCENT: Bounds = { least: '0', most: '100', places: 4 };
export const PRICE: Bounds = { least: '0', places: 4 };
export const QUANTITY: Bounds = { above: '0', places: 4 };

/** An exact number within its bounds, as given; what is wrong with it is reported. */
export function checkedNumber(problems: Problems, field: string, value: string, bounds: Bounds): string {
  const number = Big(value);
  if (bounds.above !== undefined && number.lte(bounds.above))
    report(problems, field, `It is more than ${bounds.above}.`);
  if (bounds.least !== undefined && number.lt(bounds.least)) report(problems, field, `It is at least ${bounds.least}.`);
  if (bounds.most !== undefined && number.gt(bounds.most)) report(problems, field, `It is at most ${bounds.most}.`);
  if (number.gte('1e11')) report(problems, field, 'It is too large.');
  if (!number.round(bounds.places, Big.roundDown).eq(number))
    report(problems, field, `It has at most ${bounds.places} digits after the point.`);
  return value;
}

/** A currency in its one spelling; what is none is reported. */
export function checkedCurrency(problems: Problems, field: string, code: string): string {
  const currency = code.trim().toUpperCase();
  if (!isCurrency(currency)) report(problems, field, 'This is not a currency such as EUR or BRL (ISO 4217).');
  return currency;
}
