import type { Area } from './area.js';

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
    await put('price_book_entries', {
      price_book_id: kept['price_book'],
      product_id: kept['product'],
      unit_price: '10',
    });
    await put('discount_limits', { role: 'AGENT', max_percent: '10' });
    await put('exchange_rates', { currency: 'USD', valid_from: '2026-01-01', rate: '0.9' });
  },
  prefixes: { bundle: 'product' },
};
