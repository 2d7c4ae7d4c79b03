import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { TicketPayload, TicketsPayload } from '../tickets/ticket.payloads.js';
import { snoozeTicket } from './snooze.service.js';
import { takeNextTicket, takeTicket } from './taking.service.js';
import {
  AssignTicketInput,
  AssignTicketsInput,
  ReassignTicketsInput,
  ReassignTicketsPayload,
  SnoozeTicketInput,
  TakeNextTicketInput,
  TakeTicketInput,
  TransferTicketInput,
} from './ticket-giving.inputs.js';
import { assignTicket, assignTickets, reassignTickets, transferTicket } from './transfer.service.js';

@Resolver()
export class TicketGivingResolver {
  @Permit('tickets:work')
  @Mutation(() => TicketPayload, { description: 'Gives a ticket to a member, a team or a queue.' })
  assignTicket(
    @Arg('input', () => AssignTicketInput, { description: 'Which, and to whom.' }) input: AssignTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'assignTicket', input, tx => assignTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketsPayload, { description: 'Gives tickets to a member, a team or a queue.' })
  assignTickets(
    @Arg('input', () => AssignTicketsInput, { description: 'Which, and to whom.' }) input: AssignTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'assignTickets', input, tx => assignTickets(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description:
      'Hands a ticket over, with a note. Whoever had it does not get it back at once; whoever hands it over out of their sight follows it, unless they say otherwise.',
  })
  transferTicket(
    @Arg('input', () => TransferTicketInput, { description: 'Which, to whom, and what they have to know.' })
    input: TransferTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'transferTicket', input, tx => transferTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Takes a ticket that nobody has; a CONFLICT names who was quicker.',
  })
  takeTicket(
    @Arg('input', () => TakeTicketInput, { description: 'Which.' }) input: TakeTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'takeTicket', input, tx => takeTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Takes the next ticket of a queue: the most urgent, then the one due first. None, when nothing waits.',
  })
  takeNextTicket(
    @Arg('input', () => TakeNextTicketInput, { description: 'Of which queue.' }) input: TakeNextTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'takeNextTicket', input, tx => takeNextTicket(tx, context.viewer, input));
  }

  @Permit('tickets:work')
  @Mutation(() => TicketPayload, {
    description: 'Puts a ticket off until a moment, or takes it up again. Meanwhile it counts as nobody’s work.',
  })
  snoozeTicket(
    @Arg('input', () => SnoozeTicketInput, { description: 'Which, and until when.' }) input: SnoozeTicketInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'snoozeTicket', input, tx => snoozeTicket(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => ReassignTicketsPayload, {
    description: 'Hands over the open tickets of somebody who left or is away.',
  })
  reassignTickets(
    @Arg('input', () => ReassignTicketsInput, { description: 'Whose, and to whom.' }) input: ReassignTicketsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reassignTickets', input, async tx => ({
      ...(await reassignTickets(tx, context.viewer, input)),
    }));
  }
}
