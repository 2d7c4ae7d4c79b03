import type { Area } from './area.js';

export const quotes: Area = {
  async plant(put, { marker, now, customer, kept }) {
    await put('number_series', { kind: 'QUOTE', year: 2026, last: 1 });
    const amounts = { net: '100', tax: '21', total: '121' };
    kept['quote'] = await put(
      'quotes',
      {
        number: marker,
        status: 'SENT',
        customer_id: customer,
        opportunity_id: kept['opportunity'],
        price_book_id: kept['price_book'],
        currency: 'EUR',
        language: 'es',
        valid_until: '2999-01-01',
        sent_at: now,
        subtotal: '100',
        discount: '0',
        ...amounts,
        created_by: 'system:test',
      },
      'quote',
    );
    await put(
      'quote_lines',
      {
        quote_id: kept['quote'],
        position: 1,
        product_id: kept['product'],
        description: marker,
        quantity: '2',
        unit_price: '50',
        ...amounts,
      },
      'quote_line',
    );
  },
};
