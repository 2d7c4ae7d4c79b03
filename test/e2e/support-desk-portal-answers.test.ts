import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';

let app: TestApp;
let desk: Awaited<ReturnType<typeof deskOn>>;
let rosa: Client;
let ticketId: string;
let ana: Awaited<ReturnType<typeof desk.colleague>>;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app?.close());
beforeEach(async () => {
  desk = await deskOn(app);
  const customerId = await desk.customer();
  rosa = await desk.organization.as('CUSTOMER', { customerId });
  ticketId = await desk.open(customerId);
  ana = await desk.colleague('Ana Ruiz');
});

const UNDO =
  'mutation ($input: UndoTicketReplyInput!) { undoTicketReply(input: $input) { userErrors { field code message } } }';
const undo = async (messageId: string): Promise<object[]> =>
  (await ana.client.data(UNDO, { input: { messageId } })).undoTicketReply.userErrors;

/** What the customer of the ticket reads in it. */
async function read(): Promise<string[]> {
  const { node } = await rosa.data(
    'query ($id: ID!) { node(id: $id) { ... on Ticket { messages(first: 9) { edges { node { text } } } } } }',
    { id: desk.ticketOf(ticketId) },
  );
  return node.messages.edges.map((edge: { node: { text: string } }) => edge.node.text);
}

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const answer = (text: string, more: object = {}) =>
  desk.answer(ticketId, text, { channel: 'PORTAL', ...more }, ana.client);

describe('an answer in the portal', () => {
  test('can be taken back for some seconds, in which its customer does not read it', async () => {
    const before = await desk.stand(ticketId);
    const { message } = await answer('Uy.', { status: 'SOLVED' });
    expect(message).toMatchObject({ state: 'SCHEDULED', channel: 'PORTAL', visibility: 'PRIVATE' });
    expect(await read()).toEqual([]);
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'SOLVED' });
    expect(await undo(message.id)).toEqual([]);
    expect(await desk.stand(ticketId)).toMatchObject({ status: before.status, firstRespondedAt: null });
    expect(await undo(message.id)).toMatchObject([{ field: 'messageId', code: 'CONFLICT' }]);
    expect(await read()).toEqual([]);
  });

  test('is shown when these are over, and is then too late to take back', async () => {
    const { message } = await answer('Ya va.', { undoSeconds: 1 });
    await desk.until(message.id, 'KEPT');
    expect(await read()).toEqual(['Ya va.']);
    expect(await undo(message.id)).toMatchObject([{ field: 'messageId', code: 'CONFLICT' }]);
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'PENDING', waitingSince: null });
  });

  test('that is scheduled is no answer until its moment', async () => {
    const before = await desk.stand(ticketId);
    const { message } = await answer('Mañana.', { scheduledAt: soon(86_400), status: 'SOLVED' });
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 1 });
    const at = new Date();
    await app.app.database.system.query(
      `update graphile_worker._private_jobs set run_at = now() where key = 'ticket.release:' || $1`,
      [(await desk.sql('select id from ticket_messages where organization_id = $1'))[0].id],
    );
    await desk.until(message.id, 'KEPT');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'SOLVED', waitingSince: null });
    expect(new Date(stand.firstRespondedAt) >= at).toBe(true);
    expect(await read()).toEqual(['Mañana.']);
    const far = await answer('Nunca.', { scheduledAt: soon(400 * 86_400) });
    expect(far.userErrors).toMatchObject([{ field: 'scheduledAt', code: 'INVALID' }]);
  });

  test('is not given by who needs a colleague to agree', async () => {
    await desk.client.data(
      'mutation ($input: SetReplyApprovalInput!) { setReplyApproval(input: $input) { userErrors { code } } }',
      { input: { role: 'AGENT', required: true } },
    );
    expect((await answer('Hoy.')).userErrors).toMatchObject([{ field: 'channel', code: 'NOT_ALLOWED' }]);
    expect(await read()).toEqual([]);
    const boss = await desk.colleague('Beto Sol', 'MANAGER');
    const given = await desk.answer(ticketId, 'Hoy.', { channel: 'PORTAL', undoSeconds: 0 }, boss.client);
    expect(given.message).toMatchObject({ state: 'KEPT' });
    expect(await read()).toEqual(['Hoy.']);
  });
});

test('what is written down by hand was said already: it neither waits nor is taken back', async () => {
  const { message } = await desk.answer(ticketId, 'Se lo dije.', { channel: 'MANUAL' }, ana.client);
  expect(message).toMatchObject({ state: 'KEPT' });
  const later = await desk.answer(ticketId, 'No.', { channel: 'MANUAL', scheduledAt: soon(60) }, ana.client);
  expect(later.userErrors).toMatchObject([{ field: 'scheduledAt', code: 'NOT_ALLOWED' }]);
});
