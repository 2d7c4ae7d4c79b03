import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { bulkUpdateTickets } from './bulk.service.js';
import { closeTicket, holdTicket, reopenTicket, solveTicket, stepEach } from './moving.service.js';
import { TicketPayload, TicketsPayload } from './ticket.payloads.js';
import { openManyTickets, openTicket, updateTicket, updateTickets } from './ticket.service.js';
import {
  BulkUpdateTicketsInput,
  CloseTicketInput,
  CloseTicketsInput,
  HoldTicketInput,
  OpenTicketInput,
  OpenTicketsInput,
  ReopenTicketInput,
  SolveTicketInput,
  SolveTicketsInput,
  UpdateTicketInput,
  UpdateTicketsInput,
} from './ticket-write.inputs.js';

@Resolver()
export class TicketWriteResolver {
  @Permit('tickets:open')
  @Mutation(() => TicketPayload, {
    description:
      'Opens a ticket by hand. A customer opens its own, up to 10 an hour and 30 a day: then RATE_LIMITED, with `retryAfter` in seconds. Whoever opens one for a team whose tickets they do not see follows it, and so sees it.',
  })
  openTicket(
    @Arg('input', () => OpenTicketInput, { description: 'What it is about, and whose it is.' }) input: OpenTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTicket', input, tx => openTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Opens up to 200 tickets, each by itself.' })
  openTickets(
    @Arg('input', () => OpenTicketsInput, { description: 'What they are about.' }) input: OpenTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'openTickets', input, tx => openManyTickets(tx, context.viewer, input.items));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Changes a ticket.' })
  updateTicket(
    @Arg('input', () => UpdateTicketInput, { description: 'Which, and how.' }) input: UpdateTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTicket', input, tx => updateTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Changes up to 200 tickets, each by itself and in its own way.' })
  updateTickets(
    @Arg('input', () => UpdateTicketsInput, { description: 'Which, and how.' }) input: UpdateTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateTickets', input, tx => updateTickets(tx, context.viewer, input.items));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Makes the same change to up to 200 tickets, each by itself.' })
  bulkUpdateTickets(
    @Arg('input', () => BulkUpdateTicketsInput, { description: 'Which, and how.' }) input: BulkUpdateTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'bulkUpdateTickets', input, tx => bulkUpdateTickets(tx, context.viewer, input));
  }

  @Permit('tickets:open')
  @Mutation(() => TicketPayload, {
    description: 'Says that a ticket is solved; a word of its customer opens it again. A customer says so of its own.',
  })
  solveTicket(
    @Arg('input', () => SolveTicketInput, { description: 'Which, and why.' }) input: SolveTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'solveTicket', input, tx => solveTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Says that up to 200 tickets are solved, each by itself.' })
  solveTickets(
    @Arg('input', () => SolveTicketsInput, { description: 'Which, and why.' }) input: SolveTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    const { ticketIds: ids, reason } = input;
    return mutate(context, 'solveTickets', input, tx =>
      stepEach(tx, ids, id => solveTicket(tx, context.viewer, { id, reason })),
    );
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

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Closes up to 200 tickets for good, each by itself.' })
  closeTickets(
    @Arg('input', () => CloseTicketsInput, { description: 'Which, and why.' }) input: CloseTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    const { ticketIds: ids, reason, closeParts } = input;
    return mutate(context, 'closeTickets', input, tx =>
      stepEach(tx, ids, id => closeTicket(tx, context.viewer, { id, reason, closeParts })),
    );
  }

  @Permit('tickets:open')
  @Mutation(() => TicketPayload, { description: 'Opens a ticket again that was solved. A customer reopens its own.' })
  reopenTicket(
    @Arg('input', () => ReopenTicketInput, { description: 'Which, and why.' }) input: ReopenTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reopenTicket', input, tx => reopenTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Says that a ticket waits for somebody else, such as a supplier.' })
  holdTicket(
    @Arg('input', () => HoldTicketInput, { description: 'Which, and why.' }) input: HoldTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'holdTicket', input, tx => holdTicket(tx, context.viewer, input));
  }
}
