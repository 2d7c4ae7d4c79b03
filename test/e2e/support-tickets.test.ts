import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Kind, parse, print } from 'graphql';
import { sumCounts } from '../../src/modules/support/tickets/counts.service.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';
import { errorsOf, type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';

/** Documents that clients rely on, kept beside the project where it is developed. */
const CONTRACT = resolve('../shared/contract/support.graphql');
const written = existsSync(CONTRACT) ? readFileSync(CONTRACT, 'utf8') : '';

/** A document of the contract by its name; the same text of ours where the contract is not at hand. */
function document(name: string, own: string): string {
  const definition = written
    ? parse(written).definitions.find(one => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name)
    : undefined;
  return definition ? print(definition) : own;
}

const OPEN = document(
  'OpenTicket',
  `mutation OpenTicket($input: OpenTicketInput!) { openTicket(input: $input) {
     ticket { id number status channel sla { firstResponseDueAt resolutionDueAt breached } } userErrors { field code message } } }`,
);
const CLOSE = document(
  'CloseTicket',
  `mutation CloseTicket($input: CloseTicketInput!) { closeTicket(input: $input) { ticket { id status closedAt } userErrors { field code message } } }`,
);
const TICKETS = document(
  'Tickets',
  `query Tickets($filter: TicketFilter, $first: Int!, $after: String) {
     tickets(filter: $filter, orderBy: [{ field: OPENED_AT, direction: DESC }], first: $first, after: $after) { totalCount
       edges { node { id number subject status priority channel customer { id displayName } assignee { id name } conversation { id } } }
       pageInfo { hasNextPage endCursor } } }`,
);
const CHANGED = document(
  'TicketChanged',
  `subscription TicketChanged($filter: TicketFilter, $after: String) {
     ticketChanged(filter: $filter, after: $after) { cursor change ticket { id number status } } }`,
);

let product: TestApp;
let url: string;
let organization: TestOrganization;
let manager: Client;
let customerId: string;
let t: Ticketing;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
  url = await listen(product);
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  manager = await organization.as('MANAGER');
  const { createCustomer } = await manager.data(
    `mutation { createCustomer(input: { displayName: "Panadería Sol", kind: COMPANY }) { customer { id } } }`,
  );
  customerId = createCustomer.customer.id;
  t = ticketingOf(product, organization, manager, customerId);
});

const act = async (client: Client, text: string, input: object): Promise<any> =>
  Object.values(await client.data<Record<string, any>>(text, { input }))[0];
const open = (input: object = {}, client = manager): Promise<any> => t.open(input, client);
describe('a ticket', () => {
  test('is opened, found and closed as clients write it', async () => {
    const opened = await act(manager, OPEN, { subject: 'The oven is cold', customerId, priority: 'HIGH' });
    expect(opened).toEqual({
      ticket: {
        id: expect.stringMatching(/^ticket_/),
        number: expect.stringMatching(/^T-\d{4}-0001$/),
        status: 'NEW',
        channel: 'MANUAL',
        sla: { firstResponseDueAt: null, resolutionDueAt: null, breached: false },
      },
      userErrors: [],
    });
    const { id, number } = opened.ticket;
    await open({ subject: 'Where is my bread?' });
    const { tickets } = await manager.data(TICKETS, { first: 1, filter: { status: { eq: 'NEW' } } });
    expect(tickets).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    const next = await manager.data(TICKETS, { first: 1, after: tickets.pageInfo.endCursor });
    expect(next.tickets.edges).toEqual([
      {
        node: {
          id,
          number,
          subject: 'The oven is cold',
          status: 'NEW',
          priority: 'HIGH',
          channel: 'MANUAL',
          customer: { id: customerId, displayName: 'Panadería Sol' },
          assignee: null,
          conversation: null,
        },
      },
    ]);
    const closed = await act(manager, CLOSE, { id });
    expect(closed).toEqual({ ticket: { id, status: 'CLOSED', closedAt: expect.any(String) }, userErrors: [] });
    expect(errorsOf(await act(manager, CLOSE, { id }))).toEqual(['id NOT_ALLOWED']);
    const { customer, ticketByNumber } = await manager.data(
      `query ($id: ID!, $number: String!) { customer(id: $id) { tickets(first: 10) { edges { node { number status } } } }
         ticketByNumber(number: $number) { id } }`,
      { id: customerId, number },
    );
    expect(customer.tickets.edges.map(({ node }: any) => node.status)).toEqual(['NEW', 'CLOSED']);
    expect(ticketByNumber).toEqual({ id });
  });

  test('tells what happened to it, and what was missed, once and in order', async () => {
    await toldSoFar(product);
    const first = subscribe(url, manager.authorization, CHANGED);
    await eventually(() => product.app.hub.subscribers === 1);
    const one = await open();
    await first.until(all => all.length === 1);
    await first.close();
    const two = await open();
    await act(manager, CLOSE, { id: one.id });
    const after = first.received[0].ticketChanged.cursor;
    const second = subscribe(url, manager.authorization, CHANGED, { after });
    await second.until(all => all.length === 2);
    await act(manager, CLOSE, { id: two.id });
    const received = await second.until(all => all.length === 3);
    expect(received.map(({ ticketChanged: { change, ticket } }) => [change, ticket.number])).toEqual([
      ['OPENED', two.number],
      ['STATUS_CHANGED', one.number],
      ['STATUS_CHANGED', two.number],
    ]);
    expect(second.errors).toEqual([]);
    await second.close();
  });
});

describe('where a ticket stands', () => {
  const FIELDS = 'status version waitingSince solvedAt closedAt firstRespondedAt reopenedCount messageCount';

  test('follows what is said in it', async () => {
    const { id } = await open();
    await t.say(id, { note: 'It stays cold' });
    expect(await t.see(id, FIELDS)).toMatchObject({ status: 'NEW', waitingSince: expect.any(String), messageCount: 1 });
    await t.say(id, { kind: 'AGENT' as never, note: 'Is it plugged in?' });
    expect(await t.see(id, FIELDS)).toMatchObject({
      status: 'PENDING',
      waitingSince: null,
      firstRespondedAt: expect.any(String),
    });
    await t.say(id, { note: 'I am on holiday', isAutomatic: true });
    expect(await t.see(id, FIELDS)).toMatchObject({ status: 'PENDING', waitingSince: null });
    await t.say(id, { note: 'Yes, it is' });
    expect(await t.see(id, FIELDS)).toMatchObject({ status: 'OPEN', waitingSince: expect.any(String) });
    expect(errorsOf(await t.act('holdTicket', { id, reason: 'The maker sends a part' }))).toEqual([]);
    expect(errorsOf(await t.act('solveTicket', { id }))).toEqual([]);
    expect(await t.see(id, FIELDS)).toMatchObject({
      status: 'SOLVED',
      solvedAt: expect.any(String),
      waitingSince: null,
    });
    await t.say(id, { note: 'It is cold again' });
    expect(await t.see(id, FIELDS)).toMatchObject({ status: 'OPEN', solvedAt: null, reopenedCount: 1 });
    const { ticket } = await t.act('closeTicket', { id });
    expect(ticket.status).toBe('CLOSED');
    await t.say(id, { note: 'Hello?' });
    expect(await t.see(id, FIELDS)).toMatchObject({ status: 'CLOSED', waitingSince: null });
  });

  test('is changed only in ways that make sense', async () => {
    const { id } = await open();
    expect(errorsOf(await t.act('reopenTicket', { id }))).toEqual(['id NOT_ALLOWED']);
    expect(errorsOf(await t.act('updateTicket', { id, status: 'SOLVED' }))).toEqual(['status INVALID']);
    expect((await t.act('updateTicket', { id, status: 'PENDING' })).ticket).toMatchObject({ status: 'PENDING' });
    expect((await t.act('solveTicket', { id })).ticket.status).toBe('SOLVED');
    expect(errorsOf(await t.act('solveTicket', { id }))).toEqual(['id NOT_ALLOWED']);
    expect(errorsOf(await t.act('updateTicket', { id, status: 'OPEN' }))).toEqual(['status NOT_ALLOWED']);
    expect((await t.act('reopenTicket', { id })).ticket.status).toBe('OPEN');
    const { version } = (await t.act('closeTicket', { id })).ticket;
    expect(errorsOf(await t.act('reopenTicket', { id }))).toEqual(['id NOT_ALLOWED']);
    expect(errorsOf(await t.act('updateTicket', { id, subject: 'Old', version: version - 1 }))).toEqual([
      'version CONFLICT',
    ]);
  });

  test('is settled once where two close it at once', async () => {
    const { id } = await open();
    const payloads = await Promise.all([1, 2, 3].map(() => t.act('closeTicket', { id })));
    expect(payloads.flatMap(errorsOf)).toEqual(['id NOT_ALLOWED', 'id NOT_ALLOWED']);
    const steps = await t.sql(
      `select status from ticket_revisions where organization_id = $1 and ticket_id = $2 and status = 'CLOSED'`,
      [uuid(id)],
    );
    expect(steps).toHaveLength(1);
  });

  test('of many is changed at once, each with an answer of its own', async () => {
    const [one, two, three] = [await open(), await open({ tags: ['oven'] }), await open()];
    await t.act('closeTicket', { id: three.id });
    const memberId = await organization.member('Eva');
    const ticketIds = [two.id, one.id, three.id, 'ticket_00000000000000000000000000'];
    const { results } = await t.act(
      'bulkUpdateTickets',
      {
        ticketIds,
        status: 'ON_HOLD',
        priority: 'URGENT',
        assigneeId: organization.publicId('member', memberId),
        addTags: ['cold'],
        removeTags: ['oven'],
      },
      'results { index ticket { status priority tags assignee { name } } userErrors { field code }}',
    );
    const changed = { status: 'ON_HOLD', priority: 'URGENT', tags: ['cold'], assignee: { name: 'Eva' } };
    expect(results).toEqual([
      { index: 0, ticket: changed, userErrors: [] },
      { index: 1, ticket: changed, userErrors: [] },
      { index: 2, ticket: null, userErrors: [{ field: 'status', code: 'NOT_ALLOWED' }] },
      { index: 3, ticket: null, userErrors: [{ field: 'id', code: 'NOT_FOUND' }] },
    ]);
  });
});

describe('a list of tickets', () => {
  const numbers = async (filter: object, more: object = {}, by = manager): Promise<string[]> => {
    const { tickets } = await by.data(
      `query ($filter: TicketFilter, $orderBy: [TicketOrder!], $viewId: ID) { tickets(filter: $filter, orderBy: $orderBy, viewId: $viewId) {
         totalCount edges { node { number } } } }`,
      { filter, ...more },
    );
    expect(tickets.totalCount).toBe(tickets.edges.length);
    return tickets.edges.map(({ node }: any) => node.number);
  };

  test('is found by what was said, but not by notes for whom they are not', async () => {
    const one = await open({ subject: 'Crème brûlée', description: 'burnt' });
    const two = await open();
    await t.say(two.id, { note: 'the thermostat is broken' });
    await t.say(two.id, { kind: 'NOTE' as never, visibility: 'INTERNAL' as never, note: 'a difficult person' });
    expect(await numbers({ search: 'creme burnt' })).toEqual([one.number]);
    expect(await numbers({ search: 'thermostat' })).toEqual([two.number]);
    expect(await numbers({ search: 'difficult' })).toEqual([two.number]);
    const customer = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    expect(await numbers({ search: 'thermostat' }, {}, customer)).toEqual([two.number]);
    expect(await numbers({ search: 'difficult' }, {}, customer)).toEqual([]);
  });

  test('is found by number, and for staff by the customer’s name, address and telephone', async () => {
    const { createCustomer } = await manager.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code } } }',
      {
        input: {
          displayName: 'Rosa Peña',
          contactPoints: [
            { kind: 'EMAIL', value: 'rosa@panes.example' },
            { kind: 'PHONE', value: '+34 612 345 678' },
          ],
        },
      },
    );
    expect(createCustomer.userErrors).toEqual([]);
    const rosa = createCustomer.customer.id;
    const [other, first, second] = [await open(), await open({ customerId: rosa }), await open({ customerId: rosa })];
    const theirs = [second.number, first.number];
    for (const search of ['Rosa Peña', 'rosa pena', 'Rosa@panes.example', '+34612345678', '612 345 678']) {
      expect([search, await numbers({ search })]).toEqual([search, theirs]);
    }
    const [, year, place] = other.number.split('-');
    for (const search of [other.number, other.number.toLowerCase(), `${year}-${place}`, `#${Number(place)}`]) {
      expect([search, await numbers({ search })]).toEqual([search, [other.number]]);
    }
    const customer = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    expect(await numbers({ search: 'Rosa Peña' }, {}, customer)).toEqual([]);
    expect(await numbers({ search: first.number }, {}, customer)).toEqual([]);
  });

  test('is searched among one’s own, however many others have the word', async () => {
    const { createCustomer } = await manager.data(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
      { input: { displayName: 'Horno Gil' } },
    );
    const teamId = newId();
    await t.sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [teamId, 'Ovens']);
    const mine = await open({ subject: 'Burnt bread' });
    await t.sql(
      `insert into tickets (organization_id, id, number, subject, status, channel, customer_id, team_id, opened_at, created_by)
       select $1, gen_random_uuid(), 'X-' || n, 'Burnt bread', 'NEW', 'MANUAL', $2, $3, now(), 'system' from generate_series(1, 10001) n`,
      [uuid(createCustomer.customer.id), teamId],
    );
    const own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    expect(await numbers({ search: 'burnt bread' }, {}, own)).toEqual([mine.number]);
    const agent = await organization.as('AGENT', { memberId: await organization.member('Leo', 'AGENT') });
    expect(await numbers({ search: 'burnt bread' }, {}, agent)).toEqual([mine.number]);
  });

  test('is filtered and ordered by what matters', async () => {
    const low = await open({ priority: 'LOW', tags: ['bread'] });
    const urgent = await open({ priority: 'URGENT', type: 'COMPLAINT' });
    const normal = await open({ assigneeId: organization.publicId('member', await organization.member('Eva')) });
    await t.act('solveTicket', { id: low.id });
    const by = (field: string, direction = 'DESC') => ({ orderBy: [{ field, direction }] });
    expect(await numbers({}, by('PRIORITY'))).toEqual([urgent, normal, low].map(({ number }) => number));
    expect(await numbers({ isOpen: true }, by('WAITING_SINCE', 'ASC'))).toEqual([urgent.number, normal.number]);
    expect(await numbers({ isUnassigned: true, isOpen: true })).toEqual([urgent.number]);
    expect(await numbers({ tags: { contains: 'bread' } })).toEqual([low.number]);
    expect(await numbers({ not: { type: { eq: 'COMPLAINT' } }, breached: false }, by('NEXT_DUE', 'ASC'))).toHaveLength(
      2,
    );
    expect(await numbers({ snoozed: true })).toEqual([]);
  });

  test('says how many there are without counting them all, for who sees them all', async () => {
    const total = async (filter: object, by = manager): Promise<number> =>
      (await by.data('query ($filter: TicketFilter) { tickets(filter: $filter, first: 1) { totalCount } }', { filter }))
        .tickets.totalCount;
    const [one, two] = [await open(), await open(), await open()];
    await t.act('solveTicket', { id: one.id });
    await t.act('closeTicket', { id: two.id });
    const agent = await organization.as('AGENT');
    for (const sum of [async () => {}, () => sumCounts(product.app.database)]) {
      await sum();
      for (const by of [manager, agent]) {
        expect(await total({}, by)).toBe(3);
        expect(await total({ isOpen: true }, by)).toBe(1);
        expect(await total({ or: [{ status: { eq: 'SOLVED' } }, { status: { in: ['NEW'] } }] }, by)).toBe(2);
        expect(await total({ status: { eq: 'CLOSED' }, number: { eq: two.number } }, by)).toBe(1);
      }
    }
    const asked = await statementsOf(() => total({ isOpen: true }));
    expect(asked.some(text => text.includes('from ticket_counts'))).toBe(true);
  });

  test('takes as many statements for many as for few', async () => {
    const TEXT = `{ tickets(first: 50) { edges { node { number customer { displayName } assignee { name } category { label } followers { name }
      messages(first: 5) { edges { node { text title media { url } post { text } } } } links { kind ticket { number } } parts(first: 2) { totalCount edges { node { number } } }
      history(first: 5) { edges { node { change by } } } sla { breached } } } } }`;
    const plant = async () => {
      const { id } = await open();
      await t.say(id);
      await open({ parentId: id });
    };
    await plant();
    await manager.data(TEXT);
    const few = await statementsOf(() => manager.data(TEXT));
    for (let at = 0; at < 3; at++) await plant();
    const many = await statementsOf(() => manager.data(TEXT));
    const apart = (all: string[]) => all.filter(text => !/select count/.test(text)).length;
    expect(apart(many)).toBe(apart(few));
  });

  test('is kept as a view of one’s own or of a team, and followed by whoever follows', async () => {
    const memberId = await organization.member('Eva');
    const eva = await organization.as('AGENT', { memberId });
    const [one, two] = [await open({ priority: 'HIGH' }), await open()];
    await t.act('followTicket', { id: two.id }, 'ticket { id }', eva);
    const create = async (name: string, filter: object, by: Client): Promise<string> =>
      (
        await t.act(
          'createTicketView',
          { name, filter, orderBy: [{ field: 'PRIORITY', direction: 'ASC' }] },
          'view { id filter }',
          by,
        )
      ).view.id;
    const mine = await create('Mine', { followedByMe: true, openedAt: { gt: '2020-01-01T00:00:00.123456Z' } }, eva);
    expect(await numbers({}, { viewId: mine }, eva)).toEqual([two.number]);
    expect(await numbers({ priority: { eq: 'HIGH' } }, { viewId: mine }, eva)).toEqual([]);
    const names = async (by: Client) =>
      (await by.data('{ ticketViews { name } }')).ticketViews.map(({ name }: any) => name);
    const leader = await organization.as('MANAGER', { memberId: await organization.member('Luz', 'MANAGER') });
    expect(await names(eva)).toEqual(['Mine']);
    expect(await names(leader)).toEqual([]);
    const all = await t.act('createTicketView', { name: 'All', isForEverybody: true }, 'view { name filter }', leader);
    expect(all.view).toEqual({ name: 'All', filter: {} });
    expect(await names(eva)).toEqual(expect.arrayContaining(['Mine', 'All']));
    const stranger = await leader.send('query ($viewId: ID) { tickets(viewId: $viewId) { totalCount } }', {
      viewId: mine,
    });
    expect(stranger.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(one.id).not.toBe(two.id);
  });
});

describe('a member who does not work on tickets', () => {
  test.each(['ANALYST', 'CUSTOMER'] as const)('is given none, as %s, by whatever way', async role => {
    const assigneeId = organization.publicId('member', await organization.member('Ana', role));
    const { id } = await open();
    const refused = async (mutation: string, input: object, fields: string) =>
      errorsOf(await t.act(mutation, input, fields));
    const given = { assigneeId };
    const no = ['assigneeId NOT_FOUND'];
    expect(await refused('updateTicket', { id, ...given }, 'ticket { id }')).toEqual(no);
    expect(await refused('openTicket', { subject: 'Cold', ...given }, 'ticket { id }')).toEqual(no);
    expect(await refused('assignTicket', { ticketId: id, ...given }, 'ticket { id }')).toEqual(no);
    expect(await refused('createIntakeRule', { name: 'All', ...given }, 'rule { id }')).toEqual(no);
    const rule = { name: 'Late', trigger: 'UNASSIGNED', minutes: 5, ...given };
    expect(await refused('createEscalationRule', rule, 'rule { id }')).toEqual(no);
    const followed = await t.act('followTicket', { id, memberId: assigneeId }, 'ticket { id }');
    expect(errorsOf(followed)).toEqual(role === 'ANALYST' ? [] : ['memberId NOT_FOUND']);
  });
});

describe('a customer', () => {
  test('opens, reads, closes and reopens its own tickets, and sees nothing that is dealt with among us', async () => {
    const own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    const other = await manager.data(
      'mutation { createCustomer(input: { displayName: "Horno Gil" }) { customer { id } } }',
    );
    const theirs = await open({ customerId: other.createCustomer.customer.id });
    const mine = await open({ description: 'It is cold', customerId: undefined }, own);
    expect(mine).toMatchObject({ channel: 'PORTAL', status: 'NEW' });
    await t.say(mine.id, { kind: 'NOTE' as never, visibility: 'INTERNAL' as never, note: 'a difficult person' });
    await t.say(mine.id, { kind: 'AGENT' as never, note: 'A draft', state: 'SCHEDULED' as never });
    await t.say(mine.id, { kind: 'AGENT' as never, note: 'We are coming', state: 'KEPT' as never });
    const shown = await t.see(
      mine.id,
      `tags team { id } sla { breached } createdBy followers { id } links { id } history { totalCount }
       messages(first: 10) { totalCount edges { node { kind text author } } }`,
      own,
    );
    expect(shown).toMatchObject({
      tags: [],
      team: null,
      sla: null,
      createdBy: null,
      followers: [],
      links: [],
      history: null,
    });
    expect(shown.messages.edges.map(({ node }: any) => node.text)).toEqual(['It is cold', 'We are coming']);
    expect(shown.messages.totalCount).toBe(2);
    expect(await t.see(theirs.id, 'id', own)).toBeNull();
    expect(errorsOf(await t.act('closeTicket', { id: theirs.id }, 'ticket { id }', own))).toEqual(['id NOT_FOUND']);
    const refused = await t.act(
      'openTicket',
      { subject: 'x', customerId: other.createCustomer.customer.id, priority: 'URGENT', tags: ['x'] },
      'ticket { id }',
      own,
    );
    expect(errorsOf(refused)).toEqual(['customerId NOT_FOUND', 'priority NOT_ALLOWED', 'tags NOT_ALLOWED']);
    for (const [mutation, status] of [
      ['solveTicket', 'SOLVED'],
      ['reopenTicket', 'OPEN'],
      ['closeTicket', 'CLOSED'],
    ])
      expect((await t.act(mutation!, { id: mine.id }, 'ticket { status }', own)).ticket.status).toBe(status);
    const hidden = await own.send('{ tickets(filter: { breached: true }) { totalCount } }');
    expect(hidden.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('is told what happens to its own tickets, and never that there was a note', async () => {
    const own = await organization.as('CUSTOMER', { customerId: uuid(customerId) });
    await toldSoFar(product);
    const listening = subscribe(url, own.authorization, CHANGED);
    await eventually(() => product.app.hub.subscribers === 1);
    const { id } = await open();
    await t.say(id, { kind: 'NOTE' as never, visibility: 'INTERNAL' as never, note: 'a difficult person' });
    await t.act('holdTicket', { id });
    const received = await listening.until(all => all.length === 2);
    expect(received.map(({ ticketChanged }) => ticketChanged.change)).toEqual(['OPENED', 'STATUS_CHANGED']);
    await listening.close();
  });
});
