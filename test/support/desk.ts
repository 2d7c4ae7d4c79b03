import { Network } from '../../src/modules/social/index.js';
import { addMessages } from '../../src/modules/support/tickets/message.service.js';
import { openTickets } from '../../src/modules/support/tickets/opening.service.js';
import {
  type TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../../src/modules/support/tickets/ticket.states.rules.js';
import { newId } from '../../src/platform/ids.js';
import { answeringOn } from './answering.js';
import type { Client, TestApp } from './app.js';
import { mention } from './posts.js';
import { eventually } from './subscriber.js';

const REPLY = `mutation ($input: ReplyToTicketInput!) {
  replyToTicket(input: $input) {
    message { id kind channel network visibility state author }
    unseen { id kind author }
    userErrors { field code message }
  }
}`;
const STAND = `query ($id: ID!) { node(id: $id) { ... on Ticket { id status firstRespondedAt waitingSince lastAgentMessageAt solvedAt closedAt reopenedCount messageCount } } }`;

/** A desk on the echo network: tickets that people opened there, and colleagues who answer them. */
export async function deskOn(test: TestApp) {
  const ours = await answeringOn(test, { network: Network.TELEGRAM });
  const { organization } = ours;
  const { database } = test.app;
  const { system } = database;
  const scope = { organizationId: organization.id, actor: 'system:test', requestId: 'test' };
  const sql = async <Row = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await system.query(text, [organization.id, ...values])).rows as Row[];

  async function customer(name = 'Rosa Peña'): Promise<string> {
    const id = newId();
    await sql('insert into customers (organization_id, id, kind, display_name, language) values ($1, $2, $3, $4, $5)', [
      id,
      'PERSON',
      name,
      'es',
    ]);
    return id;
  }

  /** Somebody says something on the network, and that is in a ticket from then on: a new one unless one is named. */
  async function say(
    externalId: string,
    given: Parameters<typeof mention>[1] = {},
    { ticketId, customerId = null }: { ticketId?: string; customerId?: string | null } = {},
  ): Promise<{ ticketId: string; messageId: string; postId: string }> {
    await ours.hear(externalId, given);
    const [post] = await sql(
      `select id, kind, conversation_id, author_id, occurred_at from posts where organization_id = $1 and external_id = $2`,
      [externalId],
    );
    if (customerId)
      await sql('update social_identities set customer_id = $3 where organization_id = $1 and id = $2', [
        post.author_id,
        customerId,
      ]);
    return database.write(scope, async tx => {
      const channel = 'CHAT' as TicketChannel;
      const common = { network: Network.TELEGRAM, identityId: post.author_id, conversationId: post.conversation_id };
      const id =
        ticketId ??
        (
          await openTickets(tx, [
            { ...common, subject: 'Pan quemado', channel, customerId, sourcePostId: post.id, language: 'es' },
          ])
        )[0]!.ticketId;
      const [messageId] = await addMessages(tx, [
        {
          ...common,
          ticketId: id,
          kind: TicketMessageKind.CUSTOMER,
          channel,
          visibility: post.kind === 'DIRECT_MESSAGE' ? TicketMessageVisibility.PRIVATE : TicketMessageVisibility.PUBLIC,
          state: 'RECEIVED',
          postId: post.id,
          occurredAt: new Date(post.occurred_at),
        },
      ]);
      return { ticketId: id, messageId: messageId!, postId: post.id };
    });
  }

  /** A ticket without any channel. */
  async function open(customerId: string | null = null): Promise<string> {
    return database.write(scope, async tx => {
      const [opened] = await openTickets(tx, [
        { subject: 'Factura', channel: 'MANUAL' as TicketChannel, customerId, language: 'es' },
      ]);
      return opened!.ticketId;
    });
  }

  const ticketOf = (id: string): string => organization.publicId('ticket', id);
  const messageOf = (id: string): string => organization.publicId('ticket_message', id);

  async function colleague(name: string, role: Parameters<typeof organization.as>[0] = 'AGENT') {
    const memberId = await organization.member(name, role);
    const client = await organization.as(role, { memberId });
    await sql('update members set name = $3 where organization_id = $1 and id = $2', [memberId, name]);
    return { memberId, client };
  }

  async function answer(ticketId: string, text: string, more: object = {}, by: Client = ours.client) {
    return (await by.data(REPLY, { input: { ticketId: ticketOf(ticketId), text, ...more } })).replyToTicket;
  }

  async function stand(ticketId: string) {
    return (await ours.client.data(STAND, { id: ticketOf(ticketId) })).node;
  }

  const stateOf = async (messageId: string): Promise<string> => {
    const rows = await sql('select id, state from ticket_messages where organization_id = $1');
    return rows.find(({ id }) => messageOf(id) === messageId)!.state;
  };

  const until = (messageId: string, state: string): Promise<true> =>
    eventually(async () => (await stateOf(messageId)) === state || null).catch(async () => {
      throw new Error(`It is ${await stateOf(messageId)}.`);
    }) as Promise<true>;

  return { ...ours, scope, sql, customer, say, open, colleague, answer, stand, stateOf, until, ticketOf, messageOf };
}
