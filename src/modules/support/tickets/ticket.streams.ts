import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit, Role } from '../../access/index.js';
import { ticketRecord } from './records.js';
import { Ticket } from './ticket.entity.js';
import { TicketFilter } from './ticket.inputs.js';
import { TicketChange, type ToldTo } from './ticket.states.rules.js';

@ObjectType({ description: 'Something that happened to a ticket.', simpleResolvers: true })
export class TicketEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => TicketChange, { description: 'What happened.' })
  change: TicketChange;
  @Field(() => ID, { description: 'Id of the ticket.' })
  ticketId: string;
  @Reference(() => Ticket, 'storedTicketId', {
    nullable: true,
    description: 'The ticket as it is now.',
  })
  ticket?: Ticket;
}

/** What is dealt with among us: whoever a ticket is hidden in part from is not told that there was a note. */
const AMONG_US = new Set<TicketChange>([
  TicketChange.NOTED,
  TicketChange.ASSIGNED,
  TicketChange.SNOOZED,
  TicketChange.WOKEN,
  TicketChange.ESCALATED,
  TicketChange.DEADLINES_MOVED,
  TicketChange.LINKED,
]);

defineStream({
  field: 'ticketChanged',
  types: ['ticket.changed'],
  record: ticketRecord,
  tells: ({ data }, role) => {
    const toldTo = data?.['toldTo'] as ToldTo | undefined;
    if (role !== Role.CUSTOMER) return toldTo !== 'CUSTOMER';
    return toldTo !== 'STAFF' && !AMONG_US.has(data?.['change'] as TicketChange);
  },
  root: (event, cursor) => ({
    cursor,
    change: event.data?.['change'] ?? TicketChange.UPDATED,
    ticketId: publicId('ticket', event.subjectId),
    storedTicketId: event.subjectId,
  }),
});

@ArgsType()
class TicketStreamArgs {
  @Field(() => TicketFilter, { nullable: true, description: 'Only tickets like these, as they are then.' })
  filter?: TicketFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class TicketStreamResolver {
  @Permit('tickets:read')
  @Subscription(() => TicketEvent, {
    subscribe: overSocket,
    description: 'What happens to tickets, each once and in order: what keeps an inbox up to date.',
  })
  ticketChanged(@Root() event: TicketEvent, @Args(() => TicketStreamArgs) _args: TicketStreamArgs): TicketEvent {
    return event;
  }
}
