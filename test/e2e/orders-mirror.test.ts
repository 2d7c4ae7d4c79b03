import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type MirroredInvoice,
  type MirroredOrder,
  type MirroredPayment,
  mirrorInvoices,
  mirrorOrders,
  mirrorPayments,
} from '../../src/modules/sales/index.js';
import type { Tx } from '../../src/platform/database/database.js';
import { publicId } from '../../src/platform/ids.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { bakery, CANCEL, CREATE, ORDER } from '../support/orders.js';
import { statementsOf } from '../support/statements.js';

let product: TestApp;
let organization: TestOrganization;
let client: Client;
let shop: Awaited<ReturnType<typeof bakery>>;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  client = await organization.as('MANAGER');
  shop = await bakery(product, organization);
});

const write = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  product.app.database.write({ organizationId: organization.id, actor: 'system:erp', requestId: 'test' }, work);

const sale = (more: Partial<MirroredOrder> = {}): MirroredOrder => ({
  externalId: '17',
  number: 'SO-17',
  customerId: shop.stored.customer,
  status: 'CONFIRMED',
  currency: 'EUR',
  placedAt: '2026-10-01T00:00:00Z',
  net: '20.00',
  tax: '2.00',
  total: '22.00',
  lines: [
    {
      externalId: '170',
      productId: shop.stored.bread,
      description: 'Bread',
      quantity: '10',
      unitPrice: '2',
      discountPercent: '0',
      taxPercent: '10',
    },
  ],
  updatedAt: '2026-10-02T10:00:00Z',
  ...more,
});
const delivered = (deliveredQuantity: string, updatedAt: string, more: Partial<MirroredOrder> = {}): MirroredOrder =>
  sale({ lines: [{ ...sale().lines[0]!, deliveredQuantity }], updatedAt, ...more });

const mirror = async (...rows: MirroredOrder[]): Promise<string[]> =>
  (await write(tx => mirrorOrders(tx, rows))).map(id => publicId('order', id));
const read = async (id: string): Promise<Answer> => (await client.data(ORDER, { id })).order;
const events = async (): Promise<number> =>
  (
    await product.app.database.system.query(
      `select 1 from events where organization_id = $1 and type = 'order.changed'`,
      [organization.id],
    )
  ).rows.length;

describe('an order of the ERP', () => {
  test('is kept once, changes when it changed, and is told of only then', async () => {
    const [id] = await mirror(sale());
    expect(await read(id!)).toMatchObject({
      number: `O-${new Date().getUTCFullYear()}-0001`,
      erpId: '17',
      erpNumber: 'SO-17',
      channel: 'ERP',
      status: 'CONFIRMED',
      version: 1,
      total: { amount: '22.00', currency: 'EUR' },
      lines: [{ description: 'Bread', quantity: '10', total: { amount: '22.00' } }],
    });
    expect(await mirror(sale(), sale())).toEqual([id, id]);
    expect(await mirror(sale({ updatedAt: '2026-10-03T10:00:00Z' }))).toEqual([id]);
    expect((await read(id!)).version).toBe(1);
    expect(await events()).toBe(1);
    const both = await Promise.all([mirror(sale({ externalId: '18' })), mirror(sale({ externalId: '18' }))]);
    expect(both[0]).toEqual(both[1]);
    expect(await events()).toBe(2);
  });

  test('is delivered part by part, as its quantities say', async () => {
    const [id] = await mirror(sale());
    await mirror(delivered('4', '2026-10-03T10:00:00Z'));
    expect(await read(id!)).toMatchObject({ status: 'PARTIALLY_DELIVERED', version: 2 });
    await mirror(delivered('4', '2026-10-03T10:00:00Z'));
    // What says that it is done counts for all of it.
    await mirror(sale({ status: 'DELIVERED', updatedAt: '2026-10-05T10:00:00Z' }));
    expect(await read(id!)).toMatchObject({
      status: 'DELIVERED',
      lines: [{ deliveredQuantity: '10' }],
      deliveries: [
        { happenedAt: '2026-10-03T10:00:00Z', lines: [{ quantity: '4' }] },
        { happenedAt: '2026-10-05T10:00:00Z', lines: [{ quantity: '6' }] },
      ],
    });
    await mirror(
      sale({
        lines: [{ ...sale().lines[0]!, deliveredQuantity: '10', returnedQuantity: '12' }],
        updatedAt: '2026-10-06T10:00:00Z',
      }),
    );
    expect(await read(id!)).toMatchObject({ status: 'RETURNED', returns: [{ lines: [{ quantity: '10' }] }] });
  });

  test('never goes back to what is stale', async () => {
    const [id] = await mirror(delivered('4', '2026-10-03T10:00:00Z'));
    await mirror(sale({ status: 'CANCELLED', updatedAt: '2026-10-01T10:00:00Z' }));
    await mirror(delivered('8', '2026-10-04T10:00:00Z'), delivered('1', '2026-10-03T11:00:00Z'));
    expect(await read(id!)).toMatchObject({ status: 'PARTIALLY_DELIVERED', lines: [{ deliveredQuantity: '8' }] });
  });

  test('gains and loses lines, and none is sold below nothing', async () => {
    const [id] = await mirror(sale());
    const line = sale().lines[0]!;
    await mirror(
      sale({
        lines: [
          {
            ...line,
            externalId: '171',
            productId: null,
            description: 'Bottle given back',
            quantity: '-3',
            unitPrice: '1',
          },
          { ...line, quantity: '8' },
          { ...line, externalId: '172', quantity: '0' },
        ],
        updatedAt: '2026-10-03T10:00:00Z',
      }),
    );
    expect((await read(id!)).lines).toMatchObject([
      { position: 1, quantity: '3', unitPrice: { amount: '-1.00' }, total: { amount: '-3.30' } },
      { position: 2, quantity: '8' },
    ]);
    await mirror(sale({ lines: [], updatedAt: '2026-10-04T10:00:00Z' }));
    expect(await read(id!)).toMatchObject({ lines: [], status: 'CONFIRMED' });
  });

  test('that is one of ours is found by our number, and stays where and when it was placed', async () => {
    const { createOrder } = await client.data(CREATE, {
      input: {
        customerId: shop.customer,
        channel: 'STORE',
        externalId: 'T-1',
        lines: [
          { productId: shop.bread, quantity: '10' },
          { description: 'Bicycle', quantity: '1', unitPrice: { amount: '4', currency: 'EUR' } },
        ],
      },
    });
    const { order } = createOrder;
    const [bread] = sale().lines;
    const bicycle = {
      ...bread!,
      externalId: '171',
      productId: null,
      description: 'Bicycle',
      quantity: '1',
      unitPrice: '4',
    };
    const written = sale({ reference: order.number, lines: [bicycle, bread!] });
    expect(await mirror(written)).toEqual([order.id]);
    const mirrored = await read(order.id);
    expect(mirrored).toMatchObject({
      number: order.number,
      externalId: 'T-1',
      erpId: '17',
      channel: 'STORE',
      status: 'CONFIRMED',
      placedAt: order.placedAt,
      lines: [{ id: order.lines[1].id }, { id: order.lines[0].id }],
    });
    // The number of an order that is in the ERP already is no way to another one.
    expect(await mirror(sale({ externalId: '99', reference: order.number }))).not.toEqual([order.id]);
    const { cancelOrder } = await client.data(CANCEL, { input: { id: order.id } });
    expect(cancelOrder.order.status).toBe('CANCELLED');
    await mirror(sale({ ...written, updatedAt: '2026-10-09T10:00:00Z' }));
    expect((await read(order.id)).status).toBe('CANCELLED');
  });

  test('in a currency that is none is refused, and nothing with it is kept', async () => {
    await expect(mirror(sale(), sale({ externalId: '18', currency: 'euros' }))).rejects.toThrow(
      '18: euros is no currency',
    );
    expect((await client.data('{ orders(first: 1) { totalCount } }')).orders.totalCount).toBe(0);
  });

  test('costs as many statements as two hundred of them', async () => {
    const rows = (count: number, from: number) =>
      Array.from({ length: count }, (_, at) =>
        sale({ externalId: `${from + at}`, lines: [{ ...sale().lines[0]!, deliveredQuantity: '1' }] }),
      );
    const one = await statementsOf(() => mirror(...rows(1, 1000)));
    const many = await statementsOf(() => mirror(...rows(200, 2000)));
    expect(many.length).toBe(one.length);
  });
});

describe('invoices and payments of the ERP', () => {
  const bill = (more: Partial<MirroredInvoice> = {}): MirroredInvoice => ({
    externalId: '5',
    number: 'F-5',
    kind: 'INVOICE',
    status: 'POSTED',
    customerId: shop.stored.customer,
    currency: 'EUR',
    net: '20',
    tax: '2',
    total: '22',
    amountDue: '22',
    issuedOn: '2026-10-03',
    dueOn: '2026-11-03',
    updatedAt: '2026-10-03T10:00:00Z',
    ...more,
  });
  const paid = (more: Partial<MirroredPayment> = {}): MirroredPayment => ({
    externalId: '8',
    customerId: shop.stored.customer,
    amount: '22',
    currency: 'EUR',
    paidOn: '2026-10-20',
    method: 'transfer',
    updatedAt: '2026-10-20T10:00:00Z',
    ...more,
  });

  test('are seen under their order, and become paid', async () => {
    const orderId = (await write(tx => mirrorOrders(tx, [sale()])))[0]!;
    const [invoiceId] = await write(tx => mirrorInvoices(tx, [bill({ orderId }), bill({ orderId })]));
    const [paymentId] = await write(tx => mirrorPayments(tx, [paid({ invoiceId: invoiceId! })]));
    await write(tx =>
      mirrorInvoices(tx, [bill({ status: 'PAID', amountDue: '0', updatedAt: '2026-10-20T10:00:00Z' })]),
    );
    const before = await events();
    // Stale, and unchanged: neither changes anything.
    expect(
      await write(tx =>
        mirrorInvoices(tx, [bill(), bill({ status: 'PAID', amountDue: '0', updatedAt: '2026-10-20T10:00:00Z' })]),
      ),
    ).toEqual([invoiceId, invoiceId]);
    expect(await write(tx => mirrorPayments(tx, [paid()]))).toEqual([paymentId]);
    expect(await events()).toBe(before);
    expect(await read(publicId('order', orderId))).toMatchObject({
      invoices: [
        {
          id: publicId('invoice', invoiceId!),
          number: 'F-5',
          status: 'PAID',
          total: { amount: '22.00' },
          amountDue: { amount: '0.00' },
          payments: [{ amount: { amount: '22.00' }, paidOn: '2026-10-20', method: 'transfer' }],
        },
      ],
    });
    const listed = await client.data(
      `query ($id: ID!) { customer(id: $id) { invoices(first: 5) { edges { node { number paidAt order { id } } } } }
        invoices(first: 5, filter: { status: { eq: PAID }, amountDue: { eq: "0" } }) { totalCount }
        payments(first: 5) { edges { node { invoice { number } customer { id } } } } }`,
      { id: shop.customer },
    );
    expect(listed).toMatchObject({
      customer: { invoices: { edges: [{ node: { number: 'F-5', paidAt: '2026-10-20T10:00:00Z' } }] } },
      invoices: { totalCount: 1 },
      payments: { edges: [{ node: { invoice: { number: 'F-5' }, customer: { id: shop.customer } } }] },
    });
    const { customer } = await client.data(
      'query ($id: ID!) { customer(id: $id) { timeline(first: 10) { edges { node { __typename ... on TimelineEntry { summary } } } } } }',
      { id: shop.customer },
    );
    expect(customer.timeline.edges.map(({ node }: Answer) => node.__typename)).toEqual(
      expect.arrayContaining(['OrderPlaced', 'InvoiceIssued', 'PaymentReceived']),
    );
  });

  test('that are gone in the ERP are cancelled, and gone', async () => {
    const [invoiceId] = await write(tx => mirrorInvoices(tx, [bill()]));
    await write(tx => mirrorPayments(tx, [paid({ invoiceId: invoiceId! })]));
    await write(tx => mirrorInvoices(tx, [bill({ isGone: true, updatedAt: '2026-10-21T10:00:00Z' })]));
    expect(await write(tx => mirrorPayments(tx, [paid({ isGone: true, updatedAt: '2026-10-21T10:00:00Z' })]))).toEqual([
      null,
    ]);
    const left = await client.data(
      '{ invoices(first: 5) { edges { node { status } } } payments(first: 5) { totalCount } }',
    );
    expect(left).toEqual({ invoices: { edges: [{ node: { status: 'CANCELLED' } }] }, payments: { totalCount: 0 } });
  });
});
