import { randomBytes, randomUUID } from 'node:crypto';
import { publicId } from '../../../src/platform/ids.js';
import type { Area } from './area.js';

const fresh = () => `a${randomBytes(5).toString('hex')}`;

export const catalogue: Area = {
  async plant(put, { marker, kept }) {
    const unit = await put('units', { code: marker, name: marker }, 'unit');
    const tax = await put('tax_rates', { name: marker, percent: '21' }, 'tax_rate');
    const product = { name: marker, kind: 'GOOD', unit_id: unit, tax_rate_id: tax };
    kept['product'] = await put('products', { ...product, sku: marker, external_id: marker }, 'product');
    const bundle = await put('products', { ...product, sku: `${marker} bundle`, kind: 'BUNDLE' }, 'bundle');
    await put('bundle_items', { bundle_id: bundle, product_id: kept['product'], quantity: '2' });
    kept['price_book'] = await put(
      'price_books',
      { name: marker, segment: marker, currency: 'EUR', valid_from: '2026-01-01' },
      'price_book',
    );
    await put(
      'price_books',
      { name: `${marker} spare`, currency: 'CHF', valid_from: '2026-01-01', segment: fresh() },
      'spare_price_book',
    );
    const price = { price_book_id: kept['price_book'], product_id: kept['product'], unit_price: '10' };
    await put('price_book_entries', price, 'price');
    await put('discount_limits', { role: 'AGENT', max_percent: '10' });
    await put('exchange_rates', { currency: 'USD', valid_from: '2026-01-01', rate: '0.9' });
  },
  prefixes: { bundle: 'product', spare_price_book: 'price_book' },
  byName: { productId: 'product', priceBookId: 'price_book', unitId: 'unit', taxRateId: 'tax_rate' },
  byMutation: [
    [/Products?$/, 'product'],
    [/^removePriceBook$/, 'spare_price_book'],
    [/PriceBook$/, 'price_book'],
    [/TaxRate$/, 'tax_rate'],
  ],
  byType: { Product: 'product', ProductPrice: 'product', PriceBook: 'price_book' },
  sensible: {
    createPriceBook: [
      ['input.currency', () => 'USD'],
      ['input.segment', fresh],
    ],
    setDiscountLimit: [['input.role', () => 'AGENT']],
    setExchangeRates: [['input.items.currency', () => 'GBP']],
    updateOrganization: [['input.currency', () => 'EUR']],
  },
  rows({ id, name, moment, maybe, kept }) {
    kept['price_book'] = randomUUID();
    const product = { id, sku: 'gen_random_uuid()', name, kind: `'GOOD'`, created_at: moment };
    const book = {
      name: 'gen_random_uuid()',
      segment: 'gen_random_uuid()',
      currency: `'EUR'`,
      valid_from: `'2026-01-01'`,
    };
    return {
      first: [['price_books', { ...book, id: `'${kept['price_book']}'::uuid` }]],
      tables: {
        products: { ...product, external_id: maybe('gen_random_uuid()::text') },
        price_books: { ...book, id, created_at: moment },
        price_book_entries: {
          id,
          price_book_id: `'${kept['price_book']}'::uuid`,
          product_id: '(select p.id from products p where p.organization_id = $1 order by random() limit 1)',
          min_quantity: 'ceil(random() * 1000000)',
          unit_price: '10',
        },
      },
      parents: { PriceBook: publicId('price_book', kept['price_book']) },
    };
  },
};
