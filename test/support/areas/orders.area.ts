import type { Area } from './area.js';

export const orders: Area = {
  async plant(put, { marker, now, customer, kept }) {
    const amounts = { net: '100', tax: '21', total: '121' };
    const order = {
      customer_id: customer,
      opportunity_id: kept['opportunity'],
      currency: 'EUR',
      subtotal: '100',
      ...amounts,
      channel: 'STORE',
      placed_at: now,
    };
    kept['order'] = await put('orders', { ...order, number: marker, external_id: marker }, 'order');
    const line = await put(
      'order_lines',
      {
        order_id: kept['order'],
        position: 1,
        product_id: kept['product'],
        description: marker,
        quantity: '2',
        unit_price: '50',
        ...amounts,
      },
      'order_line',
    );
    const delivery = await put(
      'deliveries',
      { order_id: kept['order'], kind: 'DELIVERY', happened_at: now },
      'delivery',
    );
    await put('delivery_lines', { delivery_id: delivery, order_line_id: line, quantity: '1' });
    kept['invoice'] = await put(
      'invoices',
      {
        number: marker,
        status: 'POSTED',
        customer_id: customer,
        order_id: kept['order'],
        currency: 'EUR',
        ...amounts,
        amount_due: '121',
      },
      'invoice',
    );
    await put(
      'payments',
      { customer_id: customer, invoice_id: kept['invoice'], amount: '21', currency: 'EUR', paid_on: '2026-11-01' },
      'payment',
    );
    kept['contract'] = await put(
      'contracts',
      {
        number: marker,
        name: marker,
        customer_id: customer,
        product_id: kept['product'],
        amount: '100',
        currency: 'EUR',
        billing_period: 'YEAR',
        starts_on: '2025-01-01',
        term_months: 12,
        renewals: 1,
        renews_on: '2027-01-01',
      },
      'contract',
    );
    await put(
      'contract_renewals',
      {
        contract_id: kept['contract'],
        starts_on: '2026-01-01',
        until: '2027-01-01',
        amount: '100',
        renewed_by: 'system:test',
      },
      'contract_renewal',
    );
  },
};
