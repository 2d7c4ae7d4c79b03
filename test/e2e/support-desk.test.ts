import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { addMessages } from '../../src/modules/support/tickets/message.service.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let echo: EchoNetwork;
let mail: EchoNetwork;
let desk: Awaited<ReturnType<typeof deskOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  mail = await openEchoNetwork({ network: Network.EMAIL, kind: 'echo_mail', max: 5000 });
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector, mail.connector], sending: { lookUpAfterMs: 20 } },
  );
  url = await listen(app);
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
  await mail?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  mail.messages.length = 0;
  desk = await deskOn(app);
});
afterEach(() => {
  echo.trouble = undefined;
  echo.gate = undefined;
});

const MINE = `query ($id: ID!) { node(id: $id) { ... on Ticket { messages(first: 50) { edges { node { id kind channel state text } } } } } }`;

describe('an answer in a ticket', () => {
  test('goes out by the channel and in the thread the customer spoke by, and waits for them', async () => {
    const { ticketId } = await desk.say('q1', { text: '¿Por qué está quemado?' });
    const { message, userErrors } = await desk.answer(ticketId, 'Lo sentimos.');
    expect(userErrors).toEqual([]);
    expect(message).toMatchObject({ kind: 'AGENT', channel: 'CHAT', network: 'TELEGRAM', visibility: 'PUBLIC' });
    await desk.until(message.id, 'SENT');
    expect(echo.messages).toMatchObject([{ text: '@cliente Lo sentimos.', parent: 'q1' }]);
    const stand = await desk.stand(ticketId);
    expect(stand).toMatchObject({ status: 'PENDING', waitingSince: null, messageCount: 2 });
    expect(stand.firstRespondedAt).not.toBeNull();
  });

  test('leaves the ticket where its author wants it', async () => {
    const { ticketId } = await desk.say('q1');
    await desk.answer(ticketId, 'Ya está.', { status: 'SOLVED' });
    const stand = await desk.stand(ticketId);
    expect(stand.status).toBe('SOLVED');
    expect(stand.solvedAt).not.toBeNull();
    expect((await desk.answer(ticketId, 'Nuevo.', { status: 'NEW' })).userErrors).toMatchObject([
      { field: 'status', code: 'INVALID' },
    ]);
    await desk.answer(ticketId, 'Falta algo.', { status: 'OPEN' });
    expect(await desk.stand(ticketId)).toMatchObject({ status: 'OPEN', solvedAt: null, reopenedCount: 1 });
    await desk.answer(ticketId, 'Y cerrado.', { status: 'CLOSED' });
    expect((await desk.stand(ticketId)).status).toBe('CLOSED');
    const { userErrors } = await desk.answer(ticketId, 'Otra cosa.');
    expect(userErrors).toMatchObject([{ field: 'ticketId', code: 'NOT_ALLOWED' }]);
  });

  test('to a public post can be given alone, and stays in the same ticket', async () => {
    const { ticketId } = await desk.say('q1', { text: '¡Qué mal!' });
    const { message, userErrors } = await desk.answer(ticketId, 'Escríbanos su pedido.', { visibility: 'PRIVATE' });
    expect(userErrors).toEqual([]);
    expect(message.visibility).toBe('PRIVATE');
    await desk.until(message.id, 'SENT');
    expect(await desk.sql('select ticket_id from ticket_messages where organization_id = $1')).toEqual([
      { ticket_id: ticketId },
      { ticket_id: ticketId },
    ]);
  });

  test('that has a thread of its own makes it one of the ticket', async () => {
    const { ticketId } = await desk.say('q1');
    const { message } = await desk.answer(ticketId, 'Sí.');
    await desk.until(message.id, 'SENT');
    const threads = await desk.sql(
      `select r.conversation_id = c.conversation_id as same from replies r, ticket_conversations c
        where r.organization_id = $1 and c.organization_id = $1 and c.ticket_id = $2`,
      [ticketId],
    );
    expect(threads).toEqual([{ same: true }]);
  });

  test('in a ticket without any channel is read in the portal', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    const { message, userErrors } = await desk.answer(ticketId, 'Su factura está lista.');
    expect(userErrors).toEqual([]);
    expect(message).toMatchObject({ channel: 'PORTAL', state: 'KEPT', network: null });
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const { node } = await rosa.data(MINE, { id: desk.ticketOf(ticketId) });
    expect(node.messages.edges).toMatchObject([{ node: { kind: 'AGENT', text: 'Su factura está lista.' } }]);
  });

  test('is given by its customer through the portal, in its own tickets only', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    await desk.answer(ticketId, '¿Qué factura?');
    const { message, userErrors } = await desk.answer(ticketId, 'La de mayo.', {}, rosa);
    expect(userErrors).toEqual([]);
    expect(message).toMatchObject({ kind: 'CUSTOMER', channel: 'PORTAL', state: 'RECEIVED', author: null });
    expect((await desk.stand(ticketId)).status).toBe('OPEN');
    const other = await desk.organization.as('CUSTOMER', { customerId: await desk.customer('Luis Gil') });
    expect((await desk.answer(ticketId, 'Hola', {}, other)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('of a customer in a closed ticket opens another that follows it up', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    await desk.answer(ticketId, 'Hecho.', { status: 'CLOSED' });
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const { message } = await desk.answer(ticketId, 'No está hecho.', {}, rosa);
    expect(message.kind).toBe('CUSTOMER');
    expect((await desk.stand(ticketId)).status).toBe('CLOSED');
    expect(
      await desk.sql('select kind from ticket_links where organization_id = $1 and to_ticket_id = $2', [ticketId]),
    ).toEqual([{ kind: 'FOLLOWS_UP' }]);
    const both = await Promise.all([
      desk.answer(ticketId, 'Y falta el sello.', {}, rosa),
      desk.answer(ticketId, 'Y la fecha.', {}, rosa),
    ]);
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await desk.sql('select id from tickets where organization_id = $1')).toHaveLength(2);
  });
});

describe('another channel than the customer chose', () => {
  let customerId: string;
  let ticketId: string;

  beforeEach(async () => {
    customerId = await desk.customer();
    ({ ticketId } = await desk.say('q1', {}, { customerId }));
    await desk.sql(
      `insert into accounts (organization_id, id, network, connector, handle) values ($1, $2, 'EMAIL', 'echo_mail', 'hola@panaderia.example')`,
      [newId()],
    );
    await desk.sql(
      `insert into contact_points (organization_id, customer_id, id, kind, value) values ($1, $2, $3, 'EMAIL', 'rosa@example.com')`,
      [customerId, newId()],
    );
  });

  const consent = (state: string) =>
    desk.sql(
      `insert into consents (organization_id, customer_id, id, purpose, channel, state) values ($1, $2, $3, 'SERVICE', 'EMAIL', $4)`,
      [customerId, newId(), state],
    );

  test('needs their consent', async () => {
    const { message, userErrors } = await desk.answer(ticketId, 'Le escribo por correo.', { channel: 'EMAIL' });
    expect(message).toBeNull();
    expect(userErrors).toMatchObject([{ field: 'channel', code: 'NOT_ALLOWED' }]);
    await consent('GRANTED');
    const allowed = await desk.answer(ticketId, 'Le escribo por correo.', { channel: 'EMAIL' });
    expect(allowed.userErrors).toEqual([]);
    expect(allowed.message).toMatchObject({ channel: 'EMAIL', network: 'EMAIL', visibility: 'PRIVATE' });
    await desk.until(allowed.message.id, 'SENT');
    expect(mail.messages).toMatchObject([{ text: 'Le escribo por correo.', kind: 'message' }]);
  });

  test('is refused once they withdrew it', async () => {
    await consent('GRANTED');
    await consent('WITHDRAWN');
    const { userErrors } = await desk.answer(ticketId, 'Hola', { channel: 'EMAIL' });
    expect(userErrors).toMatchObject([{ field: 'channel', code: 'NOT_ALLOWED' }]);
  });

  test('is refused although they wrote by it before, once they want that no more', async () => {
    const hear = (id: string) =>
      accept(app, desk.organization, [mention(id, { handle: 'rosa@example.com', kind: PostKind.DIRECT_MESSAGE })], {
        network: Network.EMAIL,
      });
    await hear('e1');
    const [post] = await desk.sql(
      `select id, author_id, conversation_id from posts where organization_id = $1 and network = 'EMAIL'`,
    );
    await app.app.database.write(desk.scope, tx =>
      addMessages(tx, [
        {
          ticketId,
          kind: TicketMessageKind.CUSTOMER,
          channel: TicketChannel.EMAIL,
          network: Network.EMAIL,
          visibility: TicketMessageVisibility.PRIVATE,
          state: 'RECEIVED',
          postId: post.id,
          conversationId: post.conversation_id,
          occurredAt: new Date(Date.now() - 86_400_000),
        },
      ]),
    );
    const asked = { channel: 'EMAIL', confirmUnseen: true };
    expect((await desk.answer(ticketId, 'Hola', asked)).userErrors).toEqual([]);
    await consent('WITHDRAWN');
    expect((await desk.answer(ticketId, 'Hola', asked)).userErrors).toMatchObject([
      { field: 'channel', code: 'NOT_ALLOWED' },
    ]);
  });

  test('is named when nobody can be reached there', async () => {
    const { userErrors } = await desk.answer(ticketId, 'Hola', { channel: 'SMS' });
    expect(userErrors).toMatchObject([{ field: 'identityId', code: 'REQUIRED' }]);
    const call = await desk.answer(ticketId, 'Hola', { channel: 'CALL' });
    expect(call.userErrors).toMatchObject([{ field: 'channel', code: 'NOT_ALLOWED' }]);
  });
});

const NOTE = `mutation ($input: AddTicketNoteInput!) {
  addTicketNote(input: $input) { message { id kind visibility text mentions { name } } userErrors { field code } }
}`;
const MENTIONS = '{ myMentions(first: 10) { edges { node { id text ticket { id } } } } }';

describe('a note', () => {
  test('is for us alone, calls colleagues, and lets them follow the ticket', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    const ana = await desk.colleague('Ana Ruiz');
    const beto = await desk.colleague('Beto Sol');
    const { addTicketNote } = await ana.client.data(NOTE, {
      input: { ticketId: desk.ticketOf(ticketId), text: '@Beto, ¿lo miras?' },
    });
    expect(addTicketNote).toMatchObject({
      message: { kind: 'NOTE', visibility: 'INTERNAL', mentions: [{ name: 'Beto Sol' }] },
      userErrors: [],
    });
    const { myMentions } = await beto.client.data(MENTIONS);
    expect(myMentions.edges).toMatchObject([{ node: { id: addTicketNote.message.id } }]);
    expect((await ana.client.data(MENTIONS)).myMentions.edges).toEqual([]);
    expect(
      await desk.sql('select member_id from ticket_followers where organization_id = $1 and ticket_id = $2', [
        ticketId,
      ]),
    ).toEqual([{ member_id: beto.memberId }]);
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const { node } = await rosa.data(MINE, { id: desk.ticketOf(ticketId) });
    expect(node.messages.edges).toEqual([]);
    expect((await desk.stand(ticketId)).status).toBe('NEW');
  });

  test('is changed by who wrote it, and removed by them or who manages support', async () => {
    const ticketId = await desk.open();
    const ana = await desk.colleague('Ana Ruiz');
    const beto = await desk.colleague('Beto Sol');
    const { addTicketNote } = await ana.client.data(NOTE, {
      input: { ticketId: desk.ticketOf(ticketId), text: 'Vale.' },
    });
    const messageId = addTicketNote.message.id;
    const change = (by: typeof ana, text: string) =>
      by.client.data(
        'mutation ($input: UpdateTicketNoteInput!) { updateTicketNote(input: $input) { message { text } userErrors { code } } }',
        { input: { messageId, text } },
      );
    expect((await change(beto, 'No.')).updateTicketNote.userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
    expect((await change(ana, 'Mejor no.')).updateTicketNote).toEqual({
      message: { text: 'Mejor no.' },
      userErrors: [],
    });
    const remove = (by: typeof ana) =>
      by.client.data(
        'mutation ($input: RemoveTicketNoteInput!) { removeTicketNote(input: $input) { userErrors { code } } }',
        {
          input: { messageId },
        },
      );
    expect((await remove(beto)).removeTicketNote.userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
    expect((await remove(ana)).removeTicketNote.userErrors).toEqual([]);
    expect(await desk.sql('select id from ticket_messages where organization_id = $1')).toEqual([]);
  });
});

describe('what somebody has begun', () => {
  const SAVE = `mutation ($input: SaveTicketDraftInput!) {
    saveTicketDraft(input: $input) { draft { text version device } userErrors { field code } }
  }`;
  const save = async (by: { client: typeof desk.client }, ticketId: string, text: string, more: object = {}) =>
    (await by.client.data(SAVE, { input: { ticketId: desk.ticketOf(ticketId), text, ...more } })).saveTicketDraft;

  test('is written over by the same device, and by another only when it has seen it', async () => {
    const ticketId = await desk.open(await desk.customer());
    const ana = await desk.colleague('Ana Ruiz');
    const beto = await desk.colleague('Beto Sol');
    await save(ana, ticketId, 'Hol', { device: 'laptop' });
    expect(await save(ana, ticketId, 'Hola', { device: 'laptop' })).toMatchObject({ draft: { version: 2 } });
    expect(await save(ana, ticketId, 'Buenas', { device: 'phone', version: 1 })).toEqual({
      draft: null,
      userErrors: [{ field: 'version', code: 'CONFLICT' }],
    });
    expect(await save(ana, ticketId, 'Buenas', { device: 'phone', version: 2 })).toMatchObject({
      draft: { text: 'Buenas', version: 3 },
    });
    expect(await save(ana, ticketId, ' ', { device: 'laptop', version: 2 })).toEqual({
      draft: null,
      userErrors: [{ field: 'version', code: 'CONFLICT' }],
    });
    const DRAFT = 'query ($id: ID!) { node(id: $id) { ... on Ticket { draft { text } } } }';
    const id = desk.ticketOf(ticketId);
    expect((await beto.client.data(DRAFT, { id })).node.draft).toBeNull();
    expect((await ana.client.data(DRAFT, { id })).node.draft).toEqual({ text: 'Buenas' });
    expect((await desk.answer(ticketId, 'Buenas tardes.', {}, ana.client)).userErrors).toEqual([]);
    expect((await ana.client.data(DRAFT, { id })).node.draft).toBeNull();
  });

  test('is counted as unseen until it is read', async () => {
    const { ticketId, messageId } = await desk.say('q1');
    await desk.say('q2', { occurredAt: new Date() }, { ticketId });
    const ana = await desk.colleague('Ana Ruiz');
    const id = desk.ticketOf(ticketId);
    const unseen = async () =>
      (await ana.client.data('query ($id: ID!) { node(id: $id) { ... on Ticket { unseenCount } } }', { id })).node
        .unseenCount;
    const mark = (more: object = {}) =>
      ana.client.data(
        'mutation ($input: MarkTicketSeenInput!) { markTicketSeen(input: $input) { userErrors { code } } }',
        {
          input: { ticketId: id, ...more },
        },
      );
    expect(await unseen()).toBe(2);
    await mark({ messageId: desk.messageOf(messageId) });
    expect(await unseen()).toBe(1);
    expect((await desk.answer(ticketId, 'Sí.', {}, ana.client)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await mark();
    expect(await unseen()).toBe(0);
    expect((await desk.answer(ticketId, 'Sí.', {}, ana.client)).userErrors).toEqual([]);
  });
});

describe('who looks at a ticket', () => {
  const REPORT = `mutation ($input: ReportTicketPresenceInput!) {
    reportTicketPresence(input: $input) { ticket { presence { member { name } state } } userErrors { code } }
  }`;
  const report = async (by: { client: typeof desk.client }, ticketId: string, state: string) =>
    (await by.client.data(REPORT, { input: { ticketId: desk.ticketOf(ticketId), state } })).reportTicketPresence.ticket
      .presence;
  const WATCH = `subscription ($ticketId: ID!) { ticketPresence(ticketId: $ticketId) { cursor ticket { presence { member { name } state } } } }`;

  test('is told live when it changes, to staff alone, and ends by itself', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    const ana = await desk.colleague('Ana Ruiz');
    const beto = await desk.colleague('Beto Sol');
    await toldSoFar(app);
    const watching = subscribe(url, beto.client.authorization, WATCH, { ticketId: desk.ticketOf(ticketId) });
    await eventually(() => app.app.hub.subscribers === 1);
    expect(await report(ana, ticketId, 'VIEWING')).toEqual([{ member: { name: 'Ana Ruiz' }, state: 'VIEWING' }]);
    await report(ana, ticketId, 'VIEWING');
    await report(ana, await desk.open(customerId), 'VIEWING');
    await report(ana, ticketId, 'TYPING');
    await report(beto, ticketId, 'VIEWING');
    const told = await watching.until(all => all.length >= 3);
    expect(told.at(-1).ticketPresence.ticket.presence).toEqual([
      { member: { name: 'Ana Ruiz' }, state: 'TYPING' },
      { member: { name: 'Beto Sol' }, state: 'VIEWING' },
    ]);
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const { node } = await rosa.data('query ($id: ID!) { node(id: $id) { ... on Ticket { presence { state } } } }', {
      id: desk.ticketOf(ticketId),
    });
    expect(node.presence).toEqual([]);
    expect(await report(beto, ticketId, 'LEFT')).toMatchObject([{ state: 'TYPING' }]);
    // Her browser was closed: half a minute passes.
    await desk.sql(`update ticket_presence set until = now() - interval '1 s' where organization_id = $1`);
    await desk.sql(
      `select graphile_worker.add_job('ticket.presence', json_build_object('organizationId', $1::text, 'ticketId', $2::text))`,
      [ticketId],
    );
    await watching.until(all => all.length === 5);
    expect(watching.received.at(-1).ticketPresence.ticket.presence).toEqual([]);
    expect(watching.errors).toEqual([]);
    await watching.close();
  });
});
