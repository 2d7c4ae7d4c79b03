import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Kind, parse, print } from 'graphql';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { listen } from '../support/posts.js';
import { eventually, subscribe } from '../support/subscriber.js';

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
});

const act = async (client: Client, text: string, input: object): Promise<any> =>
  Object.values(await client.data<Record<string, any>>(text, { input }))[0];
const open = async (input: object = {}, client = manager): Promise<any> =>
  (await act(client, OPEN, { subject: 'The oven is cold', customerId, ...input })).ticket;
const errorsOf = (payload: any): string[] =>
  payload.userErrors.map((error: any) => `${error.field} ${error.code}`).sort();

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
