import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Role } from '../../src/modules/access/roles.js';
import { Viewer } from '../../src/modules/access/viewer.js';
import { mergeTickets } from '../../src/modules/support/tickets/merge.service.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { whileHeld } from '../support/locks.js';

let app: TestApp;
let echo: EchoNetwork;
let desk: Awaited<ReturnType<typeof deskOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  desk = await deskOn(app);
});
afterEach(() => {
  echo.trouble = undefined;
  echo.gate = undefined;
});

const MERGE = `mutation ($input: MergeTicketsInput!) { mergeTickets(input: $input) { ticket { id } userErrors { field code } } }`;
const merge = async (survivorId: string, mergedId: string) =>
  (
    await desk.client.data(MERGE, {
      input: { survivorId: desk.ticketOf(survivorId), mergedId: desk.ticketOf(mergedId) },
    })
  ).mergeTickets;
const texts = async (ticketId: string): Promise<string[]> =>
  (
    await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on Ticket { messages(first: 20) { edges { node { text } } } } } }',
      { id: desk.ticketOf(ticketId) },
    )
  ).node.messages.edges.map(({ node }: any) => node.text);

describe('a ticket that becomes a part of another', () => {
  test('brings no answer that its customer never had', async () => {
    const { ticketId: gone } = await desk.say('q1');
    echo.trouble = 'refused';
    const { message } = await desk.answer(gone, 'Lo sentimos.');
    await desk.until(message.id, 'FAILED');
    const { ticketId: kept } = await desk.say('q2');
    expect((await merge(kept, gone)).userErrors).toEqual([]);
    expect(await desk.stand(kept)).toMatchObject({ firstRespondedAt: null, lastAgentMessageAt: null });
  });

  test('while an answer in it fails leaves its customer waiting in the other', async () => {
    const { ticketId: gone } = await desk.say('q1');
    const { ticketId: kept } = await desk.say('q2');
    const first = await desk.answer(kept, 'Sí.', { status: 'SOLVED' });
    await desk.until(first.message.id, 'SENT');
    let open = () => {};
    echo.gate = new Promise(done => {
      open = done;
    });
    const { message } = await desk.answer(gone, 'Va.');
    await desk.until(message.id, 'SENDING');
    echo.trouble = 'refused';
    const viewer = new Viewer({ actor: desk.scope.actor, organizationId: desk.organization.id, role: Role.OWNER });
    await whileHeld(
      app,
      held =>
        app.app.database.write(desk.scope, async tx => {
          await mergeTickets(tx, viewer, { survivorId: desk.ticketOf(kept), mergedId: desk.ticketOf(gone) });
          await held();
        }),
      async () => {
        open();
        await desk.until(message.id, 'FAILED');
      },
    );
    expect((await desk.stand(gone)).status).toBe('CLOSED');
    expect((await desk.stand(kept)).status).toBe('OPEN');
    expect(
      await desk.sql(`select ticket_id from ticket_messages where organization_id = $1 and kind = 'SYSTEM'`),
    ).toEqual([{ ticket_id: kept }]);
  });

  test('is read before it is answered in the other, however old its words are', async () => {
    const { ticketId: gone } = await desk.say('q1', { text: 'Está quemado.' });
    const { ticketId: kept } = await desk.say('q2');
    const ana = await desk.colleague('Ana Ruiz');
    const mark = () =>
      ana.client.data(
        'mutation ($input: MarkTicketSeenInput!) { markTicketSeen(input: $input) { userErrors { code } } }',
        { input: { ticketId: desk.ticketOf(kept) } },
      );
    await mark();
    await merge(kept, gone);
    const asked = await desk.answer(kept, 'Sí.', {}, ana.client);
    expect(asked.userErrors).toMatchObject([{ field: 'confirmUnseen', code: 'CONFLICT' }]);
    expect(asked.unseen).toMatchObject([{ kind: 'CUSTOMER' }]);
    await mark();
    expect((await desk.answer(kept, 'Sí.', {}, ana.client)).userErrors).toEqual([]);
  });

  test('is spoken in by its customer through the other, and colleagues are told of that one', async () => {
    const customerId = await desk.customer();
    const [kept, gone] = [await desk.open(customerId), await desk.open(customerId)];
    await merge(kept, gone);
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const { message, userErrors } = await desk.answer(gone, 'Sigue mal.', {}, rosa);
    expect(userErrors).toEqual([]);
    expect(message.kind).toBe('CUSTOMER');
    expect(await texts(kept)).toEqual(['Sigue mal.']);
    expect(await desk.sql('select id from tickets where organization_id = $1')).toHaveLength(2);
    const { ticket } = await desk.client.data('query ($id: ID!) { ticket(id: $id) { number } }', {
      id: desk.ticketOf(kept),
    });
    const refused = await desk.answer(gone, 'Lo miramos.');
    expect(refused.userErrors).toMatchObject([{ field: 'ticketId', code: 'NOT_ALLOWED' }]);
    expect(refused.userErrors[0].message).toContain(ticket.number);
  });
});

describe('a customer who turns out to be another in mid-conversation', () => {
  const MERGE_CUSTOMERS = `mutation ($input: MergeCustomersInput!) {
    mergeCustomers(input: $input) { mergeId userErrors { field code message } }
  }`;

  test('has the answer that waited once, and what they say next in the same ticket', async () => {
    const [kept, gone] = [await desk.customer(), await desk.customer('Rosa P.')];
    const { ticketId } = await desk.say('q1', {}, { customerId: gone });
    const { message } = await desk.answer(ticketId, 'Va enseguida.', { undoSeconds: 2 });
    const { mergeCustomers } = await desk.client.data(MERGE_CUSTOMERS, {
      input: {
        survivorId: desk.organization.publicId('customer', kept),
        mergedIds: [desk.organization.publicId('customer', gone)],
      },
    });
    expect(mergeCustomers.userErrors).toEqual([]);
    expect(await desk.stateOf(message.id)).toBe('SCHEDULED');
    await desk.until(message.id, 'SENT');
    expect(echo.messages.map(({ text }) => text)).toEqual(['@cliente Va enseguida.']);
    await desk.say('q2', { occurredAt: new Date() }, { ticketId });
    const { userErrors } = await desk.answer(ticketId, 'De nada.', { confirmUnseen: true });
    expect(userErrors).toEqual([]);
    expect(await desk.sql('select customer_id, message_count from tickets where organization_id = $1')).toEqual([
      { customer_id: kept, message_count: 4 },
    ]);
    const rosa = await desk.organization.as('CUSTOMER', { customerId: kept });
    const { node } = await rosa.data('query ($id: ID!) { node(id: $id) { ... on Ticket { id } } }', {
      id: desk.ticketOf(ticketId),
    });
    expect(node).not.toBeNull();
  });
});
