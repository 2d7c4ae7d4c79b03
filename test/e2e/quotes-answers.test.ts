import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXPIRE_QUOTES, expireQuotes } from '../../src/modules/sales/index.js';
import { parsePublicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { keepCustomer, openShelf, type Shelf, say } from '../support/quoting.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let organization: TestOrganization;
let shelf: Shelf;
let owner: Client;
let manager: Client;
let agent: Client;
let customerId: string;
let bread: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', PUBLIC_URL: 'https://crm.example.com' });
  url = await listen(app);
  organization = await app.organization();
  shelf = openShelf(app, organization);
  [owner, manager, agent] = [
    await organization.as('OWNER'),
    await organization.as('MANAGER'),
    await organization.as('AGENT'),
  ];
  customerId = await keepCustomer(owner, 'Ana Gil');
  bread = await shelf.product('BREAD', '10');
  await shelf.limit('AGENT', '5');
  await shelf.limit('MANAGER', '20');
});
afterAll(() => app?.close());

const wrong = (payload: any) => payload.userErrors.map(({ field, code }: any) => [field, code]);

async function draft(client: Client, more: object = {}, line: object = {}): Promise<string> {
  const made = await say(client, 'createQuote', { customerId, lines: [{ productId: bread, ...line }], ...more });
  expect(made.userErrors).toEqual([]);
  return made.quote.id;
}

const statusOf = async (id: string) =>
  (await owner.data('query ($id: ID!) { quote(id: $id) { status } }', { id })).quote.status;

/** As if its last day had been long ago. */
const outdate = (id: string) =>
  app.app.database.system.query(
    `update quotes set valid_until = '2020-01-01' where organization_id = $1 and number = (select number from quotes where organization_id = $1 and id = $2)`,
    [organization.id, storedOf(id)],
  );
const storedOf = (id: string): string => parsePublicId(id)!.uuid;

describe('the discounts of a quote', () => {
  test('within the limit of a role are approved at once', async () => {
    const id = await draft(agent, {}, { discountPercent: '5' });
    expect(await say(agent, 'submitQuote', { id })).toMatchObject({ quote: { status: 'APPROVED' }, userErrors: [] });
  });

  test('over it wait for a role whose own limit covers them', async () => {
    const id = await draft(agent, { discountPercent: '1' }, { discountPercent: '10' });
    const waiting = await say(agent, 'submitQuote', { id, reason: 'An old customer.' });
    expect(waiting).toMatchObject({ quote: { status: 'PENDING_APPROVAL', effectiveDiscountPercent: '10.9' } });
    expect(wrong(await say(agent, 'sendQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await say(owner, 'acceptQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    const refused = await agent.send(
      'mutation ($input: DecideQuoteInput!) { approveQuote(input: $input) { quote { id } } }',
      { input: { id } },
    );
    expect(refused.errors![0]!.extensions!['code']).toBe('FORBIDDEN');
    expect(await say(manager, 'approveQuote', { id, note: 'Once.' })).toMatchObject({ quote: { status: 'APPROVED' } });
    expect(wrong(await say(manager, 'approveQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('are those of a price that was lowered by hand, too', async () => {
    const id = await draft(manager, {}, { unitPrice: { amount: '7', currency: 'EUR' } });
    expect((await say(manager, 'submitQuote', { id })).quote.status).toBe('PENDING_APPROVAL');
    const own = await say(manager, 'approveQuote', { id });
    expect(wrong(own)).toEqual([['id', 'NOT_ALLOWED']]);
    expect(own.userErrors[0].message).toContain('30 %');
    const back = await say(manager, 'rejectQuoteApproval', { id, note: 'Too much.' });
    expect(back.quote.status).toBe('DRAFT');
    await say(manager, 'updateQuote', {
      id,
      lines: [{ productId: bread, unitPrice: { amount: '8', currency: 'EUR' } }],
    });
    expect((await say(manager, 'submitQuote', { id })).quote.status).toBe('APPROVED');
  });

  test('are not got around by sending or accepting a draft', async () => {
    const id = await draft(agent, { discountPercent: '50' });
    expect(wrong(await say(agent, 'sendQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await say(agent, 'acceptQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(await statusOf(id)).toBe('DRAFT');
  });
});

describe('an answer', () => {
  test('makes one order, however many accept at the same moment, and wins the opportunity', async () => {
    const { createOpportunity } = await owner.data(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } userErrors { message } } }',
      { input: { name: 'Bread for all', customerId } },
    );
    const opportunityId = createOpportunity.opportunity.id;
    const id = await draft(owner, { opportunityId, discountPercent: '3' }, { quantity: '7' });
    await say(owner, 'sendQuote', { id });
    const answers = await Promise.all([owner, manager, agent, owner].map(client => say(client, 'acceptQuote', { id })));
    for (const answer of answers) expect(answer.userErrors).toEqual([]);
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1);
    const [{ quote, order }] = answers as [any];
    expect(order.total).toEqual(quote.total);
    const { opportunity } = await owner.data('query ($id: ID!) { opportunity(id: $id) { status } }', {
      id: opportunityId,
    });
    expect(opportunity.status).toBe('WON');
    expect(wrong(await say(owner, 'declineQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await say(owner, 'reviseQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('comes too late when the last day of the organisation is over', async () => {
    const id = await draft(owner);
    await say(owner, 'sendQuote', { id });
    await outdate(id);
    const late = await say(owner, 'acceptQuote', { id });
    expect(wrong(late)).toEqual([['id', 'NOT_ALLOWED']]);
    expect(late.userErrors[0].message).toContain('expired');
    expect(late.order).toBeNull();
    const told = async () =>
      (
        await app.app.database.system.query(
          `select count(*)::int as count from events where organization_id = $1 and type = 'quote.changed' and subject_id = $2`,
          [organization.id, storedOf(id)],
        )
      ).rows[0].count;
    const before = await told();
    await expireQuotes(app.app.database);
    await expireQuotes(app.app.database);
    expect(await told()).toBe(before + 1);
    expect(await statusOf(id)).toBe('EXPIRED');
    expect(wrong(await say(owner, 'acceptQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await say(owner, 'sendQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
    const revised = await say(owner, 'reviseQuote', { id });
    expect(revised.quote.validUntil > '2026').toBe(true);
    const { rows } = await app.app.database.system.query(
      `select count(*)::int as count from audit_entries where organization_id = $1 and actor = $2`,
      [organization.id, `system:${EXPIRE_QUOTES}`],
    );
    expect(rows[0].count).toBe(1);
  });

  test('of a customer is about what was sent to it, and nothing else', async () => {
    const ana = await organization.as('CUSTOMER', { customerId: storedOf(customerId) });
    const hidden = await draft(owner);
    const foreign = (
      await say(owner, 'createQuote', {
        customerId: await keepCustomer(owner, 'Luis'),
        lines: [{ productId: bread }],
      })
    ).quote.id;
    await say(owner, 'sendQuote', { id: foreign });
    for (const id of [hidden, foreign]) {
      expect(wrong(await say(ana, 'acceptQuote', { id }))).toEqual([['id', 'NOT_FOUND']]);
      expect(wrong(await say(ana, 'declineQuote', { id }))).toEqual([['id', 'NOT_FOUND']]);
    }
    await say(owner, 'sendQuote', { id: hidden });
    const { quote } = await ana.data(
      'query ($id: ID!) { quote(id: $id) { createdBy approvalReason effectiveDiscountPercent total { amount } } }',
      { id: hidden },
    );
    expect(quote).toEqual({
      createdBy: null,
      approvalReason: null,
      effectiveDiscountPercent: null,
      total: { amount: '12.10' },
    });
    const accepted = await say(ana, 'acceptQuote', { id: hidden, acceptedBy: 'Ana Gil' });
    expect(accepted).toMatchObject({ order: { status: 'PLACED', total: { amount: '12.10' } }, userErrors: [] });
  });

  test('can be no, with a reason, and stays so', async () => {
    const id = await draft(owner);
    await say(owner, 'sendQuote', { id });
    await say(owner, 'declineQuote', { id, reason: 'Too dear.' });
    const again = await say(owner, 'declineQuote', { id, reason: 'Other.' });
    expect(again.userErrors).toEqual([]);
    const { quote } = await owner.data('query ($id: ID!) { quote(id: $id) { status rejectionReason version } }', {
      id,
    });
    expect(quote).toEqual({ status: 'REJECTED', rejectionReason: 'Too dear.', version: 3 });
    expect(wrong(await say(owner, 'acceptQuote', { id }))).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('with a version that is not the present one changes nothing', async () => {
    const id = await draft(owner);
    for (const mutation of ['acceptQuote', 'sendQuote', 'submitQuote', 'reviseQuote'])
      expect([mutation, wrong(await say(owner, mutation, { id, version: 9 }))]).toEqual([
        mutation,
        [['version', 'CONFLICT']],
      ]);
    expect(await statusOf(id)).toBe('DRAFT');
  });
});

test('what becomes of a quote is heard as it happens, and read on the timeline in three languages', async () => {
  const customer = await keepCustomer(owner, 'Timeline');
  await toldSoFar(app);
  const listener = subscribe(
    url,
    owner.authorization,
    'subscription ($filter: QuoteFilter) { quoteChanged(filter: $filter) { quote { id status } } }',
    { filter: { customerId: { eq: customer } } },
  );
  await eventually(() => app.app.hub.subscribers === 1);
  const { quote } = await say(owner, 'createQuote', { customerId: customer, lines: [{ productId: bread }] });
  await listener.until(all => all.length === 1);
  await say(owner, 'sendQuote', { id: quote.id });
  await listener.until(all => all.length === 2);
  await say(owner, 'acceptQuote', { id: quote.id });
  await listener.until(all => all.length === 3);
  await listener.close();
  expect(listener.received.map((event: any) => event.quoteChanged.quote.id)).toEqual([quote.id, quote.id, quote.id]);
  const read = async (language: string) => {
    const response = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: owner.authorization, 'accept-language': language },
      payload: {
        query: `{ customer(id: "${customer}") { timeline(first: 20) { edges { node { __typename summary
          ... on QuoteSent { total { amount } quote { id } } } } } } }`,
      },
    });
    const { edges } = response.json().data.customer.timeline;
    return edges.map((edge: any) => edge.node).filter((node: any) => node.__typename.startsWith('Quote'));
  };
  const [accepted, sent] = await read('en');
  expect(accepted).toMatchObject({ __typename: 'QuoteAccepted', summary: `Quote ${quote.number} accepted: €12.10` });
  expect(sent).toMatchObject({ __typename: 'QuoteSent', total: { amount: '12.10' }, quote: { id: quote.id } });
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ');
  expect(spaced((await read('es'))[1].summary)).toBe(`Presupuesto ${quote.number} enviado: 12,10 €`);
  expect(spaced((await read('pt'))[0].summary)).toBe(`Orçamento ${quote.number} aceito: € 12,10`);
});

test('what was offered is in the export of a customer, goes with it into another one, and is emptied when it is erased', async () => {
  const [ana, anita] = [await keepCustomer(owner, 'Ana P.'), await keepCustomer(owner, 'Anita P.')];
  const secret = 'Only for Anita, at number 7';
  const { quote } = await say(owner, 'createQuote', {
    customerId: anita,
    title: secret,
    lines: [{ description: secret, unitPrice: { amount: '3', currency: 'EUR' } }],
  });
  const { link } = await say(owner, 'sendQuote', { id: quote.id });
  const merge = await owner.data(
    'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
    { input: { survivorId: ana, mergedIds: [anita] } },
  );
  expect(merge.mergeCustomers.userErrors).toEqual([]);
  const { customer, customerExport } = await owner.data(
    'query ($id: ID!) { customer(id: $id) { quotes { edges { node { id } } } } customerExport(id: $id) }',
    { id: ana },
  );
  expect(customer.quotes.edges).toEqual([{ node: { id: quote.id } }]);
  expect(customerExport.quotes).toMatchObject([{ id: quote.id, title: secret, lines: [{ description: secret }] }]);
  await owner.data('mutation ($input: CustomerIdInput!) { eraseCustomer(input: $input) { erasedCustomerId } }', {
    input: { id: ana },
  });
  const { quote: left } = await owner.data(
    'query ($id: ID!) { quote(id: $id) { status title total { amount } lines { description } } }',
    { id: quote.id },
  );
  expect(left).toEqual({ status: 'EXPIRED', title: null, total: { amount: '3.00' }, lines: [{ description: '' }] });
  const page = await app.app.server.fastify.inject({ url: new URL(link).pathname });
  expect(page.statusCode).toBe(404);
  const { rows } = await app.app.database.system.query(
    'select count(*)::int as count from audit_entries where organization_id = $1 and to_jsonb(audit_entries)::text like $2',
    [organization.id, `%${secret}%`],
  );
  expect(rows[0].count).toBe(0);
});
