import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DocumentNode, type GraphQLSchema, Kind, parse, print, validate } from 'graphql';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, listen, mention } from '../support/posts.js';
import { openShelf } from '../support/quoting.js';
import { plantPipeline } from '../support/sales.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

/** Documents that clients rely on, kept beside the project where it is developed. */
const FOLDER = resolve('../shared/contract');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`No documents of clients were found at ${FOLDER}; their tests are skipped.`);

/** Operations that are promised. */
const PROMISED = [
  'CommunityInbox',
  'MentionStream',
  'LinkIdentity',
  'UnlinkIdentity',
  'MergeCustomers',
  'UndoMerge',
  'LinkSuggestions',
  'ChannelHealth',
  'ReplyToPost',
  'AssignConversation',
  'ImportCheck',
  'CreateCustomer',
  'InteractionGraph',
  'Influencers',
  'InfluencePath',
  'CreateQuote',
  'AcceptQuote',
  'Forecast',
  'MoveOpportunity',
  'CreateLead',
  'ConvertLead',
  'OpenTicket',
  'ReplyToTicket',
  'CloseTicket',
  'Tickets',
  'TicketChanged',
];

let app: TestApp;
let schema: GraphQLSchema;
let organization: TestOrganization;
let client: Client;
let url: string;
const operations = new Map<string, DocumentNode>();

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  url = await listen(app);
  schema = app.app.server.executor.schema;
  organization = await app.organization();
  client = await organization.as('OWNER');
  if (!isThere) return;
  for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.graphql'))) {
    for (const definition of parse(readFileSync(resolve(FOLDER, file), 'utf8')).definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION)
        operations.set(definition.name!.value, { kind: Kind.DOCUMENT, definitions: [definition] });
  }
});
afterAll(() => app?.close());

const operation = (name: string): string => print(operations.get(name)!);

(isThere ? describe : describe.skip)('what clients send', () => {
  test('validates against the schema', () => {
    for (const name of [...PROMISED, 'Customer360'])
      expect({ name, errors: validate(schema, parse(operation(name))).map(error => error.message) }).toEqual({
        name,
        errors: [],
      });
  });

  test('works as written, from a post to the customer behind it', async () => {
    await accept(app, organization, [
      mention('1', {
        handle: 'ana',
        author: { handle: 'ana', followersCount: 20 },
        text: '@panaderia el pan está delicioso, ¿mañana abren?',
        url: 'https://example.com/1',
      } as never),
      mention('2', {
        handle: 'luis',
        text: '@panaderia pésimo servicio',
        occurredAt: new Date('2026-11-02T10:00:00Z'),
      }),
    ]);
    const check = await client.data(operation('ImportCheck'));
    expect(check).toEqual({
      posts: { totalCount: 2 },
      authors: { totalCount: 2 },
      identities: { totalCount: 3 },
    });

    const inbox = await client.data(operation('CommunityInbox'), { first: 1, filter: { kind: { eq: 'MENTION' } } });
    expect(inbox.posts).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(inbox.posts.edges[0].node).toMatchObject({
      kind: 'MENTION',
      network: 'TWITTER',
      author: { handle: 'luis' },
    });
    const next = await client.data(operation('CommunityInbox'), { first: 1, after: inbox.posts.pageInfo.endCursor });
    const post = next.posts.edges[0].node;
    expect(post).toMatchObject({ language: 'es', sentiment: { label: 'POSITIVE' }, inReplyTo: null });
    expect(post.author).toMatchObject({ handle: 'ana', followersCount: 20, customer: null });
    expect(post.priority.reasons.length).toBeGreaterThan(0);

    const { createCustomer } = await client.data(operation('CreateCustomer'), {
      input: {
        displayName: 'Ana Gil',
        contactPoints: [{ kind: 'EMAIL', value: 'Ana@Example.com' }],
        preferences: [{ key: 'bread', value: 'well baked' }],
      },
    });
    expect(createCustomer).toMatchObject({ customer: { displayName: 'Ana Gil' }, userErrors: [] });
    const { linkSuggestions } = await client.data(operation('LinkSuggestions'), { first: 10 });
    expect(linkSuggestions).toEqual({ edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
    const ids = { identityId: post.author.id, customerId: createCustomer.customer.id };
    const { linkIdentity } = await client.data(operation('LinkIdentity'), { input: ids });
    expect(linkIdentity).toEqual({
      identity: { id: ids.identityId, link: { status: 'CONFIRMED', confidence: 1 }, customer: { id: ids.customerId } },
      userErrors: [],
    });

    const { createOrder } = await client.data(
      `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { id number placedAt } userErrors { message } } }`,
      {
        input: {
          customerId: ids.customerId,
          channel: 'STORE',
          currency: 'EUR',
          lines: [{ description: 'Bread', quantity: '3', unitPrice: { amount: '2.50', currency: 'EUR' } }],
        },
      },
    );

    const { customer } = await client.data(operation('Customer360'), { id: ids.customerId });
    expect(customer).toMatchObject({
      kind: 'PERSON',
      displayName: 'Ana Gil',
      contactPoints: [{ kind: 'EMAIL', value: 'ana@example.com', verified: false }],
      preferences: [{ key: 'bread', value: 'well baked' }],
      identities: [{ network: 'TWITTER', handle: 'ana', link: { evidence: [{ kind: 'MANUAL' }] } }],
      posts: { edges: [{ node: { id: post.id } }] },
      orders: {
        edges: [{ node: { ...createOrder.order, total: { amount: '7.50', currency: 'EUR' }, status: 'PLACED' } }],
      },
    });
    expect(customer.timeline.edges.length).toBeGreaterThan(0);
    for (const { node } of customer.timeline.edges) expect(node.summary.length).toBeGreaterThan(3);

    const { unlinkIdentity } = await client.data(operation('UnlinkIdentity'), {
      input: { identityId: ids.identityId },
    });
    expect(unlinkIdentity).toEqual({ identity: { id: ids.identityId, customer: null }, userErrors: [] });
  });

  test('takes a quote to an order', async () => {
    const { createCustomer } = await client.data(operation('CreateCustomer'), { input: { displayName: 'Horno Gil' } });
    const productId = await openShelf(app, organization).product('OVEN', '1200');
    const { createQuote } = await client.data(operation('CreateQuote'), {
      input: { customerId: createCustomer.customer.id, lines: [{ productId, quantity: '2', discountPercent: '5' }] },
    });
    expect(createQuote).toEqual({
      quote: {
        id: expect.stringMatching(/^quote_/),
        number: expect.stringMatching(/^Q-\d{4}-\d{4}$/),
        status: 'DRAFT',
        total: { amount: '2758.80', currency: 'EUR' },
        lines: [
          {
            product: { sku: 'OVEN' },
            quantity: '2',
            unitPrice: { amount: '1200.00', currency: 'EUR' },
            discountPercent: '5',
          },
        ],
      },
      userErrors: [],
    });
    const accept = () => client.data(operation('AcceptQuote'), { input: { id: createQuote.quote.id } });
    const { acceptQuote } = await accept();
    expect(acceptQuote).toEqual({
      order: {
        id: expect.stringMatching(/^order_/),
        number: expect.stringMatching(/^O-\d{4}-\d{4}$/),
        status: 'PLACED',
        total: createQuote.quote.total,
      },
      userErrors: [],
    });
    expect((await accept()).acceptQuote).toEqual(acceptQuote);
  });

  test('moves what a customer may buy from stage to stage', async () => {
    const { createCustomer } = await client.data(operation('CreateCustomer'), {
      input: { displayName: 'Panadería Sol' },
    });
    const { createOpportunity } = await client.data(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id pipeline { stages { id name } } } } }',
      {
        input: {
          name: 'Oven',
          customerId: createCustomer.customer.id,
          amount: { amount: '1200', currency: 'EUR' },
          expectedCloseOn: '2026-12-24',
        },
      },
    );
    const { id, pipeline } = createOpportunity.opportunity;
    const stageId = pipeline.stages.find((stage: { name: string }) => stage.name === 'Proposal').id;
    const { moveOpportunity } = await client.data(operation('MoveOpportunity'), {
      input: { opportunityId: id, stageId },
    });
    expect(moveOpportunity).toEqual({
      opportunity: { id, stage: { name: 'Proposal', probability: 0.5 } },
      userErrors: [],
    });
    const { customer } = await client.data(operation('Customer360'), { id: createCustomer.customer.id });
    expect(customer.opportunities.edges).toEqual([
      {
        node: {
          id,
          name: 'Oven',
          stage: { name: 'Proposal', probability: 0.5 },
          amount: { amount: '1200.00', currency: 'EUR' },
          expectedCloseOn: '2026-12-24',
        },
      },
    ]);
  });

  test('makes two customers one, and two again', async () => {
    const create = async (displayName: string) =>
      (await client.data(operation('CreateCustomer'), { input: { displayName } })).createCustomer.customer.id;
    const [survivorId, mergedId] = [await create('Ana Gil'), await create('Anita Gil')];
    const { mergeCustomers } = await client.data(operation('MergeCustomers'), {
      input: { survivorId, mergedIds: [mergedId] },
    });
    expect(mergeCustomers).toEqual({
      customer: { id: survivorId, displayName: 'Ana Gil' },
      mergeId: expect.stringMatching(/^merge_/),
      userErrors: [],
    });
    const { undoMerge } = await client.data(operation('UndoMerge'), { input: { mergeId: mergeCustomers.mergeId } });
    expect(undoMerge).toEqual({
      customers: [
        { id: survivorId, displayName: 'Ana Gil' },
        { id: mergedId, displayName: 'Anita Gil' },
      ],
      userErrors: [],
    });
  });

  test('keeps a lead and makes a customer with an opportunity of it', async () => {
    const { createLead } = await client.data(operation('CreateLead'), { input: { name: 'Luis Mora' } });
    expect(createLead).toEqual({
      lead: { id: expect.stringMatching(/^lead_/), status: 'NEW', score: expect.any(Number) },
      userErrors: [],
    });
    const { convertLead } = await client.data(operation('ConvertLead'), { input: { id: createLead.lead.id } });
    expect(convertLead).toEqual({
      customer: { id: expect.stringMatching(/^customer_/) },
      opportunity: { id: expect.stringMatching(/^opportunity_/) },
      userErrors: [],
    });
  });

  test('takes a ticket from opening to its end', async () => {
    const { createCustomer } = await client.data(operation('CreateCustomer'), { input: { displayName: 'Horno Sol' } });
    const customerId = createCustomer.customer.id;
    const { openTicket } = await client.data(operation('OpenTicket'), {
      input: { customerId, subject: 'The oven is cold', channel: 'CALL' },
    });
    expect(openTicket).toEqual({
      ticket: {
        id: expect.stringMatching(/^ticket_/),
        number: expect.stringMatching(/^T-\d{4}-\d{4}$/),
        status: 'NEW',
        channel: 'CALL',
        sla: { firstResponseDueAt: null, resolutionDueAt: null, breached: false },
      },
      userErrors: [],
    });
    const { id, number } = openTicket.ticket;
    const shown = { id, number, subject: 'The oven is cold', status: 'NEW', priority: 'NORMAL', channel: 'CALL' };
    const { tickets } = await client.data(operation('Tickets'), {
      filter: { customerId: { eq: customerId } },
      first: 5,
    });
    expect(tickets).toMatchObject({
      totalCount: 1,
      edges: [{ node: { ...shown, customer: { displayName: 'Horno Sol' }, assignee: null, conversation: null } }],
      pageInfo: { hasNextPage: false },
    });
    const { customer } = await client.data(operation('Customer360'), { id: customerId });
    expect(customer.tickets.edges).toEqual([{ node: { ...shown, openedAt: expect.any(String) } }]);
    const { replyToTicket } = await client.data(operation('ReplyToTicket'), {
      input: { ticketId: id, text: 'Somebody is on the way.', channel: 'PORTAL' },
    });
    expect(replyToTicket).toEqual({
      message: { id: expect.stringMatching(/_/), channel: 'PORTAL', state: 'KEPT' },
      userErrors: [],
    });
    const { closeTicket } = await client.data(operation('CloseTicket'), { input: { id } });
    expect(closeTicket).toEqual({ ticket: { id, status: 'CLOSED', closedAt: expect.any(String) }, userErrors: [] });
  });

  test('shows the health of channels', async () => {
    const { createAccount } = await client.data(
      'mutation { createAccount(input: { network: BLOG, handle: "panaderia" }) { account { id } } }',
    );
    await client.data(
      'mutation ($accountId: ID) { createSource(input: { accountId: $accountId, kind: FEED, query: "https://example.com/feed" }) { source { id } userErrors { message } } }',
      { accountId: createAccount.account.id },
    );
    const { accounts } = await client.data(operation('ChannelHealth'));
    expect(accounts).toMatchObject([
      {
        handle: 'panaderia',
        state: 'ACTIVE',
        capabilities: { canReplyPublicly: false, polls: true, streams: false },
        sources: [{ kind: 'FEED', query: 'https://example.com/feed', state: 'ACTIVE', problem: null }],
      },
    ]);
  });

  test('says what is expected to be sold', async () => {
    const sales = await app.organization();
    const pipeline = await plantPipeline(app, sales);
    await pipeline.keep({ at: '2026-01-02T10:00:00Z', amount: '100', closes: '2026-02-10', category: 'COMMITTED' });
    const asked = { from: '2026-01-01', to: '2026-02-28' };
    const { salesForecast } = await (await sales.as('OWNER')).data(operation('Forecast'), asked);
    const [none, hundred, twenty] = ['0.00', '100.00', '20.00'].map(amount => ({ amount, currency: 'EUR' }));
    const nothing = { committed: none, bestCase: none, weighted: none, target: null, won: none };
    expect(salesForecast).toEqual({
      periods: [
        { start: '2026-01-01', end: '2026-01-31', ...nothing },
        { start: '2026-02-01', end: '2026-02-28', ...nothing, committed: hundred, bestCase: hundred, weighted: twenty },
      ],
    });
  });

  test('streams mentions, and goes on where it was', async () => {
    await toldSoFar(app);
    const first = subscribe(url, client.authorization, operation('MentionStream'));
    await eventually(() => app.app.hub.subscribers === 1);
    await accept(app, organization, [mention('s1', { text: 'hola' })]);
    const isFirst = (event: { postReceived: { post: { text: string } } }) => event.postReceived.post.text === 'hola';
    const one = (await first.until(all => all.some(isFirst))).find(isFirst)!;
    await first.close();
    await accept(app, organization, [mention('s2'), mention('s3', { own: true })]);
    const variables = { after: one.postReceived.cursor, filter: { own: false } };
    const second = subscribe(url, client.authorization, operation('MentionStream'), variables);
    await second.until(received => received.length === 1);
    await accept(app, organization, [mention('s4')]);
    const received = await second.until(all => all.length === 2);
    expect([one, ...received].map(({ postReceived }) => postReceived.post.text)).toEqual([
      'hola',
      'post s2',
      'post s4',
    ]);
    await second.close();
  });
});
