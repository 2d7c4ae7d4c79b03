import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { RequestContext, Role } from '../../access/index.js';
import { Media } from '../../social/index.js';
import { contentOfMessage, shownToCustomer } from './message.loaders.js';
import { Ticket } from './ticket.entity.js';
import { TicketMessage } from './ticket-message.entity.js';

export const TicketMessageConnection = connectionOf(TicketMessage, 'TicketMessage');

const OF_TICKET = { name: 'ticket.messages', condition: 't.ticket_id = k.parent' };

@Resolver(() => TicketMessage)
export class TicketMessageResolver {
  @FieldResolver(() => String, { description: 'What it says, as plain text.' })
  async text(@Root() { id }: TicketMessage, @Ctx() context: RequestContext): Promise<string> {
    return (await context.load(contentOfMessage, id)).text;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Its title, such as the subject of an e-mail.' })
  async title(@Root() { id }: TicketMessage, @Ctx() context: RequestContext): Promise<string | null> {
    return (await context.load(contentOfMessage, id)).title;
  }

  @FieldResolver(() => [Media], { description: 'What is attached.' })
  async media(@Root() { id }: TicketMessage, @Ctx() context: RequestContext): Promise<Media[]> {
    return (await context.load(contentOfMessage, id)).media;
  }
}

@Resolver(() => Ticket)
export class TicketMessagesResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What was written down when it was opened by hand. Its customer is shown it only where they are its own words; what staff wrote is for staff.',
  })
  async description(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<string | null> {
    if (context.viewer.role !== Role.CUSTOMER) return ticket.description;
    return (await context.load(shownToCustomer, ticket.id)).description;
  }

  @FieldResolver(() => Int, {
    description:
      'How many messages it has, those for staff alone not counted. For its customer: how many of them it sees.',
  })
  async messageCount(@Root() ticket: Ticket, @Ctx() context: RequestContext): Promise<number> {
    if (context.viewer.role !== Role.CUSTOMER) return ticket.messageCount;
    return (await context.load(shownToCustomer, ticket.id)).messageCount;
  }

  @FieldResolver(() => TicketMessageConnection, {
    description: 'The one conversation about it, whatever the channel, the first word first.',
  })
  messages(@Root() ticket: Ticket, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(TicketMessage, OF_TICKET, ticket.id, args);
  }
}
