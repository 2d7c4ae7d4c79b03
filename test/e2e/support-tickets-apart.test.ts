import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { TicketMessageKind } from '../../src/modules/support/tickets/ticket.states.rules.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

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
const merge = (survivorId: string, mergedId: string) => t.act('mergeTickets', { survivorId, mergedId });
const unmerge = (id: string) => t.act('unmergeTicket', { id });
const STAND = `status waitingSince solvedAt reopenedAt reopenedCount firstRespondedAt tags customer { id } conversation { id }
  parent { id }`;
const stand = (id: string) => t.see(id, STAND);
const promise = () =>
  t.act(
    'createSlaPolicy',
    { name: 'All', targets: [{ priority: 'NORMAL', firstResponseMinutes: 60, resolutionMinutes: 600 }] },
    'policy { id }',
  );

describe('tickets that are separated again', () => {
  test('are whose they were: one customer reads nothing of what was said in the other', async () => {
    const [kept, gone] = [await t.open({ customerId: null, tags: ['oven'] }), await t.open({ tags: ['oven', 'cold'] })];
    await answer(kept.id, 1);
    const before = await stand(kept.id);
    await merge(kept.id, gone.id);
    const rosa = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    expect((await stand(kept.id)).customer).toEqual({ id: customerId });
    expect((await unmerge(gone.id)).userErrors).toEqual([]);
    expect(await stand(kept.id)).toEqual(before);
    expect(await t.see(kept.id, 'id', rosa)).toBeNull();
    expect((await stand(gone.id)).customer).toEqual({ id: customerId });
  });

  test('stand where they stood, with their clocks', async () => {
    await promise();
    const [kept, gone] = [await t.open(), await t.open()];
    await ask(kept.id, 1);
    await answer(kept.id, 2);
    await t.act('solveTicket', { id: kept.id });
    await ask(gone.id, 3);
    const SLA = 'sla { firstResponseDueAt resolutionDueAt clocks { metric state } }';
    const [before, clocks] = [await stand(kept.id), await t.see(kept.id, SLA)];
    await merge(kept.id, gone.id);
    expect(await stand(kept.id)).toMatchObject({ status: 'OPEN', reopenedCount: 1, solvedAt: null });
    await unmerge(gone.id);
    expect(await stand(kept.id)).toEqual(before);
    expect(await t.see(kept.id, SLA)).toEqual(clocks);
    expect(clocks.sla.clocks).toContainEqual({ metric: 'RESOLUTION', state: 'MET' });
  });

  test('keep what was done since: what was said in the survivor, and where it was put by hand', async () => {
    const [kept, gone] = [await t.open({ customerId: null }), await t.open({ tags: ['cold'] })];
    await ask(kept.id, 1);
    await answer(kept.id, 2);
    await t.act('solveTicket', { id: kept.id });
    await ask(gone.id, 3);
    await merge(kept.id, gone.id);
    await t.act('updateTicket', { id: kept.id, customerId: null, tags: ['cold', 'late'] });
    await t.say(kept.id, { note: 'again', occurredAt: at(9) });
    await unmerge(gone.id);
    expect(await stand(kept.id)).toMatchObject({
      status: 'OPEN',
      waitingSince: moment(9),
      tags: ['late'],
      customer: null,
    });
  });

  test('in another order than they were joined leave what the others brought', async () => {
    const kept = await t.open({ customerId: null });
    await ask(kept.id, 1);
    await answer(kept.id, 2);
    await t.act('solveTicket', { id: kept.id });
    const before = await stand(kept.id);
    const [first, second] = [await t.open({ tags: ['cold'] }), await t.open({ tags: ['cold', 'late'] })];
    await ask(first.id, 3);
    await ask(second.id, 4);
    for (const { id } of [first, second]) await merge(kept.id, id);
    await unmerge(first.id);
    expect(await stand(kept.id)).toMatchObject({
      status: 'OPEN',
      waitingSince: moment(4),
      customer: { id: customerId },
    });
    expect((await stand(kept.id)).tags.sort()).toEqual(['cold', 'late']);
    await unmerge(second.id);
    expect(await stand(kept.id)).toEqual(before);
  });

  test('are parts of each other as they were', async () => {
    const whole = await t.open();
    const part = await t.open({ parentId: whole.id });
    await merge(part.id, whole.id);
    expect((await stand(part.id)).parent).toBeNull();
    await unmerge(whole.id);
    expect((await stand(part.id)).parent).toEqual({ id: whole.id });
  });
});

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
