import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Ticket } from './ticket.entity.js';

@ObjectType({ description: 'A ticket after it was changed.', simpleResolvers: true })
export class TicketPayload extends MutationPayload {
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket, where you may still see it.' })
  ticket?: Ticket;
}

@ObjectType({ description: 'What became of one ticket of a batch.', simpleResolvers: true })
export class TicketBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket, unless the item was refused.' })
  ticket?: Ticket;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each ticket of a batch.', simpleResolvers: true })
export class TicketsPayload extends MutationPayload {
  @Field(() => [TicketBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: TicketBatchResult[];
}
