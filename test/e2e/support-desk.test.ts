import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

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

const upload = (
  bytes: Buffer,
  name: string,
  by = desk.client,
  headers: Record<string, string> = { 'x-requested-with': 'test' },
) =>
  app.app.server.fastify.inject({
    method: 'POST',
    url: `/support/attachments?name=${encodeURIComponent(name)}`,
    headers: { authorization: by.authorization, 'content-type': 'application/octet-stream', ...headers },
    payload: bytes,
  });
const fetched = (path: string, by = desk.client) =>
  app.app.server.fastify.inject({ method: 'GET', url: path, headers: { authorization: by.authorization } });
/** A real PDF, as far as its bytes tell, of so many bytes. */
function pdfOf(size: number): Buffer {
  const bytes = randomBytes(size);
  bytes.write('%PDF-1.7\n');
  return bytes;
}
const MIB25 = 25 * 1024 * 1024;

describe('a file of 25 MiB', () => {
  test('is uploaded, goes out with an answer byte for byte, and is read by who may see the message', async () => {
    const bytes = pdfOf(MIB25);
    const { ticketId } = await desk.say('q1');
    const uploaded = await upload(bytes, 'catálogo.pdf');
    expect(uploaded.statusCode).toBe(201);
    const file = uploaded.json();
    expect(file).toMatchObject({ name: 'catálogo.pdf', type: 'application/pdf', size: MIB25 });
    const { message, userErrors } = await desk.answer(ticketId, 'Aquí lo tiene.', { attachmentIds: [file.id] });
    expect(userErrors).toEqual([]);
    await desk.until(message.id, 'SENT');
    const sent = echo.messages.filter(({ text }) => text.endsWith('Aquí lo tiene.'));
    expect(sent).toMatchObject([{ media: [{ type: 'application/pdf', bytes: MIB25 }] }]);
    const { node } = await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on TicketMessage { attachments { id name type size url } media { url kind } reply { media { url } } } } }',
      { id: message.id },
    );
    expect(node.attachments).toEqual([file]);
    expect(node.media).toEqual([{ url: file.url, kind: 'file' }]);
    const read = await fetched(file.url);
    expect(read.headers['content-disposition']).toMatch(/^inline; filename="cat_logo.pdf"/);
    expect(createHash('sha256').update(read.rawPayload).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    const stranger = await (await app.organization()).as('OWNER');
    expect((await fetched(file.url, stranger)).statusCode).toBe(404);
    const again = await desk.answer(ticketId, 'Otra vez.', { attachmentIds: [file.id] });
    expect(again.userErrors).toMatchObject([{ field: 'attachmentIds', code: 'NOT_FOUND' }]);
  });

  test('and one byte more is refused, before anything is kept', async () => {
    const refused = await upload(Buffer.alloc(MIB25 + 1), 'enorme.bin');
    expect(refused.statusCode).toBe(413);
    expect(refused.json().errors[0].extensions.code).toBe('TOO_LARGE');
    expect(await desk.sql('select id from media_files where organization_id = $1')).toEqual([]);
    const analyst = await desk.organization.as('ANALYST');
    expect((await upload(Buffer.from('x'), 'x.txt', analyst)).statusCode).toBe(403);
    expect((await upload(Buffer.from('x'), 'x.txt', desk.client, {})).statusCode).toBe(400);
  });
});

describe('an uploaded file', () => {
  test('is kept once, by its bytes, and read by the customer whose ticket it is in alone', async () => {
    const customerId = await desk.customer();
    const ticketId = await desk.open(customerId);
    const rosa = await desk.organization.as('CUSTOMER', { customerId });
    const bytes = Buffer.from('una receta');
    const [one, other] = [(await upload(bytes, '../a.txt', rosa)).json(), (await upload(bytes, 'b.txt')).json()];
    expect(one).toMatchObject({ name: '.. a.txt', type: 'text/plain' });
    expect(await desk.sql('select id from media_files where organization_id = $1')).toHaveLength(1);
    await desk.answer(ticketId, 'La receta.', { attachmentIds: [one.id] }, rosa);
    expect((await fetched(one.url, rosa)).rawPayload).toEqual(bytes);
    expect((await fetched(other.url, rosa)).statusCode).toBe(404);
    const { addTicketNote } = await desk.client.data(NOTE, {
      input: { ticketId: desk.ticketOf(ticketId), text: 'Para nosotros.', attachmentIds: [other.id] },
    });
    expect(addTicketNote.userErrors).toEqual([]);
    expect((await fetched(other.url, rosa)).statusCode).toBe(404);
    expect((await fetched(other.url)).statusCode).toBe(200);
  });

  test('that nobody used goes after a day, and what a post has too stays', async () => {
    const loose = (await upload(Buffer.from('suelta'), 'a.txt')).json();
    const ticketId = await desk.open(await desk.customer());
    const used = (await upload(Buffer.from('usada'), 'b.txt')).json();
    await desk.answer(ticketId, 'Tenga.', { attachmentIds: [used.id] });
    await desk.sql(`update ticket_attachments set created_at = now() - interval '25 hours' where organization_id = $1`);
    await desk.sql(`update media_files set created_at = now() - interval '25 hours' where organization_id = $1`);
    await app.app.database.system.query(`select graphile_worker.add_job('attachments:expire')`);
    await eventually(async () => (await fetched(loose.url)).statusCode === 404);
    expect((await fetched(used.url)).statusCode).toBe(200);
    await eventually(
      async () => (await desk.sql('select id from media_files where organization_id = $1')).length === 1,
    );
  });
});

const CANNED = `mutation ($input: CreateCannedResponseInput!) {
  createCannedResponse(input: $input) { cannedResponse { id shortcut texts { language text } version } userErrors { field code message } }
}`;
const canned = async (input: object) => (await desk.client.data(CANNED, { input })).createCannedResponse;

describe('a canned response', () => {
  test('is said in the language of the customer, with what is known filled in', async () => {
    const { cannedResponse, userErrors } = await canned({
      shortcut: 'Horario',
      name: 'Horario',
      texts: [
        { language: 'en', text: 'Hello {{customer.firstName}}, we open at 8.' },
        { language: 'es', text: 'Hola {{customer.firstName}}, abrimos a las 8. {{agent.name|El equipo}}' },
      ],
    });
    expect(userErrors).toEqual([]);
    expect(cannedResponse.shortcut).toBe('horario');
    const ticketId = await desk.open(await desk.customer());
    const RENDER = `query ($id: ID!, $ticketId: ID!, $language: String) {
      renderCannedResponse(id: $id, ticketId: $ticketId, language: $language) { text language missing }
    }`;
    const given = { id: cannedResponse.id, ticketId: desk.ticketOf(ticketId) };
    expect((await desk.client.data(RENDER, given)).renderCannedResponse).toEqual({
      text: 'Hola Rosa, abrimos a las 8. El equipo',
      language: 'es',
      missing: [],
    });
    expect((await desk.client.data(RENDER, { ...given, language: 'en-GB' })).renderCannedResponse.language).toBe('en');
    const { message } = await desk.answer(ticketId, '¡Hasta pronto!', { cannedResponseId: cannedResponse.id });
    const { node } = await desk.client.data('query ($id: ID!) { node(id: $id) { ... on TicketMessage { text } } }', {
      id: message.id,
    });
    expect(node.text).toBe('Hola Rosa, abrimos a las 8. El equipo\n\n¡Hasta pronto!');
  });

  test('is refused with a variable that does not exist, and asks for what is not known', async () => {
    const wrong = await canned({ shortcut: 'a', name: 'A', texts: [{ language: 'es', text: '{{customer.shoe}}' }] });
    expect(wrong.userErrors).toMatchObject([{ field: 'texts.0.text', code: 'INVALID' }]);
    const { cannedResponse } = await canned({
      shortcut: 'a',
      name: 'A',
      texts: [{ language: 'es', text: 'Soy {{agent.name}}, hola {{customer.name}}.' }],
    });
    const again = await canned({ shortcut: 'A', name: 'B', texts: [{ language: 'es', text: 'x' }] });
    expect(again.userErrors).toMatchObject([{ field: 'shortcut', code: 'TAKEN' }]);
    const { userErrors } = await desk.answer(await desk.open(), '', { cannedResponseId: cannedResponse.id });
    expect(userErrors).toMatchObject([{ field: 'cannedResponseId', code: 'REQUIRED' }]);
    expect(userErrors[0].message).toContain('agent.name, customer.name');
  });
});

describe('a macro', () => {
  const CREATE = `mutation ($input: CreateTicketMacroInput!) {
    createTicketMacro(input: $input) { macro { id actions { kind text tags } } userErrors { field code } }
  }`;
  const APPLY = `mutation ($input: ApplyMacrosInput!) {
    applyMacros(input: $input) { results { index ticket { status priority tags assignee { name } } userErrors { field code } } userErrors { field code } }
  }`;
  const create = async (input: object) => (await desk.client.data(CREATE, { input })).createTicketMacro;

  test('does all its steps to many tickets, each as a whole or not at all', async () => {
    const ana = await desk.colleague('Ana Ruiz');
    const { macro, userErrors } = await create({
      name: 'Ya hay pan',
      actions: [
        { kind: 'ADD_TAGS', tags: ['pan'] },
        { kind: 'SET_PRIORITY', priority: 'LOW' },
        { kind: 'ASSIGN' },
        { kind: 'NOTE', text: 'Avisado.' },
        { kind: 'REPLY', text: '{{customer.firstName}}, ya hay pan.' },
        { kind: 'SET_STATUS', status: 'SOLVED' },
      ],
    });
    expect(userErrors).toEqual([]);
    const open = await desk.open(await desk.customer());
    const nobodys = await desk.open();
    const closed = await desk.open(await desk.customer('Luis Gil'));
    await desk.answer(closed, 'Fin.', { status: 'CLOSED' });
    const { applyMacros } = await ana.client.data(APPLY, {
      input: { macroId: macro.id, ticketIds: [open, nobodys, closed].map(desk.ticketOf) },
    });
    expect(applyMacros.results).toEqual([
      {
        index: 0,
        ticket: { status: 'SOLVED', priority: 'LOW', tags: ['pan'], assignee: { name: 'Ana Ruiz' } },
        userErrors: [],
      },
      { index: 1, ticket: null, userErrors: [{ field: 'text', code: 'REQUIRED' }] },
      { index: 2, ticket: null, userErrors: [{ field: 'ticketId', code: 'NOT_ALLOWED' }] },
    ]);
    expect((await desk.stand(nobodys)).status).toBe('NEW');
    const said = await desk.sql(
      `select kind, note from ticket_messages where organization_id = $1 and ticket_id = $2 order by id`,
      [open],
    );
    expect(said).toEqual([
      { kind: 'NOTE', note: 'Avisado.' },
      { kind: 'AGENT', note: 'Rosa, ya hay pan.' },
    ]);
    const { applyMacro } = await ana.client.data(
      'mutation ($input: ApplyMacroInput!) { applyMacro(input: $input) { ticket { id } userErrors { code } } }',
      { input: { macroId: macro.id, ticketId: desk.ticketOf(nobodys) } },
    );
    expect(applyMacro).toEqual({ ticket: null, userErrors: [{ code: 'REQUIRED' }] });
  });

  test('is looked at when it is saved', async () => {
    const { userErrors } = await create({
      name: 'Mal',
      actions: [
        { kind: 'NOTE' },
        { kind: 'SET_STATUS', status: 'NEW' },
        { kind: 'SET_PRIORITY', priority: 'LOW', text: 'x' },
      ],
    });
    expect(userErrors).toEqual([
      { field: 'actions.0.text', code: 'REQUIRED' },
      { field: 'actions.1.status', code: 'INVALID' },
      { field: 'actions.2.text', code: 'INVALID' },
    ]);
    const missing = await create({
      name: 'Nadie',
      actions: [
        { kind: 'SET_CATEGORY', categoryId: desk.organization.publicId('ticket_category', newId()) },
        { kind: 'SET_QUEUE', queueId: desk.organization.publicId('queue', newId()) },
        { kind: 'REPLY', cannedResponseId: desk.organization.publicId('canned_response', newId()) },
      ],
    });
    expect(missing.userErrors).toEqual([
      { field: 'actions.0.categoryId', code: 'NOT_FOUND' },
      { field: 'actions.1.queueId', code: 'NOT_FOUND' },
      { field: 'actions.2.cannedResponseId', code: 'NOT_FOUND' },
    ]);
  });
});
