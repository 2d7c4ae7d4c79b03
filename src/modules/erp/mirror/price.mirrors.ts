import Big from 'big.js';
import { invalid } from '../../../platform/errors.js';
import { isCalendarDay } from '../../../platform/input.rules.js';
import { isCurrency } from '../../../platform/money.js';
import { endPriceBook, mirrorPriceBook, mirrorStock, overlappingPriceBook } from '../../sales/index.js';
import { Overlap, type PlainMirror } from './mirror.js';
import { requiredText } from './product.mirror.js';

export const priceBookMirror: PlainMirror<'PRICE_BOOK'> = {
  kind: 'PRICE_BOOK',
  references: ({ entries }) =>
    [...new Set(entries.map(entry => entry.productId))].map(externalId => ({
      kind: 'PRODUCT',
      externalId,
      isRequired: false,
    })),
  async keep(tx, record, { recordId, resolved }) {
    if (record.isGone) {
      if (recordId) await endPriceBook(tx, recordId);
      return { recordId, change: recordId ? 'CHANGED' : 'UNCHANGED' };
    }
    if (!isCurrency(record.currency)) throw invalid('currency', `"${record.currency}" is not a currency of ISO 4217.`);
    for (const day of [record.validFrom, record.validUntil]) {
      if (day !== undefined && !isCalendarDay(day)) throw invalid('validFrom', `"${day}" is not a day.`);
    }
    const book = {
      name: requiredText(record.name, 'name', 200),
      currency: record.currency,
      segment: record.segment,
      validFrom: record.validFrom,
      validUntil: record.validUntil,
      entries: record.entries.flatMap(entry => {
        const productId = resolved.idOf('PRODUCT', entry.productId);
        return productId ? [{ productId, ...checkedPrice(entry) }] : [];
      }),
    };
    // One that is kept already has its place, unless the ERP moves it.
    if (!recordId || book.segment !== undefined || book.validFrom !== undefined) {
      const other = await overlappingPriceBook(tx, book, recordId);
      if (other) throw new Overlap('segment', other.name, book.segment ?? null, book.name);
    }
    const { bookId, change } = await mirrorPriceBook(tx, recordId, book);
    return { recordId: bookId, change };
  },
};

function checkedPrice({ minQuantity, unitPrice }: { minQuantity: string; unitPrice: string }) {
  const [quantity, price] = [decimal(minQuantity, 'minQuantity'), decimal(unitPrice, 'unitPrice')];
  if (price.lt(0)) throw invalid('unitPrice', 'A price is not negative.');
  // From nothing on is from the first on.
  return { minQuantity: quantity.gt(0) ? quantity.toFixed() : '1', unitPrice: price.toFixed() };
}

export function decimal(text: string, field: string): Big {
  try {
    return Big(text).round(4);
  } catch {
    throw invalid(field, `"${String(text).slice(0, 30)}" is not a number.`);
  }
}

export const stockMirror: PlainMirror<'STOCK'> = {
  kind: 'STOCK',
  references: ({ externalId }) => [{ kind: 'PRODUCT', externalId, isRequired: true }],
  async keep(tx, record, { resolved }) {
    const productId = resolved.idOf('PRODUCT', record.externalId)!;
    const quantity = record.isGone ? null : decimal(record.quantity, 'quantity').toFixed();
    return { recordId: productId, change: (await mirrorStock(tx, productId, quantity)) ? 'CHANGED' : 'UNCHANGED' };
  },
};
