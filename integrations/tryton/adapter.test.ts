import { describe, expect, test } from '@jest/globals';
import type { ErpKind, ErpOrder, Unsaved } from '../../src/erp/port.js';
import { trytonAdapter } from './adapter.js';
import { type Answer, type Call, recordedContext } from './test.server.js';

const adapter = trytonAdapter();

async function read(kind: ErpKind) {
  const { context, warnings } = recordedContext();
  const { records } = await (await adapter.open(context)).changes(kind, null, 50);
  expect(warnings).toEqual([]);
  return records;
}

const order: Unsaved<ErpOrder> = {
  reference: 'O-2026-0002',
  customerId: '2',
  status: 'PLACED',
  currency: 'EUR',
  placedAt: '2026-11-27T10:00:00Z',
  net: '34.20',
  tax: '3.42',
  total: '37.62',
  lines: [
    { productId: '1', description: 'Pan', quantity: '10', unitPrice: '4.50', discountPercent: '24', taxPercent: '10' },
  ],
};

/** Tryton until it has made the sale of `order`, and then as recorded. */
function selling(more: (call: Call) => Answer | undefined = () => undefined) {
  let state = '';
  return (call: Call): Answer | undefined => {
    const said = more(call);
    if (said) return said;
    const [, , , , fields] = call.params as unknown[];
    if (call.method === 'model.sale.sale.create') {
      state = 'draft';
      return { result: [1] };
    }
    if (call.method === 'model.sale.sale.search_read' && String(fields) === 'state,reference')
      return { result: state ? [{ id: 1, state, reference: order.reference }] : [] };
    if (call.method === 'model.party.party.search_read' && String(fields) === 'customer_payment_term')
      return { result: [{ id: 2, customer_payment_term: null }] };
    if (call.method === 'model.party.address.search_read') return { result: [{ id: 7, party: 2 }] };
    if (call.method === 'model.currency.currency.search_read') return { result: [{ id: 1, code: 'EUR' }] };
    if (call.method === 'model.product.product.search_read' && String(fields) === 'sale_uom,account_category')
      return { result: [{ id: 1, sale_uom: 1, account_category: 2 }] };
    if (call.method === 'model.sale.sale.quote') state = 'quotation';
    if (call.method === 'model.sale.sale.confirm') state = 'processing';
    return /\.(quote|confirm|process)$/.test(call.method) ? { result: null } : undefined;
  };
}
/** The values of the one line of the sale that was made. */
function createdLine(calls: Call[]): object {
  const { params } = calls.find(call => call.method === 'model.sale.sale.create')!;
  const [[{ lines }]] = params as [[{ lines: [[string, [object]]] }]];
  return lines[0][1][0];
}

describe('what Tryton has said', () => {
  test('products carry their tax, unit and whether they are sold', async () => {
    expect(await read('PRODUCT')).toMatchObject([
      {
        externalId: '1',
        sku: 'PAN-01',
        name: 'Pan de masa madre',
        kind: 'GOOD',
        unit: 'u',
        taxPercent: '10',
        isGone: false,
      },
      { sku: 'HAR-25', unit: 'kg', taxPercent: '10' },
      { sku: 'CUR-01', kind: 'SERVICE', taxPercent: '21' },
    ]);
  });

  test('list prices are everybody’s book, a price list that of the customers with its name', async () => {
    expect(await read('PRICE_BOOK')).toMatchObject([
      {
        externalId: 'list',
        currency: 'EUR',
        entries: [{ unitPrice: '4.5' }, { unitPrice: '1.8375' }, { unitPrice: '120' }],
      },
      {
        segment: 'Cafeterías',
        entries: [{}, {}, {}, { productId: '1', minQuantity: '50', unitPrice: '3.6' }],
      },
    ]);
  });

  test('stock, customers, orders, invoices and payments are told exactly', async () => {
    expect(await read('STOCK')).toContainEqual({ externalId: '1', quantity: '96' });
    expect(await read('CUSTOMER')).toMatchObject([
      { kind: 'COMPANY', name: 'Café Sol', taxId: 'ESB64717838', address: { city: 'Madrid' } },
    ]);
    expect(await read('ORDER')).toMatchObject([
      {
        status: 'PARTIALLY_DELIVERED',
        reference: 'O-2026-0001',
        total: '182.82',
        lines: [
          { quantity: '10', unitPrice: '3.42', deliveredQuantity: '4' },
          { quantity: '1', unitPrice: '120' },
        ],
      },
    ]);
    expect(await read('INVOICE')).toMatchObject([
      { status: 'POSTED', orderId: '1', total: '182.82', amountDue: '82.82' },
    ]);
    expect(await read('PAYMENT')).toMatchObject([
      { invoiceId: '1', amount: '100.00', currency: 'EUR', method: 'Cash' },
    ]);
  });

  test('a row that is not understood is left out, and the others are told', async () => {
    const { context, warnings } = recordedContext(({ method, params }) =>
      method === 'model.account.invoice.search_read' && String(params[4]).includes('total_amount')
        ? { result: [{ id: 9, number: 17 }] }
        : undefined,
    );
    const session = await adapter.open(context);
    expect((await session.changes('INVOICE', null, 50)).records).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

describe('writing a sale', () => {
  test('gives the price after the discount, or both where Tryton knows discounts', async () => {
    const plain = recordedContext(selling());
    await (await adapter.open(plain.context)).write('ORDER', order, 'O-2026-0002');
    const line = createdLine(plain.calls);
    expect(line).toMatchObject({ unit_price: { __class__: 'Decimal', decimal: '3.42' }, taxes: [['add', [2]]] });
    expect(line).not.toHaveProperty('base_price');
    expect(plain.warnings).toEqual(['The total of a sale in Tryton differs from ours.']);

    const fields = { unit_price: { digits: [16, 4] }, base_price: { digits: [16, 4] } };
    const both = recordedContext(
      selling(call => {
        if (call.method === 'model.sale.line.fields_get') return { result: fields };
        return undefined;
      }),
    );
    await (await adapter.open(both.context)).write('ORDER', order, 'O-2026-0002');
    expect(createdLine(both.calls)).toMatchObject({ unit_price: { decimal: '3.42' }, base_price: { decimal: '4.50' } });
  });

  test('a tax that Tryton does not have is said before anything is made', async () => {
    const { context, calls } = recordedContext(selling());
    const odd = { ...order, lines: order.lines.map(line => ({ ...line, taxPercent: '7.5' })) };
    const refused = (await adapter.open(context)).write('ORDER', odd, 'O-2026-0002');
    await expect(refused).rejects.toMatchObject({ code: 'REFUSED', message: 'Tryton has no tax of 7.5 % for sales.' });
    expect(calls.map(call => call.method)).not.toContain('model.sale.sale.create');
  });

  test('a warning is answered as the owner wants: no, or yes once', async () => {
    const warning = { error: ['UserWarning', ['sale_1.credit', 'The customer owes 900 EUR.', '']] };
    let isAccepted = false;
    const warned = selling(({ method }) => {
      if (method === 'model.res.user.warning.create') {
        isAccepted = true;
        return { result: [1] };
      }
      return method === 'model.sale.sale.confirm' && !isAccepted ? warning : undefined;
    });
    const cautious = recordedContext(warned);
    await expect((await adapter.open(cautious.context)).write('ORDER', order, 'O-2026-0002')).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'The customer owes 900 EUR.',
    });
    const bold = recordedContext(warned, { acceptWarnings: 'yes' });
    await (await adapter.open(bold.context)).write('ORDER', order, 'O-2026-0002');
    const asked = bold.calls.filter(call => call.method === 'model.res.user.warning.create');
    expect(asked.map(call => call.params[0])).toEqual([[{ user: 2, name: 'sale_1.credit', always: false }]]);
  });
});

describe('when Tryton fails', () => {
  const faults: [string, Answer, object][] = [
    [
      'is busy',
      { status: 429, headers: { 'retry-after': '5' } },
      { code: 'RATE_LIMITED', details: { retryAfterMs: 5000 } },
    ],
    ['is behind a proxy that gave up', { status: 504 }, { code: 'UNREACHABLE', details: { mayHaveHappened: true } }],
    ['answers a page', { status: 200, text: '<html>' }, { code: 'BROKEN', details: { mayHaveHappened: true } }],
    [
      'refuses',
      { error: ['UserError', ['No stock.', 'Sale 1', null]] },
      { code: 'REFUSED', message: 'No stock. – Sale 1' },
    ],
    [
      'breaks',
      { error: ['psycopg2: password=secret', 'Traceback'] },
      { code: 'BROKEN', message: expect.not.stringContaining('secret') },
    ],
  ];
  test.each(faults)('that it %s is told, and whether the write may have happened', async (_, answer, expected) => {
    const { context } = recordedContext(
      selling(({ method }) => (method === 'model.sale.sale.create' ? answer : undefined)),
    );
    await expect((await adapter.open(context)).write('ORDER', order, 'O-2026-0002')).rejects.toMatchObject(expected);
  });

  test('what only reads has not happened', async () => {
    const { context } = recordedContext(({ method }) =>
      method.startsWith('model.product') ? { status: 502 } : undefined,
    );
    const lost = (await adapter.open(context)).changes('PRODUCT', null, 10);
    await expect(lost).rejects.toMatchObject({ code: 'UNREACHABLE', details: { mayHaveHappened: false } });
  });
});

test('settings are judged by field', () => {
  const good = { url: 'https://tryton.example', database: 'crm', username: 'crm', password: 'secret' };
  expect(adapter.problems(good)).toEqual([]);
  const fields = (settings: object) => adapter.problems({ ...good, ...settings }).map(problem => problem.field);
  expect(fields({ url: 'tryton' })).toEqual(['url']);
  expect(fields({ url: 'https://me:secret@tryton.example' })).toEqual(['url']);
  expect(fields({ password: '', orderState: 'done', acceptWarnings: 'perhaps' })).toEqual([
    'password',
    'orderState',
    'acceptWarnings',
  ]);
});
