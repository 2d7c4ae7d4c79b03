import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let app: TestApp;
let organization: TestOrganization;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000000000' });
  organization = await app.organization();
});
afterAll(() => app?.close());

/** A customer and as many who act for it. */
async function customer(clients = 1): Promise<{ customerId: string; clients: Client[] }> {
  const customerId = newId();
  await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa')`, [
    customerId,
  ]);
  const acting = Array.from({ length: clients }, () => organization.as('CUSTOMER', { customerId }));
  return { customerId, clients: await Promise.all(acting) };
}

const sql = async (text: string, values: unknown[]) =>
  (await app.app.database.system.query(text, [organization.id, ...values])).rows;

/** As if everything had been done some hours earlier. */
const later = (customerId: string, hours: number) =>
  sql(
    'update tickets set opened_at = opened_at - make_interval(hours => $3) where organization_id = $1 and customer_id = $2',
    [customerId, hours],
  );

const run = (name: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ticket { id } userErrors { field code } } }`;
const open = (by: Client) => by.send(run('openTicket'), { input: { subject: 'Again' } });
const say = (by: Client, ticketId: string) => by.send(run('replyToTicket'), { input: { ticketId, text: 'Hello' } });

type Answer = Awaited<ReturnType<typeof open>>;
const limited = (answers: Answer[]) =>
  answers.filter(({ errors }) => errors?.[0]?.extensions?.['code'] === 'RATE_LIMITED');
const done = (answers: Answer[]) => answers.filter(({ errors, data }) => !errors && Object.values<any>(data)[0].ticket);

async function openMany(clients: Client[], count: number): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => open(clients[at % clients.length]!)));
}

test('a customer opens ten tickets an hour and thirty a day, however many at once', async () => {
  const { customerId, clients } = await customer(2);
  const [rosa] = clients as [Client];
  const first = await openMany(clients, 15);
  expect([done(first).length, limited(first).length]).toEqual([10, 5]);
  const { retryAfter, resetAt } = limited(first)[0]!.errors![0]!.extensions!;
  expect(retryAfter).toBeGreaterThan(3500);
  expect(retryAfter).toBeLessThanOrEqual(3600);
  expect(Date.parse(resetAt as string)).toBeGreaterThan(Date.now());
  const [other] = (await customer()).clients as [Client];
  expect(done([await open(other)])).toHaveLength(1);

  // Neither what is said in a ticket that is closed, nor asking to be erased, is a way round.
  const ticketId = done(first)[0]!.data.openTicket.ticket.id;
  await rosa.data(run('closeTicket'), { input: { id: ticketId } });
  expect(limited([await say(rosa, ticketId)])).toHaveLength(1);
  expect(limited([await rosa.send(run('requestMyErasure'), { input: {} })])).toHaveLength(1);

  for (const count of [10, 10]) {
    await later(customerId, 2);
    expect(done(await openMany(clients, 12))).toHaveLength(count);
  }
  await later(customerId, 2);
  const full = await open(rosa);
  expect(limited([full])).toHaveLength(1);
  expect(full.errors![0]!.extensions!['retryAfter']).toBeGreaterThan(17 * 3600);
  await later(customerId, 20);
  expect(done([await open(rosa)])).toHaveLength(1);
});

test('a customer says sixty messages an hour, however many at once, and staff say more', async () => {
  const { clients } = await customer(2);
  const [rosa, again] = clients as [Client, Client];
  const ticketIds = done(await openMany(clients, 2)).map(({ data }) => data.openTicket.ticket.id);
  const said = await Promise.all(
    Array.from({ length: 65 }, (_, at) => say(at % 2 ? rosa : again, ticketIds[at % 3 ? 0 : 1]!)),
  );
  expect([done(said).length, limited(said).length]).toEqual([60, 5]);
  const owner = await organization.as('OWNER');
  expect(
    done([await owner.send(run('replyToTicket'), { input: { ticketId: ticketIds[0], text: 'We know.' } })]),
  ).toHaveLength(1);
  await sql(
    `update ticket_messages set occurred_at = occurred_at - interval '61 minutes' where organization_id = $1`,
    [],
  );
  expect(done([await say(rosa, ticketIds[0]!)])).toHaveLength(1);
});
