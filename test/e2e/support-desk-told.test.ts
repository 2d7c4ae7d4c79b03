import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let echo: EchoNetwork;
let desk: Awaited<ReturnType<typeof deskOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
  url = await listen(app);
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  desk = await deskOn(app);
});

const WATCH =
  'subscription ($after: String) { ticketChanged(after: $after) { cursor change ticket { messages(first: 9) { edges { node { state } } } } } }';
const CHANGE = 'mutation ($input: RescheduleReplyInput!) { rescheduleReply(input: $input) { userErrors { code } } }';
const UNDO = 'mutation ($input: UndoTicketReplyInput!) { undoTicketReply(input: $input) { userErrors { code } } }';
const READ = `query ($id: ID!) { node(id: $id) { ... on Ticket { messages(first: 9) { totalCount edges { node { kind } } } }
  ... on TicketMessage { kind reply { id } } } }`;

interface Told {
  ticketChanged: { cursor: string; change: string; ticket: { messages: { edges: { node: { state: string } }[] } } };
}
const changes = (told: Told[]) => told.map(({ ticketChanged }) => ticketChanged.change);

test('a customer hears of an answer once it is out, staff when it is written; each once, and in order', async () => {
  const customerId = await desk.customer();
  const { ticketId } = await desk.say('q1', {}, { customerId });
  const rosa = await desk.organization.as('CUSTOMER', { customerId });
  const ana = await desk.colleague('Ana Ruiz', 'MANAGER');
  await toldSoFar(app);
  const [hers, ours] = [rosa, ana.client].map(by => subscribe<Told>(url, by.authorization, WATCH)) as [
    ReturnType<typeof subscribe<Told>>,
    ReturnType<typeof subscribe<Told>>,
  ];
  try {
    await eventually(() => app.app.hub.subscribers === 2);
    // One that is taken back, and one that waits until tomorrow and is sent at once after all.
    const gone = await desk.answer(ticketId, 'Uy.', { undoSeconds: 60 });
    await desk.client.data(UNDO, { input: { messageId: gone.message.id } });
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const { message } = await desk.answer(ticketId, 'Mañana.', { scheduledAt: later });
    await ours.until(told => changes(told).filter(change => change === 'REPLIED').length === 2);
    const { node: hidden } = await rosa.data(READ, { id: desk.ticketOf(ticketId) });
    expect(hidden.messages).toEqual({ totalCount: 1, edges: [{ node: { kind: 'CUSTOMER' } }] });
    expect((await rosa.data(READ, { id: message.id })).node).toBeNull();
    const { node } = await desk.client.data(READ, { id: message.id });
    expect(changes(hers.received)).not.toContain('REPLIED');
    await desk.client.data(CHANGE, { input: { id: node.reply.id } });
    const heard = await hers.until(told => changes(told).includes('REPLIED'));
    expect(heard.at(-1)!.ticketChanged.ticket.messages.edges.map(({ node: { state } }) => state)).toEqual([
      'RECEIVED',
      'SENT',
    ]);
    expect(changes(heard)).not.toContain('MESSAGE_STATE_CHANGED');
    await toldSoFar(app);
    expect(changes(hers.received).filter(change => change === 'REPLIED')).toHaveLength(1);
    expect(changes(ours.received).filter(change => change === 'REPLIED')).toHaveLength(2);
    // Who was away hears the same.
    const again = subscribe<Told>(url, rosa.authorization, WATCH, { after: heard[0]!.ticketChanged.cursor });
    await again.until(told => changes(told).includes('REPLIED'));
    const cursors = (told: Told[]) => told.map(({ ticketChanged }) => ticketChanged.cursor);
    expect(cursors(again.received)).toEqual(cursors(hers.received).slice(1, again.received.length + 1));
    await again.close();
  } finally {
    await Promise.all([hers.close(), ours.close()]);
  }
});

test('a customer hears at once of what is said in the ticket alone', async () => {
  const customerId = await desk.customer();
  const ticketId = await desk.open(customerId);
  const rosa = await desk.organization.as('CUSTOMER', { customerId });
  await toldSoFar(app);
  const hers = subscribe<Told>(url, rosa.authorization, WATCH);
  try {
    await eventually(() => app.app.hub.subscribers === 1);
    await desk.answer(ticketId, 'Su factura está lista.');
    expect(changes(await hers.until(told => told.length > 0))[0]).toBe('REPLIED');
  } finally {
    await hers.close();
  }
});
