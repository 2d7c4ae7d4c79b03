import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import type { Outbox } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { CallBackInput, CallsArgs, FinishCallInput, StartWrapUpInput } from './call.inputs.js';
import { callsOfCustomer, callsOfTicket } from './call.loaders.js';
import { CallBackPayload, CallPayload } from './call.payloads.js';
import { callBack, finishCall, startWrapUp } from './call.service.js';
import { CallHandling } from './call-handling.entity.js';

const CallConnection = connectionOf(CallHandling, 'Call');

@Resolver()
export class CallResolver {
  constructor(private readonly outbox: Outbox) {}

  @Permit('support:read')
  @Query(() => CallHandling, {
    nullable: true,
    description: 'One call, or nothing when there is none that you may see.',
  })
  call(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(CallHandling, id);
  }

  @Permit('support:read')
  @Query(() => CallConnection, { description: 'Telephone calls you may see, the latest first unless said.' })
  calls(@Args(() => CallsArgs) args: CallsArgs, @Ctx() context: RequestContext) {
    return context.page(CallHandling, args);
  }

  @Permit('tickets:work')
  @Mutation(() => CallPayload, { description: 'Says that you took a call and now write it up; the clock runs once.' })
  startWrapUp(
    @Arg('input', () => StartWrapUpInput, { description: 'Which call.' }) input: StartWrapUpInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'startWrapUp', input, tx => startWrapUp(tx, context.viewer, input.callId));
  }

  @Permit('tickets:work')
  @Mutation(() => CallPayload, {
    description: 'Says what came of a call, and puts it into the ticket it was about, or opens one.',
  })
  finishCall(
    @Arg('input', () => FinishCallInput, { description: 'Which call, and what came of it.' }) input: FinishCallInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'finishCall', input, tx => finishCall(tx, context.viewer, input));
  }

  @Permit('social:reply')
  @Mutation(() => CallBackPayload, {
    description: 'Calls back who called, or the customer of a ticket: first the agent’s telephone rings, then theirs.',
  })
  callBack(
    @Arg('input', () => CallBackInput, { description: 'Whom, and which telephone rings first.' }) input: CallBackInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'callBack', input, tx => callBack(tx, this.outbox, context, input));
  }
}

@Resolver(() => Customer)
export class CustomerCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Telephone calls with it, under all its identities; none for who may not read support.',
  })
  calls(@Root() { id }: Customer, @Args(() => CallsArgs) args: CallsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(CallHandling, callsOfCustomer, id, args);
  }
}

@Resolver(() => Ticket)
export class TicketCallsResolver {
  @FieldResolver(() => CallConnection, {
    description: 'Telephone calls about it; none for who may not read support.',
  })
  calls(@Root() { id }: Ticket, @Args(() => CallsArgs) args: CallsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(CallHandling, callsOfTicket, id, args);
  }
}
