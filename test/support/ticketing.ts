import { expect } from '@jest/globals';
import { addMessages, type NewMessage } from '../../src/modules/support/tickets/message.service.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../../src/modules/support/tickets/ticket.states.rules.js';
import { parsePublicId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';

export const uuid = (id: string): string => parsePublicId(id)!.uuid;

/** What tests of tickets do again and again, as one caller in one organisation. */
export function ticketingOf(app: TestApp, organization: TestOrganization, client: Client, customerId: string) {
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

  /** The whole payload of a mutation whose input is named after it. */
  async function act(mutation: string, input: object, fields = 'ticket { id number status version }', by = client) {
    const data = await by.data<Record<string, any>>(
      `mutation ($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) { ${fields} userErrors { field code message } } }`,
      { input },
    );
    return data[mutation];
  }

  return {
    act,
    async open(given: object = {}, by = client): Promise<any> {
      const input = { subject: 'The oven is cold', customerId, ...given };
      const payload = await act('openTicket', input, 'ticket { id number status channel version }', by);
      expect(payload.userErrors).toEqual([]);
      return payload.ticket;
    },
    /** Says something in a ticket (public id), as a part of the product would; answers the stored id of the message. */
    async say(ticketId: string, given: Partial<NewMessage> = {}): Promise<string | null> {
      const [id] = await app.app.database.write(scope, tx =>
        addMessages(tx, [
          {
            ticketId: uuid(ticketId),
            kind: TicketMessageKind.CUSTOMER,
            channel: TicketChannel.MANUAL,
            visibility: TicketMessageVisibility.PRIVATE,
            state: (given.kind === TicketMessageKind.AGENT ? 'SENT' : 'RECEIVED') as NewMessage['state'],
            note: 'hello',
            occurredAt: new Date(),
            ...given,
          },
        ]),
      );
      return id!;
    },
    async see(id: string, fields: string, by = client): Promise<any> {
      return (await by.data(`query ($id: ID!) { ticket(id: $id) { ${fields} } }`, { id })).ticket;
    },
    async sql<Row extends object = any>(text: string, values: unknown[] = []): Promise<Row[]> {
      return (await app.app.database.system.query<Row>(text, [organization.id, ...values])).rows;
    },
  };
}

export type Ticketing = ReturnType<typeof ticketingOf>;

/** `field CODE` of everything that was wrong, in order. */
export const errorsOf = (payload: { userErrors: { field: string | null; code: string }[] }): string[] =>
  payload.userErrors.map(({ field, code }) => `${field} ${code}`).sort();
