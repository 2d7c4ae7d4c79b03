import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TicketMessageKind } from '../../src/modules/support/tickets/ticket.states.rules.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Ticketing, ticketingOf } from '../support/ticketing.js';

let product: TestApp;
let organization: TestOrganization;
let manager: Client;
let customerId: string;
let t: Ticketing;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('OWNER');
  const { createCustomer } = await manager.data(
    'mutation { createCustomer(input: { displayName: "Rosa Peña" }) { customer { id } } }',
  );
  customerId = createCustomer.customer.id;
  t = ticketingOf(product, organization, manager, customerId);
});

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 1, 10, minute));
const moment = (minute: number): string => `2026-11-01T10:0${minute}:00Z`;
const ask = (id: string, minute: number) => t.say(id, { note: `question ${minute}`, occurredAt: at(minute) });
const answer = (id: string, minute: number) =>
  t.say(id, { kind: TicketMessageKind.AGENT, note: `answer ${minute}`, occurredAt: at(minute) });
const STAND = 'status waitingSince firstRespondedAt';
const stand = (id: string) => t.see(id, STAND);
const promise = () =>
  t.act(
    'createSlaPolicy',
    { name: 'All', targets: [{ priority: 'NORMAL', firstResponseMinutes: 60, resolutionMinutes: 600 }] },
    'policy { id }',
  );

describe('a ticket of which a part is split off', () => {
  const split = async (id: string, text: string): Promise<string> => {
    const { messages } = await t.see(id, 'messages(first: 20) { edges { node { id text } } }');
    const messageIds = messages.edges.filter(({ node }: any) => node.text === text).map(({ node }: any) => node.id);
    const { ticket } = await t.act('splitTicket', { id, messageIds, subject: 'The invoice' });
    return ticket.id;
  };

  test('waits for its customer where our word is the last that is left, and its clock stands still', async () => {
    await promise();
    const { id } = await t.open({ openedAt: at(0) });
    await ask(id, 1);
    await answer(id, 2);
    await ask(id, 3);
    expect(await stand(id)).toMatchObject({ status: 'OPEN', waitingSince: moment(3) });
    const other = await split(id, 'question 3');
    expect(await stand(id)).toMatchObject({ status: 'PENDING', waitingSince: null });
    expect((await t.see(id, 'sla { clocks { metric state } }')).sla.clocks).toContainEqual({
      metric: 'RESOLUTION',
      state: 'PAUSED',
    });
    expect(await stand(other)).toMatchObject({ status: 'NEW', waitingSince: moment(3) });
  });

  test('is not answered any more once the answer is gone', async () => {
    const { id } = await t.open({ openedAt: at(0) });
    await ask(id, 1);
    await answer(id, 2);
    const other = await split(id, 'answer 2');
    expect(await stand(id)).toMatchObject({
      status: 'OPEN',
      waitingSince: moment(0),
      firstRespondedAt: null,
    });
    expect(await stand(other)).toMatchObject({ status: 'PENDING', waitingSince: null });
  });

  test('stays where it was put by hand as long as it is nobody else’s turn', async () => {
    const { id } = await t.open({ openedAt: at(0) });
    await ask(id, 1);
    await answer(id, 2);
    await ask(id, 3);
    await t.act('updateTicket', { id, status: 'PENDING' });
    await split(id, 'question 1');
    expect(await stand(id)).toMatchObject({ status: 'PENDING', waitingSince: null });
  });
});
