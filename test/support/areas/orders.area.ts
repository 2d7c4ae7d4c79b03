import { randomBytes } from 'node:crypto';
import type { Area } from './area.js';

const fresh = () => randomBytes(6).toString('hex');
const AMOUNTS = { net: `'100'`, tax: `'21'`, total: `(array[0.5, 121, 121.0001, 99999])[ceil(random() * 4)::int]` };

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
        delivered_quantity: '1',
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
    // One that has come back nowhere and may be called off.
    await put('orders', { ...order, opportunity_id: null, number: `${marker} 2` }, 'open_order');
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
  byName: { orderId: 'order', lineId: 'order_line', invoiceId: 'invoice' },
  byMutation: [
    [/^cancelOrder$/, 'open_order'],
    [/Contract$/, 'contract'],
  ],
  byType: {
    Order: 'order',
    OrderChanged: 'order',
    Invoice: 'invoice',
    Payment: 'payment',
    Contract: 'contract',
    ContractChanged: 'contract',
  },
  sensible: {
    createOrder: [
      ['input.channel', () => 'STORE'],
      ['input.lines.description', fresh],
      ['input.lines.unitPrice', () => ({ amount: '2.50', currency: 'EUR' })],
      ['input.currency', () => 'EUR'],
    ],
    createOrders: [
      ['input.items.channel', () => 'STORE'],
      ['input.items.externalId', fresh],
      ['input.items.currency', () => 'EUR'],
      ['input.items.lines.description', fresh],
      ['input.items.lines.unitPrice', () => ({ amount: '2.50', currency: 'EUR' })],
    ],
    recordDelivery: [['input.lines.quantity', () => '0.001']],
    recordDeliveries: [['input.items.orderId', own => own.ids['open_order']]],
    recordReturn: [['input.lines.quantity', () => '0.001']],
    createContract: [
      ['input.name', fresh],
      ['input.billingPeriod', () => 'MONTH'],
      ['input.amount', () => ({ amount: '2.50', currency: 'EUR' })],
    ],
  },
  prefixes: { open_order: 'order' },
  rows({ customer, id, name, moment, maybe, kept }) {
    const order = {
      number: 'gen_random_uuid()',
      customer_id: `'${customer}'`,
      opportunity_id: kept['opportunity'] ? `'${kept['opportunity']}'` : 'null',
      currency: `'EUR'`,
      subtotal: `'100'`,
      ...AMOUNTS,
      channel: `'STORE'`,
      placed_at: moment,
      updated_at: moment,
    };
    const day = `date '2026-11-01' + floor(random() * 4)::int`;
    return {
      tables: {
        orders: { ...order, id },
        invoices: {
          id,
          number: 'gen_random_uuid()',
          status: `'POSTED'`,
          customer_id: `'${customer}'`,
          currency: `'EUR'`,
          ...AMOUNTS,
          amount_due: `'1'`,
          issued_on: maybe(day),
          due_on: maybe(day),
          created_at: moment,
        },
        payments: {
          id,
          customer_id: `'${customer}'`,
          amount: AMOUNTS.total,
          currency: `'EUR'`,
          paid_on: day,
          created_at: moment,
        },
        contracts: {
          id,
          number: 'gen_random_uuid()',
          name,
          customer_id: `'${customer}'`,
          amount: AMOUNTS.total,
          currency: `'EUR'`,
          billing_period: `'MONTH'`,
          starts_on: day,
          term_months: `'12'`,
          renews_on: maybe(day),
          created_at: moment,
        },
      },
    };
  },
};
