import type { Area } from './area.js';

/** A quote in each state that something can be done about, by the name its id goes by. */
const QUOTES = { quote: 'SENT', draft_quote: 'DRAFT', waiting_quote: 'PENDING_APPROVAL' };

export const quotes: Area = {
  byName: { quoteId: 'quote', opportunityId: 'opportunity' },
  byMutation: [
    [/^(update|submit)Quotes?$/, 'draft_quote'],
    [/^(approveQuotes?|rejectQuoteApproval)$/, 'waiting_quote'],
    [/Quote$/, 'quote'],
  ],
  byType: { Quote: 'quote', QuoteChanged: 'quote' },
  sensible: {
    createQuote: [
      ['input.customerId', own => own.ids['customer']],
      ['input.lines', own => ({ productId: own.ids['product'], unitPrice: { amount: '50', currency: 'EUR' } })],
    ],
    createQuotes: [
      ['input.items.customerId', own => own.ids['customer']],
      ['input.items.lines', own => ({ productId: own.ids['product'], unitPrice: { amount: '50', currency: 'EUR' } })],
    ],
  },
  async plant(put, { marker, now, customer, kept }) {
    await put('number_series', { kind: marker, year: 2026, last: 1 });
    const amounts = { net: '100', tax: '21', total: '121' };
    for (const [alias, status] of Object.entries(QUOTES)) {
      kept[alias] = await put(
        'quotes',
        {
          number: `${marker} ${alias}`,
          status,
          customer_id: customer,
          opportunity_id: kept['opportunity'],
          price_book_id: kept['price_book'],
          currency: 'EUR',
          language: 'es',
          valid_until: '2999-01-01',
          sent_at: status === 'SENT' ? now : null,
          subtotal: '100',
          discount: '0',
          ...amounts,
          created_by: 'system:test',
        },
        alias,
      );
      await put(
        'quote_lines',
        {
          quote_id: kept[alias],
          position: 1,
          product_id: kept['product'],
          description: marker,
          quantity: '2',
          unit_price: '50',
          ...amounts,
        },
        'quote_line',
      );
    }
  },
  prefixes: { draft_quote: 'quote', waiting_quote: 'quote' },
  rows({ customer, id, moment, name, maybe, kept }) {
    return {
      tables: {
        quotes: {
          id,
          number: `${name} || gen_random_uuid()`,
          status: `'EXPIRED'`,
          customer_id: `'${customer}'`,
          opportunity_id: kept['opportunity'] ? `'${kept['opportunity']}'` : 'null',
          currency: `'EUR'`,
          language: `'es'`,
          valid_until: `date '2026-11-01' + floor(random() * 4)::int`,
          subtotal: '1',
          discount: '0',
          net: '1',
          tax: '0',
          total: `(array[0, 1.5, 1.25, 12345.6789])[ceil(random() * 4)::int]`,
          created_by: `'system:test'`,
          created_at: moment,
          updated_at: moment,
          sent_at: maybe(moment),
        },
      },
    };
  },
};
