import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type ErpChanges,
  ErpError,
  type ErpKind,
  type ErpOrder,
  type ErpRecords,
  type ErpSession,
  type Unsaved,
} from '../../src/erp/port.js';
import { BakeryAtWork } from '../../test/support/bakery.tryton.js';
import { erpContext } from '../../test/support/erp-context.js';
import { hasTrytond, openTrytond, type Trytond } from '../../test/support/trytond.js';
import { trytonAdapter } from './adapter.js';

const isHere = hasTrytond();
if (!isHere)
  console.warn(
    'tryton-server, its modules or tryton-proteus is not installed, so the tests of a real Tryton are skipped.',
  );

// A real server on a machine that has others to serve, too.
jest.setTimeout(120_000);

const adapter = trytonAdapter();
let server: Trytond;
let bakery: BakeryAtWork;
beforeAll(async () => {
  if (!isHere) return;
  server = await openTrytond();
  bakery = new BakeryAtWork(server);
  session = await adapter.open(erpContext(server.settings));
}, 300_000);
afterAll(async () => {
  await session?.close();
  await server?.close();
});

/** Signing in takes Tryton most of its time, so it is done once. */
let session: ErpSession;

/** All there is behind a cursor. */
async function readAll<Kind extends ErpKind>(kind: Kind, cursor: string | null = null, limit = 100) {
  const records: ErpRecords[Kind][] = [];
  for (let at = cursor; ; ) {
    const page: ErpChanges<Kind> = await session.changes(kind, at, limit);
    records.push(...page.records);
    at = page.cursor;
    if (!page.hasMore) return { records, cursor: at };
  }
}
const customer = (name: string) => ({
  kind: 'COMPANY' as const,
  name,
  email: 'pedidos@cafe.example',
  phone: '+34 911 222 333',
  taxId: 'ESB64717838',
  language: 'en',
  address: { street: 'Calle Mayor 1', city: 'Madrid', postalCode: '28013' },
});
async function product(sku: string) {
  const { records } = await readAll('PRODUCT');
  return records.find(record => record.sku === sku)!;
}
async function order(key: string, customerId: string): Promise<Unsaved<ErpOrder>> {
  const [bread, course] = [await product('PAN-01'), await product('CUR-01')];
  return {
    reference: key,
    customerId,
    status: 'PLACED',
    currency: 'EUR',
    placedAt: new Date().toISOString(),
    net: '154.20',
    tax: '28.62',
    total: '182.82',
    lines: [
      {
        productId: bread.externalId,
        description: 'Pan de masa madre',
        quantity: '10',
        unitPrice: '4.50',
        discountPercent: '24',
        taxPercent: '10',
      },
      {
        productId: course.externalId,
        description: 'Curso',
        quantity: '1',
        unitPrice: '120',
        discountPercent: '0',
        taxPercent: '21',
      },
    ],
  };
}

(isHere ? describe : describe.skip)('a real Tryton', () => {
  test('says who it is', async () => {
    expect(await session.check()).toEqual({
      name: 'ACME Panadería',
      currency: 'EUR',
      version: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  test('is read: products with their tax, price books with steps, stock', async () => {
    const { records } = await readAll('PRODUCT', null, 2);
    // Those made in the last minutes may be told more than once.
    const products = [...new Map(records.map(record => [record.sku, record])).values()];
    expect(
      products.map(({ sku, kind, unit, taxPercent, isGone }) => ({ sku, kind, unit, taxPercent, isGone })),
    ).toEqual([
      { sku: 'PAN-01', kind: 'GOOD', unit: 'u', taxPercent: '10', isGone: false },
      { sku: 'HAR-25', kind: 'GOOD', unit: 'kg', taxPercent: '10', isGone: false },
      { sku: 'CUR-01', kind: 'SERVICE', unit: 'u', taxPercent: '21', isGone: false },
    ]);
    const { records: books } = await readAll('PRICE_BOOK');
    const [bread, flour] = products;
    expect(books.find(book => book.externalId === 'list')!.entries).toContainEqual({
      productId: flour!.externalId,
      minQuantity: '1',
      unitPrice: '1.8375',
    });
    const cafes = books.find(book => book.name === 'Cafeterías')!;
    expect(
      cafes.entries
        .filter(entry => entry.productId === bread!.externalId)
        .map(({ minQuantity, unitPrice }) => [minQuantity, Number(unitPrice)]),
    ).toEqual([
      ['1', 4.05],
      ['50', 3.6],
    ]);
    const { records: stock } = await readAll('STOCK');
    expect(stock).toContainEqual({ externalId: bread!.externalId, quantity: '100' });
    expect(stock).toHaveLength(2);
  });

  test('takes a customer once and shows it again', async () => {
    const before = await readAll('CUSTOMER');
    const saved = await session.write('CUSTOMER', customer('Café Sol'), 'customer-sol');
    expect(saved).toMatchObject(customer('Café Sol'));
    expect(await session.write('CUSTOMER', customer('Café Sol'), 'customer-sol')).toEqual(saved);
    expect(await session.findWritten('CUSTOMER', 'customer-sol')).toEqual(saved);
    expect(await session.findWritten('CUSTOMER', 'customer-none')).toBeNull();
    const after = await readAll('CUSTOMER', before.cursor);
    expect(after.records).toEqual([saved]);
    expect((await readAll('CUSTOMER', after.cursor)).records).toEqual([]);
  });

  test('takes an order as a sale with its invoice, ships it, and is paid', async () => {
    const { externalId: party } = await session.write('CUSTOMER', customer('Café Luna'), 'customer-luna');
    const before = {
      ORDER: await readAll('ORDER'),
      STOCK: await readAll('STOCK'),
      INVOICE: await readAll('INVOICE'),
      PAYMENT: await readAll('PAYMENT'),
    };
    const wanted = await order('O-2026-0001', party);
    const saved = await session.write('ORDER', wanted, 'O-2026-0001');
    expect(saved).toMatchObject({
      status: 'CONFIRMED',
      reference: 'O-2026-0001',
      net: '154.20',
      tax: '28.62',
      total: '182.82',
      customerId: party,
    });
    expect(saved.lines.map(line => [line.quantity, Number(line.unitPrice), line.taxPercent])).toEqual([
      ['10', 3.42, '10'],
      ['1', 120, '21'],
    ]);
    expect((await session.write('ORDER', wanted, 'O-2026-0001')).externalId).toBe(saved.externalId);
    expect((await session.findWritten('ORDER', 'O-2026-0001'))!.externalId).toBe(saved.externalId);

    await bakery.ship(saved.externalId, 4);
    const partly = await readAll('ORDER', before.ORDER.cursor);
    expect(partly.records).toMatchObject([{ status: 'PARTIALLY_DELIVERED', lines: [{ deliveredQuantity: '4' }, {}] }]);
    expect((await readAll('STOCK', before.STOCK.cursor)).records).toContainEqual(
      expect.objectContaining({ quantity: '96' }),
    );
    await bakery.ship(saved.externalId);
    expect((await readAll('ORDER', partly.cursor)).records).toMatchObject([
      { status: 'DELIVERED', lines: [{ deliveredQuantity: '10' }, {}] },
    ]);

    const invoice = await bakery.invoice(saved.externalId);
    const posted = await readAll('INVOICE', before.INVOICE.cursor);
    expect(posted.records).toMatchObject([
      {
        externalId: invoice,
        status: 'POSTED',
        kind: 'INVOICE',
        orderId: saved.externalId,
        total: '182.82',
        amountDue: '182.82',
      },
    ]);
    await bakery.pay(invoice, '100');
    const part = await readAll('INVOICE', posted.cursor);
    expect(part.records).toMatchObject([{ status: 'POSTED', amountDue: '82.82' }]);
    await bakery.pay(invoice, '82.82');
    expect((await readAll('INVOICE', part.cursor)).records).toMatchObject([
      { status: 'PAID', amountDue: expect.stringMatching(/^0(\.0+)?$/) },
    ]);
    const { records: payments } = await readAll('PAYMENT', before.PAYMENT.cursor);
    expect(payments.map(payment => [payment.invoiceId, payment.amount, payment.currency])).toEqual([
      [invoice, '100.00', 'EUR'],
      [invoice, '82.82', 'EUR'],
    ]);
  });

  test('keeps one customer and one sale, whichever answer is lost on the way', async () => {
    const { externalId: party } = await session.write('CUSTOMER', customer('Café Norte'), 'customer-norte');
    for (const [lost, method] of ['create', 'quote', 'confirm'].entries()) {
      const key = `O-2026-010${lost}`;
      const context = erpContext(server.settings);
      let isLost = false;
      const unreliable = await adapter.open({
        ...context,
        fetch: async (url, init) => {
          const answer = await context.fetch(url, init);
          if (isLost || !init.body?.includes(`model.sale.sale.${method}`)) return answer;
          isLost = true;
          throw new ErpError('UNREACHABLE', 'The line is cut.', { mayHaveHappened: true });
        },
      });
      const wanted = await order(key, party);
      await expect(unreliable.write('ORDER', wanted, key)).rejects.toMatchObject({
        code: 'UNREACHABLE',
        details: { mayHaveHappened: true },
      });
      // One that stands half-way is written on rather than told as done.
      const found = await session.findWritten('ORDER', key);
      const saved = found ?? (await session.write('ORDER', wanted, key));
      expect(saved).toMatchObject({ status: 'CONFIRMED', reference: key });
      expect(await server.rpc('model.sale.sale.search_count', [['reference', '=', key]])).toBe(1);
      await unreliable.close();
    }
    const both = await Promise.all([1, 2].map(() => session.write('CUSTOMER', customer('Café Sur'), 'customer-sur')));
    expect(new Set(both.map(each => each.externalId)).size).toBe(1);
    expect(await server.rpc('model.party.party.search_count', [['name', '=', 'Café Sur']])).toBe(1);
  });

  test('signs in again when its session has ended', async () => {
    const context = erpContext(server.settings);
    let requests = 0;
    const expiring = await adapter.open({
      ...context,
      fetch: (url, init) => {
        requests += 1;
        if (requests !== 3) return context.fetch(url, init);
        const ended = `Session ${Buffer.from('crm:2:ended').toString('base64')}`;
        return context.fetch(url, { ...init, headers: { ...init.headers, authorization: ended } });
      },
    });
    expect(await expiring.check()).toMatchObject({ name: 'ACME Panadería' });
    expect(context.requests.filter(request => request.includes('common.db.login'))).toHaveLength(2);
    await expiring.close();
  });

  test('does not let in who has the wrong password, nor into a database that is not there', async () => {
    const check = async (settings: object) =>
      (await adapter.open(erpContext({ ...server.settings, ...settings }))).check();
    await expect(check({ password: 'wrong' })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      details: { field: 'password' },
    });
    await expect(check({ database: 'another' })).rejects.toMatchObject({
      details: { field: 'database' },
    });
  });

  test('is told no by Tryton in its own words', async () => {
    const refused = session.write('ORDER', await order('O-2026-0009', '999999'), 'O-2026-0009');
    await expect(refused).rejects.toBeInstanceOf(ErpError);
  });
});
