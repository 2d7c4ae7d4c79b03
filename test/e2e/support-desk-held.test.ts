import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { queueReplies } from '../../src/modules/social/index.js';
import { followReplies } from '../../src/modules/support/desk/turn.service.js';
import { recomputeDeadlines } from '../../src/modules/support/sla/deadline.service.js';
import { watchDeadlines } from '../../src/modules/support/sla/watch.service.js';
import { openLogger } from '../../src/platform/logger.js';
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
});

const tomorrow = () => ({ scheduledAt: new Date(Date.now() + 86_400_000).toISOString() });

/** Does what a mutation of the desk says, and answers what could be mended. */
async function act(
  name: string,
  input: object,
  type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`,
): Promise<object[]> {
  const data = await desk.client.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { field code message } } }`,
    { input },
  );
  return data[name].userErrors;
}

async function replyOf(messageId: string): Promise<{ id: string; stored: string }> {
  const { node } = await desk.client.data(
    'query ($id: ID!) { node(id: $id) { ... on TicketMessage { reply { id } } } }',
    { id: messageId },
  );
  const rows = await desk.sql('select id from replies where organization_id = $1');
  const stored = rows.find(({ id }) => desk.organization.publicId('reply', id) === node.reply.id)!.id;
  return { id: node.reply.id, stored };
}

const move = (name: string, ticketId: string, more: object = {}) => act(name, { id: desk.ticketOf(ticketId), ...more });
const notes = () => desk.sql(`select note from ticket_messages where organization_id = $1 and kind = 'SYSTEM'`);
const changes = (change: string) =>
  desk.sql(`select 1 from events where organization_id = $1 and type = 'ticket.changed' and data ->> 'change' = $2`, [
    change,
  ]);

/** Its moment comes. */
async function release(messageId: string): Promise<void> {
  const { stored } = await replyOf(messageId);
  await desk.sql(
    `update replies set scheduled_at = now() - interval '1 second' where organization_id = $1 and id = $2`,
    [stored],
  );
  await app.app.database.write(desk.scope, tx => queueReplies(tx, [stored]));
}

/** An answer that waits until tomorrow, in a ticket of its own. */
async function held(more: object = {}) {
  const { ticketId } = await desk.say('q1');
  const before = await desk.stand(ticketId);
  const { message } = await desk.answer(ticketId, 'Mañana.', { ...tomorrow(), ...more });
  expect(message.state).toBe('SCHEDULED');
  return { ticketId, messageId: message.id as string, before };
}

/** The same, waiting for somebody else's agreement. */
async function proposed(externalId = 'q1') {
  await act('setReplyApproval', { role: 'AGENT', required: true });
  const ana = await desk.colleague('Ana Ruiz');
  const { ticketId } = await desk.say(externalId);
  const before = await desk.stand(ticketId);
  const { message } = await desk.answer(ticketId, 'Hoy.', { undoSeconds: 0 }, ana.client);
  expect(message.state).toBe('AWAITING_APPROVAL');
  return { ticketId, messageId: message.id as string, before };
}

describe('an answer that is held', () => {
  test('counts when its moment comes, and its customer waits until then', async () => {
    const { ticketId, messageId, before } = await held({ status: 'SOLVED' });
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 2 });
    const at = new Date();
    await release(messageId);
    await desk.until(messageId, 'SENT');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'SOLVED', waitingSince: null, reopenedCount: 0, messageCount: 2 });
    expect(new Date(stand.firstRespondedAt) >= at).toBe(true);
    expect(stand.lastAgentMessageAt).toBe(stand.firstRespondedAt);
    expect(stand.solvedAt).not.toBeNull();
  });

  test('until somebody agrees counts from when they do', async () => {
    const { ticketId, messageId, before } = await proposed();
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 2 });
    const at = new Date();
    expect(await act('approveReply', { id: (await replyOf(messageId)).id }, 'ReplyInput')).toEqual([]);
    await desk.until(messageId, 'SENT');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'PENDING', waitingSince: null });
    expect(new Date(stand.firstRespondedAt) >= at).toBe(true);
  });

  test('is no answer to what its customer said meanwhile', async () => {
    const { ticketId, messageId } = await held({ status: 'SOLVED' });
    const spoke = new Date();
    await desk.say('q2', { text: '¿Y el horno?', occurredAt: spoke }, { ticketId });
    await release(messageId);
    await desk.until(messageId, 'SENT');
    const stand = await desk.stand(ticketId);
    expect(stand.status).toBe('NEW');
    expect(new Date(stand.waitingSince)).toEqual(spoke);
    expect(new Date(stand.firstRespondedAt) > spoke).toBe(true);
  });

  test('leaves the ticket where somebody put it meanwhile, also when that was closed', async () => {
    const one = await held();
    await move('holdTicket', one.ticketId);
    await release(one.messageId);
    await desk.until(one.messageId, 'SENT');
    expect(await desk.stand(one.ticketId)).toMatchObject({ status: 'ON_HOLD', waitingSince: null });
    const { ticketId } = await desk.say('q2');
    const { message } = await desk.answer(ticketId, 'Adiós.', tomorrow());
    await move('closeTicket', ticketId);
    await release(message.id);
    await desk.until(message.id, 'SENT');
    const closed = await desk.stand(ticketId);
    expect(closed).toMatchObject({ status: 'CLOSED', waitingSince: null });
    expect(closed.firstRespondedAt).not.toBeNull();
  });

  test('changes nothing when it is rejected or taken back, but for a note that it was rejected', async () => {
    const { ticketId, messageId, before } = await held();
    expect(await act('undoTicketReply', { messageId })).toEqual([]);
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 2 });
    expect(await notes()).toEqual([]);
    const asked = await proposed('q2');
    await act('rejectReply', { id: (await replyOf(asked.messageId)).id, reason: 'No.' });
    expect(await desk.stand(asked.ticketId)).toEqual({ ...asked.before, messageCount: 2 });
    expect(await notes()).toHaveLength(1);
  });

  test('that fails when its moment came opens the ticket, and answers nobody', async () => {
    const { ticketId, messageId } = await held({ status: 'SOLVED' });
    echo.trouble = 'refused';
    await release(messageId);
    await desk.until(messageId, 'FAILED');
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'OPEN', firstRespondedAt: null, solvedAt: null });
    expect(stand.waitingSince).not.toBeNull();
    expect(await notes()).toHaveLength(1);
  });

  test('is what one becomes that is put off in time, and one brought forward is not', async () => {
    const { ticketId } = await desk.say('q1');
    const before = await desk.stand(ticketId);
    const { message } = await desk.answer(ticketId, 'Va.', { undoSeconds: 60 });
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'PENDING', waitingSince: null });
    const { id } = await replyOf(message.id);
    await act('rescheduleReply', { id, ...tomorrow() });
    expect(await desk.stand(ticketId)).toEqual({ ...before, messageCount: 2 });
    await act('rescheduleReply', { id });
    await desk.until(message.id, 'SENT');
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'PENDING', waitingSince: null });
  });

  test('goes out once and counts once, however many look after it', async () => {
    const { ticketId, messageId } = await held();
    const { stored } = await replyOf(messageId);
    await desk.sql(`update replies set state = 'QUEUED' where organization_id = $1 and id = $2`, [stored]);
    // Whoever changed it died before anybody was told; then several are at once.
    const follow = () => app.app.database.write(desk.scope, tx => followReplies(tx, [stored]));
    await Promise.all([follow(), follow(), follow()]);
    expect((await desk.stand(ticketId)).status).toBe('PENDING');
    expect(await changes('STATUS_CHANGED')).toHaveLength(1);
  });
});

describe('a ticket in which an answer is held', () => {
  test('becomes a part of another, in which it goes out and what was said since is not answered', async () => {
    const { ticketId, messageId } = await held({ status: 'CLOSED' });
    const { ticketId: kept } = await desk.say('q2');
    await act('mergeTickets', { survivorId: desk.ticketOf(kept), mergedId: desk.ticketOf(ticketId) });
    const merged = await desk.stand(kept);
    expect(merged).toMatchObject({ firstRespondedAt: null, lastAgentMessageAt: null });
    expect(merged.waitingSince).not.toBeNull();
    await release(messageId);
    await desk.until(messageId, 'SENT');
    const stand = await desk.stand(kept);
    expect(stand.firstRespondedAt).not.toBeNull();
    expect(stand.waitingSince).not.toBeNull();
    expect(stand.status).toBe('NEW');
  });

  test('is split, and is no answered one before it goes out', async () => {
    const { ticketId, messageId } = await held();
    await desk.say('q2', { text: 'Otra cosa.' }, { ticketId });
    await act('splitTicket', { id: desk.ticketOf(ticketId), messageIds: [messageId], subject: 'Horno' });
    const [{ id: other }] = await desk.sql('select id from tickets where organization_id = $1 and id <> $2', [
      ticketId,
    ]);
    expect(await desk.stand(other)).toMatchObject({ status: 'NEW', firstRespondedAt: null });
    await release(messageId);
    await desk.until(messageId, 'SENT');
    const stand = await desk.stand(other);
    expect(stand).toMatchObject({ status: 'PENDING', waitingSince: null });
    expect(stand.firstRespondedAt).not.toBeNull();
    expect(await desk.stand(ticketId)).toMatchObject({ firstRespondedAt: null });
  });

  test('is forgotten with its customer, and nothing goes out', async () => {
    const customerId = await desk.customer();
    const { ticketId } = await desk.say('q1', {}, { customerId });
    const { message } = await desk.answer(ticketId, 'Mañana.', tomorrow());
    const id = desk.organization.publicId('customer', customerId);
    expect(await act('eraseCustomer', { id }, 'CustomerIdInput')).toEqual([]);
    expect(await desk.stateOf(message.id)).toBe('CANCELLED');
    const rows = await desk.sql('select is_held from ticket_messages where organization_id = $1 and is_held');
    expect(rows).toEqual([]);
    expect(echo.messages).toEqual([]);
  });

  test('runs out of time before it goes out, and its answer is late', async () => {
    await act('createSlaPolicy', {
      name: 'Todos',
      targets: ['LOW', 'NORMAL', 'HIGH', 'URGENT'].map(priority => ({ priority, firstResponseMinutes: 60 })),
    });
    const { ticketId, messageId } = await held();
    await desk.sql(
      `update tickets set opened_at = opened_at - interval '2 hours' where organization_id = $1 and id = $2`,
      [ticketId],
    );
    await app.app.database.write(desk.scope, tx => recomputeDeadlines(tx, [ticketId]));
    await watchDeadlines(app.app.database, openLogger('silent'), new AbortController().signal);
    const breaches = await desk.sql(`select 1 from events where organization_id = $1 and type = 'ticket.breached'`);
    expect(breaches).toHaveLength(1);
    await release(messageId);
    await desk.until(messageId, 'SENT');
    const { node } = await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on Ticket { firstRespondedAt sla { clocks { metric state metAt } } } } }',
      { id: desk.ticketOf(ticketId) },
    );
    const [clock] = node.sla.clocks.filter(({ metric }: { metric: string }) => metric === 'FIRST_RESPONSE');
    expect(clock).toMatchObject({ state: 'BREACHED', metAt: node.firstRespondedAt });
  });
});
