import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { BakeryAtWork } from '../support/bakery.tryton.js';
import { erpOptions, syncOnce, TEST_KEY, writeOnce } from '../support/erps/syncing.js';
import { accept, mention } from '../support/posts.js';
import { hasTrytond, openTrytond, type Trytond } from '../support/trytond.js';

const isHere = hasTrytond();
if (!isHere)
  console.warn('tryton-server or its modules are not installed, so the way from a post to cash is not tested.');

let app: TestApp;
let tryton: Trytond;
let bakery: TestOrganization;
let owner: Client;
let options: ErpOptions;
let connectionId: string;

beforeAll(async () => {
  if (!isHere) return;
  [app, tryton] = await Promise.all([
    openTestApp({
      WORKER: 'off',
      PUBLIC_URL: 'https://crm.example.com',
      ALLOW_PRIVATE_ADDRESSES: 'true',
      CREDENTIALS_KEY: TEST_KEY.toString('base64'),
    }),
    openTrytond(),
  ]);
  options = erpOptions(app);
  bakery = await app.organization();
  owner = await bakery.as('OWNER');
  connectionId = await connect();
}, 300_000);
afterAll(async () => {
  await app?.close();
  await tryton?.close();
});

/** Answers the stored id of the connection. */
async function connect(): Promise<string> {
  const given = (names: string[]) =>
    names.map(name => ({ name, value: tryton.settings[name as keyof Trytond['settings']] }));
  const { connection } = await act(
    'connectErp',
    {
      adapter: 'tryton',
      name: 'Tryton',
      settings: given(['url', 'database', 'username']),
      secrets: given(['password']),
    },
    'connection { erpName erpVersion }',
  );
  expect(connection).toEqual({ erpName: 'ACME Panadería', erpVersion: expect.stringMatching(/^\d+\.\d+/) });
  const { rows } = await app.app.database.system.query('select id from erp_connections where organization_id = $1', [
    bakery.id,
  ]);
  return rows[0].id;
}

/** What the server does by itself every few minutes: reads, and then writes. */
async function sync(): Promise<void> {
  await syncOnce(options, bakery, connectionId);
  await writeOnce(options, bakery, connectionId);
}

const inputOf = (mutation: string): string => `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;

/** Does `mutation` as the owner; nothing may be wrong with it. */
async function act(mutation: string, input: object, selection: string, type = inputOf(mutation)): Promise<any> {
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${selection} userErrors { field code message } } }`;
  const { done } = await owner.data(document, { input });
  expect(done.userErrors).toEqual([]);
  return done;
}

(isHere ? test : test.skip)(
  'what somebody asks in a post becomes a lead, a quote, a sale in Tryton, and an invoice that is paid',
  async () => {
    await sync();
    const { products } = await owner.data('{ products(first: 10) { edges { node { id sku stock } } } }');
    const sold = Object.fromEntries(products.edges.map(({ node }: any) => [node.sku, node]));
    expect(Object.keys(sold).sort()).toEqual(['CUR-01', 'HAR-25', 'PAN-01']);
    expect(sold['PAN-01'].stock).toBe('100');

    // A post is heard, and somebody makes a lead of it.
    const text = '¿Alguien recomienda una panadería que sirva a cafeterías en Madrid?';
    await accept(app, bakery, [mention('ask-1', { handle: 'cafe_sol', text })]);
    const { posts } = await owner.data('{ posts(first: 1) { edges { node { id text } } } }');
    const postId = posts.edges[0].node.id;
    const { lead } = await act(
      'createLeadFromPost',
      { postId, name: 'Café Sol' },
      'lead { id post { id } identity { handle } }',
    );
    expect(lead).toMatchObject({ post: { id: postId }, identity: { handle: 'cafe_sol' } });

    // It becomes a customer with an opportunity, which moves on.
    const converted = await act(
      'convertLead',
      {
        id: lead.id,
        kind: 'COMPANY',
        opportunityName: 'Pan para Café Sol',
        amount: { amount: '170', currency: 'EUR' },
      },
      'customer { id } opportunity { id stage { id name } }',
    );
    const [customerId, opportunity] = [converted.customer.id, converted.opportunity];
    const { pipelines } = await owner.data('{ pipelines(first: 1) { edges { node { stages { id name kind } } } } }');
    const open = pipelines.edges[0].node.stages.filter((stage: any) => stage.kind === 'OPEN');
    const next = open[open.findIndex((stage: any) => stage.id === opportunity.stage.id) + 1];
    await act('moveOpportunity', { opportunityId: opportunity.id, stageId: next.id }, 'opportunity { stage { name } }');

    // It is quoted at Tryton's prices, sent and accepted.
    const lines = [
      { productId: sold['PAN-01'].id, quantity: '10' },
      { productId: sold['CUR-01'].id, quantity: '1' },
    ];
    const { quote } = await act(
      'createQuote',
      { opportunityId: opportunity.id, lines },
      'quote { id total { amount currency } }',
    );
    expect(quote.total).toEqual({ amount: '194.70', currency: 'EUR' });
    await act('submitQuote', { id: quote.id }, 'quote { status }');
    await act('sendQuote', { id: quote.id }, 'quote { status }', 'QuoteInput');
    const { order } = await act('acceptQuote', { id: quote.id }, 'order { id number total { amount } }');

    // The order is a sale in Tryton now, once, with its customer.
    await sync();
    const sales = await tryton.rpc('model.sale.sale.search_read', [['reference', '=', order.number]], 0, null, null, [
      'state',
      'party.name',
    ]);
    expect(sales).toMatchObject([{ state: 'processing', 'party.': { name: 'Café Sol' } }]);
    const sale = String(sales[0].id);

    // The bakery's people ship it, invoice it and take the money, there.
    const people = new BakeryAtWork(tryton);
    await people.ship(sale);
    const invoice = await people.invoice(sale);
    await sync();
    const ORDER = `query ($id: ID!) { order(id: $id) { status erpId lines { quantity deliveredQuantity product { sku } }
      invoices { number status total { amount } amountDue { amount } payments { amount { amount currency } } } } }`;
    const billed = (await owner.data(ORDER, { id: order.id })).order;
    expect(billed).toMatchObject({ erpId: sale, invoices: [{ status: 'POSTED', amountDue: { amount: '194.70' } }] });
    await people.pay(invoice, '194.70');
    await sync();

    // And it is all to be seen here.
    const paid = (await owner.data(ORDER, { id: order.id })).order;
    expect(paid.lines[0]).toMatchObject({ quantity: '10', deliveredQuantity: '10', product: { sku: 'PAN-01' } });
    expect(paid.invoices).toMatchObject([
      {
        status: 'PAID',
        total: { amount: '194.70' },
        amountDue: { amount: '0.00' },
        payments: [{ amount: { amount: '194.70', currency: 'EUR' } }],
      },
    ]);
    const seen = await owner.data(
      `query ($customer: ID!, $opportunity: ID!, $quote: ID!) {
        opportunity(id: $opportunity) { status stageHistory { stage { name } } }
        quote(id: $quote) { status }
        customer(id: $customer) { displayName timeline(first: 50) { edges { node { __typename summary } } } }
        products(first: 10) { edges { node { sku stock } } }
      }`,
      { customer: customerId, opportunity: opportunity.id, quote: quote.id },
    );
    expect(seen.opportunity.status).toBe('WON');
    expect(seen.opportunity.stageHistory.length).toBeGreaterThanOrEqual(3);
    expect(seen.quote.status).toBe('ACCEPTED');
    const told = seen.customer.timeline.edges.map(({ node }: any) => node.__typename);
    const steps = [
      'LeadConverted',
      'OpportunityOpened',
      'OpportunityMoved',
      'QuoteSent',
      'QuoteAccepted',
      'OpportunityWon',
    ];
    expect(told).toEqual(
      expect.arrayContaining([...steps, 'OrderPlaced', 'OrderDelivered', 'InvoiceIssued', 'PaymentReceived']),
    );
    expect(seen.products.edges).toContainEqual({ node: { sku: 'PAN-01', stock: '90' } });

    // Read again, nothing comes twice.
    await sync();
    const count = await app.app.database.system.query(
      `select (select count(*) from orders where organization_id = $1)::int as orders,
              (select count(*) from invoices where organization_id = $1)::int as invoices,
              (select count(*) from payments where organization_id = $1)::int as payments,
              (select count(*) from customers where organization_id = $1)::int as customers`,
      [bakery.id],
    );
    expect(count.rows).toEqual([{ orders: 1, invoices: 1, payments: 1, customers: 1 }]);
  },
  120_000,
);
