import { defineRecord } from '../../../platform/schema/index.js';
import { PriceBook } from './price-book.entity.js';
import { PriceBookEntry } from './price-book-entry.entity.js';
import { Product } from './product.entity.js';
import { TaxRate } from './tax-rate.entity.js';
import { Unit } from './unit.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;
const name = { sql: 't.name', type: 'text', nullable: false } as const;

defineRecord({
  type: Product,
  name: 'products',
  prefix: 'product',
  visibility: 'CATALOGUE',
  orders: { NAME: name, SKU: { sql: 't.sku', type: 'text', nullable: false }, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {
    sku: { sql: 't.sku', type: 'text' },
    name: { sql: 't.name', type: 'text' },
    kind: { sql: 't.kind', type: 'text' },
    isActive: { sql: 't.is_active', type: 'boolean' },
    externalId: { sql: 't.external_id', type: 'text' },
  },
});

defineRecord({
  type: PriceBook,
  name: 'priceBooks',
  prefix: 'price_book',
  visibility: 'CATALOGUE',
  orders: { NAME: name, VALID_FROM: { sql: 't.valid_from', type: 'date', nullable: false }, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {
    name: { sql: 't.name', type: 'text' },
    segment: { sql: 't.segment', type: 'text' },
    currency: { sql: 't.currency', type: 'text' },
    validOn: {
      sql: '',
      type: 'date',
      build: (day, parameters) => `daterange(t.valid_from, t.valid_until) @> ${parameters.add(day, 'date')}`,
    },
  },
});

defineRecord({
  type: PriceBookEntry,
  name: 'priceBook.prices',
  prefix: 'price',
  visibility: 'CATALOGUE',
  orders: {
    PRODUCT: { sql: 't.product_id', type: 'uuid', nullable: false },
  },
  defaultOrder: [{ field: 'PRODUCT', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: Unit,
  name: 'units',
  prefix: 'unit',
  visibility: 'CATALOGUE',
  orders: { NAME: name },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: TaxRate,
  name: 'taxRates',
  prefix: 'tax_rate',
  visibility: 'CATALOGUE',
  orders: { NAME: name },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});
