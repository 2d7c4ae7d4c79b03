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
    description: 'The ticket as it is now; nothing once it has LEFT.',
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
  types: ['ticket.changed', 'ticket.moved'],
  record: ticketRecord,
  leaving: {
    type: 'ticket.moved',
    // Whoever followed it then is asked for by the name of the table in the conditions, so they are added under that name.
    rows: moves => ({
      with: `with moves as materialized (select w.id, w.was from jsonb_to_recordset(${moves}) as w(id uuid, was jsonb)),
        ticket_followers as not materialized (
          select organization_id, ticket_id, member_id from public.ticket_followers
          union all
          select r.organization_id, r.id, (w.was ->> 'follower')::uuid from moves w join tickets r on r.id = w.id where w.was ? 'follower')`,
      from: 'moves w join tickets r on r.id = w.id cross join lateral jsonb_populate_record(r, w.was) t',
    }),
  },
  tells: ({ data }, role) => {
    const toldTo = data?.['toldTo'] as ToldTo | undefined;
    if (role !== Role.CUSTOMER) return toldTo !== 'CUSTOMER';
    return toldTo !== 'STAFF' && !AMONG_US.has(data?.['change'] as TicketChange);
  },
  root: (event, cursor) => ({
    cursor,
    change: event.type === 'ticket.moved' ? TicketChange.LEFT : (event.data?.['change'] ?? TicketChange.UPDATED),
    ticketId: publicId('ticket', event.subjectId),
    storedTicketId: event.type === 'ticket.moved' ? null : event.subjectId,
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
    description: `What happens to tickets, each once and in order: what keeps an inbox up to date. Whoever could have a ticket in this list and can no more, since it is assigned to a colleague, given to another team, closed, merged, unfollowed or another customer's, is told that it LEFT: with its id, and no more of it. Not told are those that leave by their words, tags, fields of your own or dates.`,
  })
  ticketChanged(@Root() event: TicketEvent, @Args(() => TicketStreamArgs) _args: TicketStreamArgs): TicketEvent {
    return event;
  }
}
