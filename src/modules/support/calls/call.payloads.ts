import { ObjectType } from 'type-graphql';
import { MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Reply } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { CallDisposition } from './call-disposition.entity.js';
import { CallHandling } from './call-handling.entity.js';

@ObjectType({ description: 'A call after something was said of it.', simpleResolvers: true })
export class CallPayload extends MutationPayload {
  @Reference(() => CallHandling, 'callId', { nullable: true, description: 'The call.' })
  call?: CallHandling;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket it is about.' })
  ticket?: Ticket;
}

@ObjectType({ description: 'A call that is being placed.', simpleResolvers: true })
export class CallBackPayload extends MutationPayload {
  @Reference(() => Reply, 'replyId', { nullable: true, description: 'The call on its way to the telephone network.' })
  reply?: Reply;
}

@ObjectType({ description: 'A disposition after it was changed.', simpleResolvers: true })
export class CallDispositionPayload extends MutationPayload {
  @Reference(() => CallDisposition, 'callDispositionId', { nullable: true, description: 'The disposition.' })
  callDisposition?: CallDisposition;
}
