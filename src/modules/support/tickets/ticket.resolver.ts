import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { SocialIdentity } from '../../social/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketConnection, TicketListArgs, TicketsArgs } from './ticket.inputs.js';
import { ticketByNumber } from './ticket.loaders.js';
import { throughView } from './view.queries.js';

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
  async tickets(@Args(() => TicketListArgs) { viewId, ...args }: TicketListArgs, @Ctx() context: RequestContext) {
    return context.page(Ticket, viewId ? await throughView(context, viewId, args) : args);
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
