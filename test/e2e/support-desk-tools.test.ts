import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { eventually } from '../support/subscriber.js';

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

const NOTE = `mutation ($input: AddTicketNoteInput!) {
  addTicketNote(input: $input) { message { id kind visibility text mentions { name } } userErrors { field code } }
}`;

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

test('what goes with an answer by its address is of a kind', async () => {
  const { ticketId } = await desk.say('q1');
  const media = [{ url: `${echo.url}/pan.png` }, { url: `${echo.url}/receta.pdf`, description: 'La receta' }];
  const { message, userErrors } = await desk.answer(ticketId, 'Mire.', { media, undoSeconds: 60 });
  expect(userErrors).toEqual([]);
  const { node } = await desk.client.data(
    'query ($id: ID!) { node(id: $id) { ... on TicketMessage { media { url kind description } } } }',
    { id: message.id },
  );
  expect(node.media).toEqual([
    { ...media[0], kind: 'image', description: null },
    { ...media[1], kind: 'file' },
  ]);
});

describe('uploads of one person', () => {
  test('are so many a minute at most', async () => {
    const ana = await desk.colleague('Ana Ruiz');
    let last = await upload(Buffer.from('0'), '0.txt', ana.client);
    for (let at = 1; at < 100 && last.statusCode === 201; at++)
      last = await upload(Buffer.from(`${at}`), `${at}.txt`, ana.client);
    expect(last.statusCode).toBe(429);
    expect(last.json().errors[0].extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
  });

  test('are so many at once at most, and one that is broken off makes room', async () => {
    const address = new URL(await listen(app));
    const begun = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const slow = request(new URL('/support/attachments?name=slow.pdf', address), {
          method: 'POST',
          headers: {
            authorization: desk.client.authorization,
            'content-type': 'application/octet-stream',
            'content-length': 1000,
            'x-requested-with': 'test',
          },
        }).on('error', () => {});
        await new Promise(sent => slow.write('%PDF-1.7\n', sent));
        return slow;
      }),
    );
    const small = () => upload(pdfOf(100), 'small.pdf');
    const refused = await eventually(async () => {
      const answer = await small();
      return answer.statusCode === 429 ? answer : null;
    });
    expect(refused.json().errors[0]).toMatchObject({ extensions: { code: 'RATE_LIMITED', retryAfter: 1 } });
    expect((await upload(pdfOf(100), 'other.pdf', (await desk.colleague('Ana')).client)).statusCode).toBe(201);
    for (const slow of begun) slow.destroy();
    await eventually(async () => (await small()).statusCode === 201);
  });

  test('end where too much of them is not used', async () => {
    const ana = await desk.colleague('Ana Ruiz');
    await desk.sql(
      `with file as (insert into media_files (organization_id, id, sha256, name, type, size, bytes)
         values ($1, gen_random_uuid(), sha256('x'), 'x', 'text/plain', ${MIB25}, 'x') returning id)
       insert into ticket_attachments (organization_id, id, file_id, name, uploaded_by)
       select $1, gen_random_uuid(), file.id, 'x', $2 from file, generate_series(1, 20)`,
      [`user:${ana.memberId}`],
    );
    const refused = await upload(Buffer.from('y'), 'y.txt', ana.client);
    expect(refused.statusCode).toBe(429);
    expect(refused.json().errors[0].extensions.code).toBe('RATE_LIMITED');
    expect((await upload(Buffer.from('y'), 'y.txt')).statusCode).toBe(201);
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
    const sent = await desk.answer(ticketId, '', { attachmentIds: [one.id] }, rosa);
    expect(sent.userErrors).toEqual([]);
    expect((await desk.answer(ticketId, ' ', {}, rosa)).userErrors).toMatchObject([
      { field: 'text', code: 'REQUIRED' },
    ]);
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

  test('opens nothing that is closed for good, and leaves what its author has begun to write', async () => {
    const ana = await desk.colleague('Ana Ruiz');
    const { macro } = await create({ name: 'Abrir', actions: [{ kind: 'SET_STATUS', status: 'OPEN' }] });
    const { macro: answer } = await create({ name: 'Ya hay pan', actions: [{ kind: 'REPLY', text: 'Ya hay pan.' }] });
    const [closed, solved, waiting] = [await desk.open(), await desk.open(), await desk.open()];
    await desk.answer(closed, 'Fin.', { status: 'CLOSED' });
    await desk.answer(solved, 'Listo.', { status: 'SOLVED' });
    const apply = async (macroId: string, ids: string[]) =>
      (await ana.client.data(APPLY, { input: { macroId, ticketIds: ids.map(desk.ticketOf) } })).applyMacros.results;
    const results = await apply(macro.id, [closed, solved]);
    expect(results[0].userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
    expect(results[1].userErrors).toEqual([]);
    expect((await desk.stand(closed)).status).toBe('CLOSED');
    expect(await desk.stand(solved)).toMatchObject({ status: 'OPEN', solvedAt: null, reopenedCount: 1 });
    await ana.client.data(
      'mutation ($input: SaveTicketDraftInput!) { saveTicketDraft(input: $input) { userErrors { code } } }',
      { input: { ticketId: desk.ticketOf(waiting), text: 'Le explico:' } },
    );
    expect((await apply(answer.id, [waiting]))[0].userErrors).toEqual([]);
    expect(await desk.sql('select text from ticket_drafts where organization_id = $1')).toEqual([
      { text: 'Le explico:' },
    ]);
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
