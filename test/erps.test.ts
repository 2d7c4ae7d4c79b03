import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ERP_KINDS, ErpError, type ErpKind, type ErpRecords, type ErpSession } from '../src/erp/port.js';
import { fetchFrom } from '../src/erp/session.js';
import { type Outbound, openOutbound } from '../src/platform/outbound.js';
import { erpSubjects } from './support/erps/index.js';
import { contextFor, type OpenedErp } from './support/erps/subject.js';

// A real ERP on a machine that has others to serve, too.
jest.setTimeout(120_000);

/** What holds for every ERP adapter, whatever is behind it. */
describe.each(erpSubjects)('the ERP adapter $name', subject => {
  if (!subject.open) {
    test.skip(`is not tested here: ${subject.missing}`, () => {});
    return;
  }
  let erp: OpenedErp;
  let outbound: Outbound;
  let session: ErpSession;
  const opened = (settings = erp.settings) =>
    erp.adapter.open(
      contextFor({ settings, ...(erp.folder !== undefined && { folder: erp.folder }) }, (url, init) =>
        fetchFrom(outbound, url, init, AbortSignal.timeout(30_000)),
      ),
    );

  beforeAll(async () => {
    outbound = openOutbound({ allowPrivateAddresses: true, userAgent: 'test' });
    erp = await subject.open!();
    session = await opened();
  }, 300_000);
  afterAll(async () => {
    await session?.close();
    await erp?.close();
    await outbound?.close();
  });

  const handled = () => erp.adapter.handles?.(erp.settings) ?? erp.adapter;

  async function all<Kind extends ErpKind>(kind: Kind, limit: number, from: string | null = null) {
    const records: ErpRecords[Kind][] = [];
    let cursor = from;
    for (let part = 0; part < 500; part++) {
      const changes = await session.changes(kind, cursor, limit);
      records.push(...changes.records);
      expect(changes.unreadable ?? []).toEqual([]);
      ({ cursor } = changes);
      if (!changes.hasMore) return { records, cursor };
    }
    throw new Error(`${kind} never ends.`);
  }

  test('says what it needs, finds nothing wrong with what is right, and knows the ERP', async () => {
    expect(erp.adapter.problems(erp.settings)).toEqual([]);
    expect(
      erp.adapter.problems({}).length + Number(erp.adapter.fields.every(field => !field.isRequired)),
    ).toBeGreaterThan(0);
    for (const name of Object.keys(erp.settings)) expect(erp.adapter.fields.map(field => field.name)).toContain(name);
    expect((await session.check()).name).toBeTruthy();
  });

  test('says that it is not let in, without a word of what was tried', async () => {
    if (!erp.wrong) return;
    const failure = await opened(erp.wrong)
      .then(one => one.check())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ErpError);
    expect(failure).toMatchObject({ code: 'UNAUTHORIZED' });
    for (const secret of [...erp.secrets, ...Object.values(erp.wrong).filter(value => value.length < 40)])
      expect((failure as Error).message).not.toContain(secret);
  });

  test('tells all records of every kind, in parts of any size, each as the port says', async () => {
    for (const kind of ERP_KINDS.filter(one => handled().reads.includes(one))) {
      const [small, large] = [await all(kind, 1), await all(kind, 100)];
      const ids = (records: { externalId: string }[]) => [...new Set(records.map(one => one.externalId))].sort();
      expect(ids(small.records)).toEqual(ids(large.records));
      for (const record of large.records) {
        expect(record.externalId).toMatch(/./);
        if (record.updatedAt !== undefined) expect(new Date(record.updatedAt).toISOString()).toBeTruthy();
      }
    }
    const products = await all('PRODUCT', 100);
    expect(new Set(products.records.map(one => one.externalId)).size).toBeGreaterThanOrEqual(erp.filled.products);
    const customers = await all('CUSTOMER', 100);
    expect(new Set(customers.records.map(one => one.externalId)).size).toBeGreaterThanOrEqual(erp.filled.customers);
  });

  test('writes numbers exactly, and days and moments as the port says', async () => {
    const { records } = await all('ORDER', 100);
    expect(records.length).toBeGreaterThan(0);
    for (const order of records) {
      expect(order.placedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      for (const amount of [order.net, order.tax, order.total]) expect(amount).toMatch(/^-?\d+(\.\d+)?$/);
      for (const line of order.lines)
        for (const number of [line.quantity, line.unitPrice, line.taxPercent, line.discountPercent])
          expect(number).toMatch(/^-?\d+(\.\d+)?$/);
    }
  });

  test('goes on behind a cursor: what changed since is told, and tells it again when the cursor is given again', async () => {
    const { cursor } = await all('PRODUCT', 2);
    const id = await erp.rename('Renamed');
    for (let time = 0; time < 2; time++) {
      const later = await all('PRODUCT', 2, cursor);
      expect(later.records.find(one => one.externalId === id)?.name).toBe('Renamed');
    }
  });

  test('writes an order once under its key, and finds it again', async () => {
    if (!erp.order || !handled().writes.includes('ORDER')) return;
    const { customerId, productId } = erp.order;
    const key = `O-${Date.now()}`;
    expect(await session.findWritten('ORDER', key)).toBeNull();
    const written = await session.write(
      'ORDER',
      {
        reference: key,
        customerId,
        status: 'PLACED',
        currency: 'EUR',
        placedAt: '2026-11-20T10:00:00Z',
        net: '5.00',
        tax: '0.20',
        total: '5.20',
        lines: [
          {
            productId,
            description: 'Two loaves',
            quantity: '2',
            unitPrice: '2.50',
            discountPercent: '0',
            taxPercent: '4',
          },
        ],
      },
      key,
    );
    expect(written.externalId).toMatch(/./);
    expect((await session.findWritten('ORDER', key))?.externalId).toBe(written.externalId);
  });
});
