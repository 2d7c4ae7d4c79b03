import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, type FeedEvent, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { Permit } from '../../access/index.js';
import { ticketRecord } from '../tickets/records.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketFilter } from '../tickets/ticket.inputs.js';
import { SlaMetric } from './history.rules.js';

@ObjectType({ description: 'A promised time of a ticket that runs out.', simpleResolvers: true })
export class TicketDeadlineEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ID, { description: 'Id of the ticket.' })
  ticketId: string;
  @Reference(() => Ticket, 'storedTicketId', { nullable: true, description: 'The ticket as it is now.' })
  ticket?: Ticket;
  @Field(() => SlaMetric, { nullable: true, description: 'What was promised.' })
  metric: SlaMetric | null;
}

const root = ({ subjectId, data }: FeedEvent, cursor: string) => ({
  cursor,
  ticketId: publicId('ticket', subjectId),
  storedTicketId: subjectId,
  metric: data?.['metric'] ?? null,
});

defineStream({ field: 'ticketDue', types: ['ticket.due'], record: ticketRecord, root });
defineStream({ field: 'ticketBreached', types: ['ticket.breached'], record: ticketRecord, root });

@ArgsType()
class TicketDeadlineArgs {
  @Field(() => TicketFilter, { nullable: true, description: 'Only tickets like these.' })
  filter?: TicketFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class DeadlineStreamResolver {
  @Permit('support:read')
  @Subscription(() => TicketDeadlineEvent, {
    subscribe: overSocket,
    description: 'Tickets of which a promised time is about to run out, each time once.',
  })
  ticketDue(
    @Root() event: TicketDeadlineEvent,
    @Args(() => TicketDeadlineArgs) _args: TicketDeadlineArgs,
  ): TicketDeadlineEvent {
    return event;
  }

  @Permit('support:read')
  @Subscription(() => TicketDeadlineEvent, {
    subscribe: overSocket,
    description: 'Tickets of which a promised time has run out, each time once.',
  })
  ticketBreached(
    @Root() event: TicketDeadlineEvent,
    @Args(() => TicketDeadlineArgs) _args: TicketDeadlineArgs,
  ): TicketDeadlineEvent {
    return event;
  }
}
