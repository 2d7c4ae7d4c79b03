import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { claimReply, Network, queueReplies } from '../../src/modules/social/index.js';
import { explainRefusal } from '../../src/modules/social/replies/refusal.rules.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { deskOn } from '../support/desk.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { statementsOf } from '../support/statements.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let echo: EchoNetwork;
let mail: EchoNetwork;
let desk: Awaited<ReturnType<typeof deskOn>>;
let customerId: string;
let ticketId: string;

beforeAll(async () => {
  echo = await openEchoNetwork();
  mail = await openEchoNetwork({ network: Network.EMAIL, kind: 'echo_mail', max: 5000 });
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector, mail.connector], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
  await mail?.close();
});
// Somebody who wrote to us by a chat, and agreed to be written to by mail.
beforeEach(async () => {
  echo.messages.length = 0;
  mail.messages.length = 0;
  desk = await deskOn(app);
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
  await consent('GRANTED');
});
afterEach(() => {
  mail.trouble = undefined;
  mail.lagsFor = 0;
});

const consent = (state: string, channel = 'EMAIL') =>
  desk.sql(
    `insert into consents (organization_id, customer_id, id, purpose, channel, state) values ($1, $2, $3, 'SERVICE', $4, $5)`,
    [customerId, newId(), channel, state],
  );
const tomorrow = () => ({ scheduledAt: new Date(Date.now() + 86_400_000).toISOString() });
const reply = async (): Promise<{ id: string; state: string; failure: { code: string } | null }> =>
  (await desk.sql('select id, state, failure from replies where organization_id = $1'))[0];
const notes = () => desk.sql(`select note from ticket_messages where organization_id = $1 and kind = 'SYSTEM'`);

async function byMail(more: object = {}): Promise<string> {
  const { message, userErrors } = await desk.answer(ticketId, 'Le escribo por correo.', { channel: 'EMAIL', ...more });
  expect(userErrors).toEqual([]);
  return message.id;
}

/** Its moment comes. */
async function release(): Promise<void> {
  const { id } = await reply();
  await desk.sql(`update replies set scheduled_at = now() - interval '1 second' where organization_id = $1`);
  await app.app.database.write(desk.scope, tx => queueReplies(tx, [id]));
}

test('an answer waits for its moment, and is not sent by a channel its customer wants no more by then', async () => {
  const messageId = await byMail(tomorrow());
  await consent('WITHDRAWN');
  await release();
  await desk.until(messageId, 'FAILED');
  expect(mail.messages).toEqual([]);
  expect(await notes()).toHaveLength(1);
  expect(await desk.stand(ticketId)).toMatchObject({ status: 'NEW', firstRespondedAt: null });
  expect((await reply()).failure).toEqual({ code: 'CONSENT_WITHDRAWN' });
  const words = (['en', 'es', 'pt'] as const).map(language => explainRefusal({ code: 'CONSENT_WITHDRAWN' }, language));
  expect(words.map(said => /no longer wants|ya no quiere|já não quer/.exec(said)?.[0])).toEqual([
    'no longer wants',
    'ya no quiere',
    'já não quer',
  ]);
  // Sent again it is refused again, until they agree once more.
  const again = async () => {
    const { node } = await desk.client.data(
      'query ($id: ID!) { node(id: $id) { ... on TicketMessage { reply { id } } } }',
      { id: messageId },
    );
    await desk.client.data('mutation ($input: ReplyInput!) { retryReply(input: $input) { userErrors { code } } }', {
      input: { id: node.reply.id },
    });
  };
  await again();
  await desk.until(messageId, 'FAILED');
  await consent('GRANTED');
  await again();
  await desk.until(messageId, 'SENT');
  expect(mail.messages).toHaveLength(1);
  expect(await desk.stand(ticketId)).toMatchObject({ status: 'PENDING', waitingSince: null });
});

test('an answer that can be taken back opens its ticket again when its customer withdraws first', async () => {
  const messageId = await byMail({ undoSeconds: 1, status: 'SOLVED' });
  expect((await desk.stand(ticketId)).status).toBe('SOLVED');
  await consent('WITHDRAWN');
  await desk.until(messageId, 'FAILED');
  expect(await desk.stand(ticketId)).toMatchObject({ status: 'OPEN', firstRespondedAt: null, solvedAt: null });
  expect(await notes()).toHaveLength(1);
  expect(mail.messages).toEqual([]);
});

test('an answer that the network does not take yet is not tried again', async () => {
  mail.trouble = 'busy';
  const messageId = await byMail({ undoSeconds: 0 });
  await eventually(async () => (await reply()).failure?.code === 'RATE_LIMITED' || null);
  await consent('WITHDRAWN');
  mail.trouble = undefined;
  await desk.until(messageId, 'FAILED');
  expect((await reply()).failure!.code).toBe('CONSENT_WITHDRAWN');
  expect(mail.messages).toEqual([]);
});

test('an answer of which nobody knows is looked for, and not sent a second time', async () => {
  mail.trouble = 'lost answer';
  const found = await byMail({ undoSeconds: 0 });
  await desk.until(found, 'UNKNOWN');
  await consent('WITHDRAWN');
  await desk.until(found, 'SENT');
  await consent('GRANTED');
  mail.lagsFor = 99;
  mail.messages.length = 0;
  const lost = await byMail({ undoSeconds: 0, confirmUnseen: true });
  await desk.until(lost, 'UNKNOWN');
  await consent('WITHDRAWN');
  await desk.until(lost, 'FAILED');
  expect(mail.messages).toHaveLength(1);
});

test('an answer by the way its customer spoke last goes out, and nothing is asked about it', async () => {
  const { message } = await desk.answer(ticketId, 'Mañana.', tomorrow());
  await consent('WITHDRAWN', 'MESSAGING');
  await release();
  await desk.until(message.id, 'SENT');
  const { id } = await reply();
  const claim = (more: string) =>
    statementsOf(async () => {
      await desk.sql(`update replies set state = 'QUEUED', ${more} where organization_id = $1`);
      await app.app.database.write(desk.scope, tx => claimReply(tx, id, 1000));
    });
  const [unasked, asked] = [await claim('asks_first = false'), await claim('asks_first = true, claimed_until = null')];
  expect(unasked.filter(sql => sql.includes('consents'))).toEqual([]);
  expect(asked.filter(sql => sql.includes('consents'))).toHaveLength(1);
});
