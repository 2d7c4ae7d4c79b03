import Big from 'big.js';
import { invalid } from '../../../platform/errors.js';
import { isCalendarDay, optionalLine, type Problems, report } from '../../../platform/input.rules.js';
import { isCurrency } from '../../../platform/money.js';
import { documentTotals } from '../documents/totals.rules.js';
import type { OpportunityFields, OpportunityLineInput } from './opportunity.inputs.js';

/** What is written into the columns of the same names; a key that is left out stays as it is. */
export interface OpportunityValues {
  amount?: string | null;
  currency?: string;
  expected_close_on?: string | null;
  forecast_category?: string | null;
  source?: string | null;
  next_step?: string | null;
  next_step_due_on?: string | null;
  external_id?: string | null;
}

const MOST_AMOUNT = Big('999999999999999');

/** Reports everything that is wrong with what was said of an opportunity and needs no look at the database. */
export function cleanFields(problems: Problems, item: OpportunityFields): OpportunityValues {
  const values: OpportunityValues = {};
  if (item.amount !== undefined) Object.assign(values, cleanAmount(problems, item.amount));
  if (item.expectedCloseOn !== undefined)
    values.expected_close_on = cleanDay(problems, 'expectedCloseOn', item.expectedCloseOn);
  if (item.forecastCategory !== undefined) values.forecast_category = item.forecastCategory;
  if (item.source !== undefined) values.source = optionalLine(problems, 'source', item.source, 100);
  if (item.nextStep !== undefined) values.next_step = optionalLine(problems, 'nextStep', item.nextStep, 500);
  if (item.nextStepDueOn !== undefined)
    values.next_step_due_on = cleanDay(problems, 'nextStepDueOn', item.nextStepDueOn);
  if (item.externalId !== undefined) values.external_id = optionalLine(problems, 'externalId', item.externalId, 200);
  return values;
}

function cleanAmount(problems: Problems, amount: OpportunityFields['amount']): OpportunityValues {
  if (!amount) return { amount: null };
  const currency = amount.currency.trim().toUpperCase();
  if (!isCurrency(currency)) report(problems, 'amount.currency', 'There is no such currency (ISO 4217).');
  if (Big(amount.amount).lt(0)) report(problems, 'amount.amount', 'It is not less than nothing.');
  if (Big(amount.amount).gt(MOST_AMOUNT)) report(problems, 'amount.amount', 'It is more than is kept.', 'TOO_LONG');
  return { amount: Big(amount.amount).round(4, Big.roundHalfUp).toFixed(), currency };
}

function cleanDay(problems: Problems, field: string, day: string | null | undefined): string | null {
  if (!day) return null;
  return isCalendarDay(day) ? day : report(problems, field, 'There is no such day.');
}

const MOST_LINES = 200;
const MOST_QUANTITY = Big('99999999999');

export function checkLines(problems: Problems, lines: readonly OpportunityLineInput[]): void {
  if (lines.length > MOST_LINES)
    report(problems, 'products', `An opportunity has at most ${MOST_LINES} products.`, 'TOO_LONG');
  for (const [at, line] of lines.entries()) {
    const path = `products.${at}`;
    // As it is kept: what rounds to nothing is nothing.
    if (Big(line.quantity).round(4, Big.roundHalfUp).lte(0))
      report(problems, `${path}.quantity`, 'It is more than nothing.');
    if (Big(line.quantity).gt(MOST_QUANTITY))
      report(problems, `${path}.quantity`, 'It is more than is kept.', 'TOO_LONG');
    if (line.unitPrice != null && Big(line.unitPrice).lt(0))
      report(problems, `${path}.unitPrice`, 'It is not less than nothing.');
    if (line.unitPrice != null && Big(line.unitPrice).gt(MOST_AMOUNT))
      report(problems, `${path}.unitPrice`, 'It is more than is kept.', 'TOO_LONG');
    const discount = Big(line.discountPercent ?? 0);
    if (discount.lt(0) || discount.gt(100)) report(problems, `${path}.discountPercent`, 'It is from 0 to 100.');
  }
}

/** A line as it is kept: its product by its stored id, exact numbers as text. */
export interface PricedLine {
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
}

/** What the lines of an opportunity come to in its currency, before tax. Throws InputError for more than is kept. */
export function sumOfLines(lines: readonly PricedLine[], currency: string): string {
  const { net } = documentTotals(
    lines.map(line => ({ ...line, taxPercent: '0' })),
    { currency },
  );
  if (Big(net).gt(MOST_AMOUNT)) throw invalid('products', 'Together they are more than is kept.', 'TOO_LONG');
  return net;
}
