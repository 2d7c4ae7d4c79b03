import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { newId } from '../../src/platform/ids.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let mail: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;
let customerId: string;

const CREATE = `mutation ($input: CreateSurveyInput!) { createSurvey(input: $input) { survey { id version } userErrors { field code message } } }`;
const SOLVE = `mutation ($input: ReplyToTicketInput!) { replyToTicket(input: $input) { message { id } userErrors { field code message } } }`;
const RATED = `query ($id: ID!) { ticket(id: $id) { status awaitsRating surveyResponses(first: 5) { edges { node {
  id kind score channel comment { text sentiment { label } } survey { name } } } } } }`;

beforeAll(async () => {
  mail = await openEchoNetwork({ network: Network.EMAIL, kind: 'echo_mail', max: 5000 });
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [mail.connector], sending: { lookUpAfterMs: 20 } },
  );
  url = await listen(app);
});
afterAll(async () => {
  await app?.close();
  await mail?.close();
});
beforeEach(async () => {
  mail.messages.length = 0;
  ours = await answeringOn(app, { network: Network.EMAIL, connector: 'echo_mail' });
  const { system } = app.app.database;
  await system.query(
    `insert into intake_rules (organization_id, id, name, position, channels) values ($1, $2, 'mail', 1, '{EMAIL}')`,
    [ours.organization.id, newId()],
  );
  customerId = newId();
  await system.query(
    `insert into customers (organization_id, id, kind, display_name, language) values ($1, $2, 'PERSON', 'Rosa Peña', 'es')`,
    [ours.organization.id, customerId],
  );
});

let said = 0;

/** Rosa writes to us; answers the ticket that it opens or is in. */
async function write(text: string, more: object = {}): Promise<{ ticketId: string; externalId: string }> {
  const externalId = `<${++said}@example.org>`;
  const postId = await ours.hear(externalId, {
    text,
    kind: 'DIRECT_MESSAGE' as never,
    author: { id: 'rosa@example.org', handle: 'rosa@example.org' },
    language: 'es',
    ...more,
  });
  const { rows } = await app.app.database.system.query<{ id: string; author: string }>(
    `select m.ticket_id as id, p.author_id as author from posts p left join ticket_messages m on m.organization_id = p.organization_id and m.post_id = p.id
      where p.organization_id = $1 and p.external_id = $2`,
    [ours.organization.id, externalId],
  );
  await app.app.database.system.query(
    `update social_identities set customer_id = $3 where organization_id = $1 and id = $2`,
    [ours.organization.id, rows[0]!.author, customerId],
  );
  await app.app.database.system.query(`update tickets set customer_id = $2 where organization_id = $1`, [
    ours.organization.id,
    customerId,
  ]);
  expect(postId).toBeTruthy();
  return { ticketId: ours.organization.publicId('ticket', rows[0]!.id), externalId };
}

async function solve(ticketId: string): Promise<void> {
  const input = { ticketId, text: 'Ya está arreglado.', status: 'SOLVED', confirmUnseen: true };
  const { replyToTicket } = await ours.client.data(SOLVE, { input });
  expect(replyToTicket.userErrors).toEqual([]);
}

const survey = async (input: object = {}): Promise<string> => {
  const { createSurvey } = await ours.client.data(CREATE, { input: { name: 'Ayuda', kind: 'CSAT', ...input } });
  expect(createSurvey.userErrors).toEqual([]);
  return createSurvey.survey.id;
};

const rated = async (id: string) => (await ours.client.data(RATED, { id })).ticket;
const asked = () => eventually(async () => mail.messages.find(({ text }) => text.includes('/survey/')) ?? null);
const linkIn = (text: string): string => /\/survey\/[\w-]{43}/.exec(text)![0];
const stateOf = async () =>
  (
    await app.app.database.system.query<{ state: string; reason: string | null }>(
      `select state, skipped_because as reason from survey_invitations where organization_id = $1 order by created_at`,
      [ours.organization.id],
    )
  ).rows;

describe('a customer who was helped', () => {
  test('is asked in its language, answers with a number, and is heard by whoever listens', async () => {
    await survey();
    const heard = subscribe(
      url,
      ours.client.authorization,
      'subscription { surveyAnswered { cursor response { score comment { text } } } }',
    );
    const { ticketId, externalId } = await write('El pan estaba quemado.');
    await solve(ticketId);
    const message = await asked();
    expect(message.text).toContain('¿Está satisfecho con nuestra ayuda?');
    expect(message.text).toContain('Responda con un número del 1 al 5');
    expect(await rated(ticketId)).toMatchObject({ status: 'SOLVED', awaitsRating: true });

    const answer = await write('5, ¡gracias, muy amables!', { parent: { id: externalId } });
    expect(answer.ticketId).toBe(ticketId);
    const ticket = await rated(ticketId);
    expect(ticket.status).toBe('SOLVED');
    expect(ticket.surveyResponses.edges).toMatchObject([
      {
        node: {
          kind: 'CSAT',
          score: 5,
          channel: 'EMAIL',
          comment: { text: '5, ¡gracias, muy amables!', sentiment: { label: 'POSITIVE' } },
          survey: { name: 'Ayuda' },
        },
      },
    ]);
    await heard.until(events => events.some(event => event.surveyAnswered.response?.score === 5));
    await heard.close();
  });

  test('may say more than a number, and is then no answer but a word that opens the ticket again', async () => {
    await survey();
    const { ticketId, externalId } = await write('El pan estaba quemado.');
    await solve(ticketId);
    await asked();
    await write('5 panes más estaban quemados', { parent: { id: externalId } });
    expect(await rated(ticketId)).toMatchObject({ status: 'OPEN', surveyResponses: { edges: [] } });
  });

  test('is not asked about what was opened again, nor again while it rests', async () => {
    await survey({ delayMinutes: 10 });
    const first = await write('El pan estaba quemado.');
    await solve(first.ticketId);
    await write('No, sigue igual.', { parent: { id: first.externalId } });
    const run = `update graphile_worker._private_jobs set run_at = now() where key like 'survey:%'`;
    await app.app.database.system.query(run);
    await eventually(async () => (await stateOf()).some(({ reason }) => reason === 'REOPENED') || null);
    await app.app.database.system.query(`update surveys set delay_minutes = 0 where organization_id = $1`, [
      ours.organization.id,
    ]);
    await solve(first.ticketId);
    await asked();
    await app.app.database.system.query(`update tickets set status = 'CLOSED' where organization_id = $1`, [
      ours.organization.id,
    ]);
    const second = await write('Otra cosa: falta la factura.');
    expect(second.ticketId).not.toBe(first.ticketId);
    await solve(second.ticketId);
    await eventually(async () => (await stateOf()).some(({ reason }) => reason === 'RESTING') || null);
    expect(mail.messages.filter(({ text }) => text.includes('/survey/'))).toHaveLength(1);
  });
});

describe('the page of a survey', () => {
  test('answers nothing by being looked at, and once by its form; a second answer stands in for the first', async () => {
    await survey({ kind: 'NPS', texts: { es: { question: '¿Nos recomendaría?', thanks: '¡Mil gracias!' } } });
    const { ticketId } = await write('El pan estaba quemado.');
    await solve(ticketId);
    const address = new URL(linkIn((await asked()).text), url).href;
    const page = await fetch(`${address}?score=9`);
    const markup = await page.text();
    expect(markup).toContain('<html lang="es">');
    expect(markup).toContain('¿Nos recomendaría?');
    expect(markup).toContain('value="9" required checked');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await rated(ticketId)).surveyResponses.edges).toEqual([]);

    const send = (fields: Record<string, string>, headers = {}) =>
      fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers });
    expect((await send({ score: '11' })).status).toBe(422);
    expect((await send({ score: '9' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const thanks = await send({ score: '3', comment: 'Tardaron mucho <b>' });
    expect(await thanks.text()).toContain('¡Mil gracias!');
    await send({ score: '9' });
    expect((await rated(ticketId)).surveyResponses.edges).toMatchObject([
      { node: { kind: 'NPS', score: 9, comment: { text: 'Tardaron mucho <b>' } } },
    ]);
    const posts = await ours.client.data(
      `query ($id: ID!) { customer(id: $id) { posts(first: 5) { edges { node { text network kind } } } } }`,
      {
        id: ours.organization.publicId('customer', customerId),
      },
    );
    expect(posts.customer.posts.edges).toContainEqual({
      node: { text: 'Tardaron mucho <b>', network: 'WEB', kind: 'REVIEW' },
    });
  });

  test('says in the language of the reader that a link leads nowhere', async () => {
    const nowhere = new URL(`/survey/${'a'.repeat(43)}`, url).href;
    const page = await fetch(nowhere, { headers: { 'accept-language': 'pt-BR' } });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('Este link expirou ou nunca existiu.');
  });
});

describe('surveys', () => {
  test('are refused with everything that is wrong with them', async () => {
    const { createSurvey } = await ours.client.data(CREATE, {
      input: { name: ' ', kind: 'CES', delayMinutes: -1, validDays: 0, texts: { de: {}, es: { question: 5 } } },
    });
    expect(createSurvey.userErrors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'delayMinutes',
      'name',
      'texts.de',
      'texts.es.question',
      'validDays',
    ]);
  });

  test('are answered by the customer itself in the portal, and by no other', async () => {
    await survey();
    const { ticketId } = await write('El pan estaba quemado.');
    await solve(ticketId);
    await asked();
    const answer = `mutation ($input: AnswerSurveyInput!) { answerSurvey(input: $input) { response { score } userErrors { field code } } }`;
    const other = newId();
    await app.app.database.system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Otra')`,
      [ours.organization.id, other],
    );
    const as = (id: string) => ours.organization.as('CUSTOMER', { customerId: id } as never);
    const input = { ticketId, score: 2, comment: 'Regular' };
    const stranger = await (await as(other)).data(answer, { input });
    expect(stranger.answerSurvey).toMatchObject({
      response: null,
      userErrors: [{ field: 'ticketId', code: 'NOT_FOUND' }],
    });
    const own = await (await as(customerId)).data(answer, { input });
    expect(own.answerSurvey).toMatchObject({ response: { score: 2 }, userErrors: [] });

    const report = await ours.client.data(
      `query { surveyReport(from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", groupBy: CHANNEL) {
         kind channel asked answered score distribution { score count } } }`,
    );
    expect(report.surveyReport).toEqual([
      { kind: 'CSAT', channel: 'EMAIL', asked: 1, answered: 1, score: 0, distribution: [{ score: 2, count: 1 }] },
    ]);
  });
});
