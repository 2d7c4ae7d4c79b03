import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTickets } from '../../src/modules/support/tickets/opening.service.js';
import { writeTickets } from '../../src/modules/support/tickets/ticket.queries.js';
import { TicketChannel } from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { eventually, type Subscriber, subscribe, toldSoFar } from '../support/subscriber.js';
import { type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

const WATCH = `subscription ($filter: TicketFilter, $after: String) {
  ticketChanged(filter: $filter, after: $after) { cursor change ticketId ticket { id } } }`;

let product: TestApp;
let url: string;
let organization: TestOrganization;
let manager: Client;
let customerId: string;
let t: Ticketing;
const subscribers: Subscriber<any>[] = [];

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  await Promise.all(subscribers.splice(0).map(one => one.close()));
  await eventually(() => product.app.hub.subscribers === 0);
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  customerId = await aCustomer('Horno Lía');
  t = ticketingOf(product, organization, manager, customerId);
});

async function aCustomer(displayName: string): Promise<string> {
  const { createCustomer } = await manager.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { displayName } },
  );
  return createCustomer.customer.id;
}

async function aTeam(name: string): Promise<string> {
  const id = newId();
  await t.sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [id, name]);
  return id;
}

async function anAgent(name: string, teamIds: string[]): Promise<{ id: string; client: Client }> {
  const memberId = await organization.member(name, 'AGENT');
  for (const teamId of teamIds) {
    await t.sql('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
      teamId,
      memberId,
    ]);
  }
  return { id: publicId('member', memberId), client: await organization.as('AGENT', { memberId, teamIds }) };
}

async function watch(client: Client, filter: object | null = null): Promise<Subscriber<any>> {
  await toldSoFar(product);
  const before = product.app.hub.subscribers;
  const subscriber = subscribe<any>(url, client.authorization, WATCH, { filter });
  subscribers.push(subscriber);
  await eventually(() => product.app.hub.subscribers === before + 1);
  return subscriber;
}

const said = (subscriber: Subscriber<any>) =>
  subscriber.received.map(({ ticketChanged: { change, ticketId, ticket } }) => [change, ticketId, ticket]);
const left = (id: string) => ['LEFT', id, null];

/** All that is told until another ticket, which everybody in `subscribers` is shown, is heard of. */
async function saidBefore(subscriber: Subscriber<any>, mark: () => Promise<string>): Promise<unknown[][]> {
  const id = await mark();
  await subscriber.until(all => all.some(({ ticketChanged }) => ticketChanged.ticketId === id));
  return said(subscriber).filter(([, of]) => of !== id);
}

describe('a ticket that leaves a list', () => {
  test('is told of to whom it was assigned, and to nobody who never had it', async () => {
    const [leo, ana, eva] = await Promise.all(['Leo', 'Ana', 'Eva'].map(name => anAgent(name, [])));
    const { id } = await t.open({ assigneeId: leo!.id });
    const mine = (who: { id: string }) => ({ assigneeId: { eq: who.id } });
    const [his, hers] = [await watch(leo!.client, mine(leo!)), await watch(eva!.client, mine(eva!))];
    const [all, other] = [await watch(manager, mine(leo!)), await watch(eva!.client)];
    await t.act('updateTicket', { id, assigneeId: ana!.id });
    await Promise.all([his, all].map(one => one.until(received => received.length > 0, 5)));
    expect(await saidBefore(hers, async () => (await t.open({ assigneeId: eva!.id })).id)).toEqual([]);
    const third = await saidBefore(other, async () => (await t.open()).id);
    expect(third.map(([change]) => change)).toEqual(['OPENED']);
    expect([said(his), said(all)]).toEqual([[left(id)], [left(id)]]);
  });

  test('is told of once it is closed, to whoever asked for open ones', async () => {
    const { id } = await t.open();
    const own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    const filter = { status: { in: ['NEW', 'OPEN', 'PENDING'] } };
    const [inbox, portal, done] = [
      await watch(manager, filter),
      await watch(own, filter),
      await watch(manager, { isOpen: false }),
    ];
    await t.act('closeTicket', { id });
    for (const one of [inbox, portal, done]) await one.until(received => received.length > 0, 5);
    expect([said(inbox), said(portal), said(done)]).toEqual([[left(id)], [left(id)], [['STATUS_CHANGED', id, { id }]]]);
  });

  test('is told of to the team it is transferred from, also to whoever was away', async () => {
    const [ovens, shops] = [await aTeam('Ovens'), await aTeam('Shops')];
    const [leo, ana] = [await anAgent('Leo', [ovens]), await anAgent('Ana', [shops])];
    const first = await t.open({ teamId: publicId('team', ovens) });
    const one = await watch(leo.client);
    await t.act('updateTicket', { id: first.id, subject: 'The oven is hot' });
    const [{ ticketChanged }] = await one.until(received => received.length > 0, 5);
    await t.act('updateTicket', { id: first.id, teamId: publicId('team', shops) });
    await one.until(received => received.length > 1, 5);
    expect(said(one)).toEqual([['UPDATED', first.id, { id: first.id }], left(first.id)]);
    const [his, hers] = [leo, ana].map(({ client }) =>
      subscribe<any>(url, client.authorization, WATCH, { after: ticketChanged.cursor }),
    );
    subscribers.push(his!, hers!);
    await Promise.all([his, hers].map(two => two!.until(received => received.length > 0, 5)));
    expect([said(his!), said(hers!)]).toEqual([[left(first.id)], [['ASSIGNED', first.id, { id: first.id }]]]);
  });

  test('is told of to whoever followed it, and to the customer it was before', async () => {
    const ovens = await aTeam('Ovens');
    const [leo, eva] = [await anAgent('Leo', []), await anAgent('Eva', [])];
    const { id } = await t.open({ teamId: publicId('team', ovens) });
    await t.act('followTicket', { id, memberId: leo.id });
    const own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    const [his, followed, hers, portal] = [
      await watch(leo.client),
      await watch(leo.client, { followedByMe: true }),
      await watch(eva.client),
      await watch(own),
    ];
    await manager.data(
      'mutation ($input: FollowTicketInput!) { unfollowTicket(input: $input) { userErrors { code } } }',
      {
        input: { id, memberId: leo.id },
      },
    );
    await Promise.all([his, followed].map(one => one.until(received => received.length > 0, 5)));
    expect([said(his), said(followed)]).toEqual([[left(id)], [left(id)]]);
    const other = await aCustomer('Horno Gil');
    await t.act('updateTicket', { id, customerId: other });
    await portal.until(received => received.some(({ ticketChanged }) => ticketChanged.change === 'LEFT'), 5);
    expect(said(portal).at(-1)).toEqual(left(id));
    expect(await saidBefore(hers, async () => (await t.open()).id)).toEqual([]);
  });

  test('is not told of where it was only for a moment inside the change that opened it', async () => {
    const ovens = await aTeam('Ovens');
    const leo = await anAgent('Leo', []);
    const his = await watch(leo.client);
    const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
    await product.app.database.write(scope, async tx => {
      const [opened] = await openTickets(tx, [{ subject: 'Burnt', channel: TicketChannel.MANUAL }]);
      await writeTickets(tx, [opened!.ticketId], { team_id: ovens });
    });
    expect(await saidBefore(his, async () => (await t.open()).id)).toEqual([]);
  });
});
