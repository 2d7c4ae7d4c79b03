import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';

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

const UNDO = `mutation ($input: UndoTicketReplyInput!) {
  undoTicketReply(input: $input) { message { id state } ticket { status } userErrors { field code message } }
}`;
const CLOSE = `mutation ($input: CloseTicketInput!) { closeTicket(input: $input) { ticket { status } userErrors { code } } }`;
const undo = async (messageId: string, by = desk.client) =>
  (await by.data(UNDO, { input: { messageId } })).undoTicketReply;
const notes = () => desk.sql(`select kind, note from ticket_messages where organization_id = $1 and kind = 'SYSTEM'`);

describe('two colleagues who answer at once', () => {
  test('are told of each other: one answers, the other is asked first', async () => {
    const { ticketId } = await desk.say('q1');
    const ana = await desk.colleague('Ana Ruiz');
    const beto = await desk.colleague('Beto Sol');
    const later = { undoSeconds: 60 };
    const both = await Promise.all([
      desk.answer(ticketId, 'Soy Ana.', later, ana.client),
      desk.answer(ticketId, 'Soy Beto.', later, beto.client),
    ]);
    const [said] = both.filter(({ message }) => message);
    const [asked, ...more] = both.filter(({ message }) => !message);
    expect(more).toEqual([]);
    expect(asked!.userErrors).toMatchObject([{ field: 'confirmUnseen', code: 'CONFLICT' }]);
    expect(asked!.userErrors[0].message).toMatch(said === both[0] ? /Ana Ruiz/ : /Beto Sol/);
    expect(asked!.unseen).toEqual([{ id: said!.message.id, kind: 'AGENT', author: said!.message.author }]);
    const loser = said === both[0] ? beto : ana;
    const confirmed = await desk.answer(ticketId, 'Yo también.', { ...later, confirmUnseen: true }, loser.client);
    expect(confirmed.userErrors).toEqual([]);
    const known = await desk.answer(
      ticketId,
      'Otra vez.',
      { ...later, lastSeenMessageId: confirmed.message.id },
      loser === beto ? ana.client : beto.client,
    );
    expect(known.userErrors).toEqual([]);
  });

  test('are asked about what the customer said meanwhile, too', async () => {
    const first = await desk.say('q1');
    const ana = await desk.colleague('Ana Ruiz');
    await desk.say('q2', { text: 'Ya lo encontré.', occurredAt: new Date() }, { ticketId: first.ticketId });
    const seen = { lastSeenMessageId: desk.messageOf(first.messageId) };
    const { userErrors, unseen } = await desk.answer(first.ticketId, 'Lo buscamos.', seen, ana.client);
    expect(userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(unseen).toMatchObject([{ kind: 'CUSTOMER' }]);
  });
});

describe('an answer that is asked for twice', () => {
  test('with one key is given once, and goes out once', async () => {
    const { ticketId } = await desk.say('q1');
    const ana = await desk.colleague('Ana Ruiz');
    const once = { idempotencyKey: 'send-1', undoSeconds: 0 };
    const both = await Promise.all([
      desk.answer(ticketId, 'Va.', once, ana.client),
      desk.answer(ticketId, 'Va.', once, ana.client),
    ]);
    const later = await desk.answer(ticketId, 'Va.', once, ana.client);
    const ids = [...both, later].map(({ message, userErrors }) => message?.id ?? userErrors);
    expect(new Set(ids).size).toBe(1);
    await desk.until(later.message.id, 'SENT');
    expect(echo.messages).toHaveLength(1);
    expect((await desk.stand(ticketId)).messageCount).toBe(2);
  });
});

describe('an answer taken back in time', () => {
  test('is not sent, and its ticket stands where it stood', async () => {
    const { ticketId } = await desk.say('q1');
    const before = await desk.stand(ticketId);
    const { message } = await desk.answer(ticketId, 'Uy.', { undoSeconds: 60 });
    expect(message.state).toBe('SCHEDULED');
    expect((await desk.stand(ticketId)).status).toBe('PENDING');
    expect(await undo(message.id)).toMatchObject({
      message: { state: 'CANCELLED' },
      ticket: { status: before.status },
      userErrors: [],
    });
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 2 });
    expect(echo.messages).toEqual([]);
    expect(await notes()).toEqual([]);
  });

  test('after another one leaves that one standing', async () => {
    const { ticketId } = await desk.say('q1');
    const first = await desk.answer(ticketId, 'Uno.', { undoSeconds: 60 });
    const second = await desk.answer(ticketId, 'Dos.', { undoSeconds: 60 });
    await undo(first.message.id);
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'PENDING', waitingSince: null });
    await undo(second.message.id);
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'OPEN', firstRespondedAt: null });
    expect(stand.waitingSince).not.toBeNull();
  });

  test('or too late: one of both, however close', async () => {
    let open = () => {};
    echo.gate = new Promise(done => {
      open = done;
    });
    const { ticketId } = await desk.say('q1');
    const { message } = await desk.answer(ticketId, 'Va.');
    await desk.until(message.id, 'SENDING');
    expect((await undo(message.id)).userErrors).toMatchObject([{ field: 'messageId', code: 'CONFLICT' }]);
    open();
    await desk.until(message.id, 'SENT');
    for (let round = 0; round < 8; round++) {
      const { message: next } = await desk.answer(ticketId, `Va ${round}.`);
      const { userErrors } = await undo(next.id);
      if (userErrors.length > 0) await desk.until(next.id, 'SENT');
      else expect(await desk.stateOf(next.id)).toBe('CANCELLED');
      const wasSent = echo.messages.some(({ text }) => text.endsWith(`Va ${round}.`));
      expect(wasSent).toBe(userErrors.length > 0);
    }
  });
});

describe('an answer that never arrives', () => {
  test('opens its ticket again, is no first answer, and is noted for us alone', async () => {
    const { ticketId } = await desk.say('q1');
    echo.trouble = 'refused';
    const { message } = await desk.answer(ticketId, 'Lo sentimos.', { status: 'SOLVED' });
    await desk.until(message.id, 'FAILED');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'OPEN', firstRespondedAt: null, solvedAt: null, reopenedCount: 1 });
    expect(stand.waitingSince).not.toBeNull();
    expect(await notes()).toHaveLength(1);
  });

  test('because a colleague did not approve it leaves the ticket as it was, and is noted', async () => {
    const { ticketId } = await desk.say('q1');
    await desk.client.data(
      'mutation ($input: SetReplyApprovalInput!) { setReplyApproval(input: $input) { userErrors { message } } }',
      { input: { role: 'AGENT', required: true } },
    );
    const ana = await desk.colleague('Ana Ruiz');
    const { message } = await desk.answer(ticketId, 'Mañana.', { approvalNote: '¿Vale?' }, ana.client);
    expect(message.state).toBe('AWAITING_APPROVAL');
    const { node } = await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on TicketMessage { reply { id } } } }',
      { id: message.id },
    );
    await desk.client.data(
      'mutation ($input: RejectReplyInput!) { rejectReply(input: $input) { userErrors { code } } }',
      {
        input: { id: node.reply.id, reason: 'Hoy mismo.' },
      },
    );
    expect(await desk.stateOf(message.id)).toBe('REJECTED');
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'NEW', firstRespondedAt: null });
    expect(await notes()).toHaveLength(1);
    expect((await undo(message.id, ana.client)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  test('and is sent after all answers the customer again', async () => {
    const { ticketId } = await desk.say('q1');
    echo.trouble = 'refused';
    const { message } = await desk.answer(ticketId, 'Lo sentimos.');
    await desk.until(message.id, 'FAILED');
    echo.trouble = undefined;
    const { node } = await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on TicketMessage { reply { id } } } }',
      { id: message.id },
    );
    await desk.client.data('mutation ($input: ReplyInput!) { retryReply(input: $input) { userErrors { code } } }', {
      input: { id: node.reply.id },
    });
    await desk.until(message.id, 'SENT');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'PENDING', waitingSince: null });
    expect(stand.firstRespondedAt).not.toBeNull();
  });

  test('opens even a ticket that was closed while it waited; one that arrives leaves it closed', async () => {
    const { ticketId } = await desk.say('q1');
    const failing = await desk.answer(ticketId, 'Adiós.', { undoSeconds: 1 });
    const { closeTicket } = await desk.client.data(CLOSE, { input: { id: desk.ticketOf(ticketId) } });
    expect(closeTicket).toMatchObject({ ticket: { status: 'CLOSED' }, userErrors: [] });
    echo.trouble = 'refused';
    await desk.until(failing.message.id, 'FAILED');
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'OPEN', closedAt: null });
    echo.trouble = undefined;
    const { ticketId: other } = await desk.say('q2');
    const going = await desk.answer(other, 'Adiós.', { undoSeconds: 1 });
    await desk.client.data(CLOSE, { input: { id: desk.ticketOf(other) } });
    await desk.until(going.message.id, 'SENT');
    expect((await desk.stand(other)).status).toBe('CLOSED');
  });
});
