import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { ticketRecord } from '../tickets/records.js';
import { Ticket } from '../tickets/ticket.entity.js';

@ObjectType({
  description: 'Who looks at a ticket, or writes in it, is not the same as before.',
  simpleResolvers: true,
})
export class TicketPresenceEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Reference(() => Ticket, 'ticketId', {
    nullable: true,
    description: 'The ticket; its `presence` says who it is now.',
  })
  ticket?: Ticket;
}

defineStream({
  field: 'ticketPresence',
  types: ['ticket.watched'],
  record: ticketRecord,
  filterOf: ({ ticketId }) => (ticketId == null ? null : { id: { eq: ticketId } }),
  root: ({ subjectId }, cursor) => ({ cursor, ticketId: subjectId }),
});

@ArgsType()
class TicketPresenceArgs {
  @Field(() => ID, { nullable: true, description: 'The ticket; every one you may see unless given.' })
  ticketId?: string;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class TicketPresenceStreamResolver {
  @Permit('support:read')
  @Subscription(() => TicketPresenceEvent, {
    subscribe: overSocket,
    description: 'Who comes to a ticket, begins to write in it, and goes.',
  })
  ticketPresence(
    @Root() event: TicketPresenceEvent,
    @Args(() => TicketPresenceArgs) _args: TicketPresenceArgs,
  ): TicketPresenceEvent {
    return event;
  }
}
