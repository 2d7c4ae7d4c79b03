import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { SocialIdentity } from '../../social/index.js';
import { closeTicket } from './moving.service.js';
import { Ticket } from './ticket.entity.js';
import { TicketConnection, TicketsArgs } from './ticket.inputs.js';
import { ticketByNumber } from './ticket.loaders.js';
import { TicketPayload } from './ticket.payloads.js';
import { openTicket } from './ticket.service.js';
import { CloseTicketInput, OpenTicketInput } from './ticket-write.inputs.js';

@Resolver(() => Ticket)
export class TicketResolver {
  @Permit('tickets:read')
  @Query(() => Ticket, { nullable: true, description: 'One ticket, or nothing when there is none that you may see.' })
  ticket(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Ticket>(Ticket, id);
  }

  @Permit('tickets:read')
  @Query(() => Ticket, {
    nullable: true,
    description: 'One ticket by its number, or nothing when there is none that you may see.',
  })
  ticketByNumber(
    @Arg('number', () => String, { description: 'Its number, such as T-2026-0001.' }) number: string,
    @Ctx() context: RequestContext,
  ): Promise<Ticket | null> {
    return context.load(ticketByNumber, number.trim().toUpperCase());
  }

  @Permit('tickets:read')
  @Query(() => TicketConnection, { description: 'Tickets you may see.' })
  tickets(@Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    return context.page(Ticket, args);
  }

  @Permit('tickets:open')
  @Mutation(() => TicketPayload, { description: 'Opens a ticket by hand; a customer opens its own.' })
  openTicket(
    @Arg('input', () => OpenTicketInput, { description: 'What it is about, and whose it is.' }) input: OpenTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTicket', input, tx => openTicket(tx, context.viewer, input));
  }

  @Permit('tickets:open')
  @Mutation(() => TicketPayload, {
    description: 'Closes a ticket for good; what its customer says later opens another. A customer closes its own.',
  })
  closeTicket(
    @Arg('input', () => CloseTicketInput, { description: 'Which, and why.' }) input: CloseTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'closeTicket', input, tx => closeTicket(tx, context.viewer, input));
  }
}

@Resolver(() => Customer)
export class CustomerTicketsResolver {
  @FieldResolver(() => TicketConnection, { description: 'What it wanted from us, the latest first.' })
  tickets(@Root() customer: Customer, @Args(() => TicketsArgs) args: TicketsArgs, @Ctx() context: RequestContext) {
    const list = { name: 'customer.tickets', condition: 't.customer_id = k.parent' };
    return context.pageOf(Ticket, list, customer.id, args);
  }
}

@Resolver(() => SocialIdentity)
export class IdentityTicketsResolver {
  @FieldResolver(() => TicketConnection, { description: 'What it wanted from us, the latest first.' })
  tickets(
    @Root() identity: SocialIdentity,
    @Args(() => TicketsArgs) args: TicketsArgs,
    @Ctx() context: RequestContext,
  ) {
    const list = { name: 'identity.tickets', condition: 't.identity_id = k.parent' };
    return context.pageOf(Ticket, list, identity.id, args);
  }
}
