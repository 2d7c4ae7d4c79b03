import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../../platform/schema/index.js';
import { Order } from '../orders/order.entity.js';
import { Quote } from './quote.entity.js';

@ObjectType({ description: 'A quote after it was changed.', simpleResolvers: true })
export class QuotePayload extends MutationPayload {
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote, where you may still see it.' })
  quote?: Quote;
}

@ObjectType({ description: 'A quote that was sent.', simpleResolvers: true })
export class SendQuotePayload extends MutationPayload {
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote, where you may still see it.' })
  quote?: Quote;
  @Field(() => String, {
    nullable: true,
    description:
      'Where the customer reads and answers it without signing in. It is told this once, and ends the link that was given before.',
  })
  link?: string | null;
}

@ObjectType({ description: 'What an accepted quote became.', simpleResolvers: true })
export class AcceptQuotePayload extends MutationPayload {
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote, where you may still see it.' })
  quote?: Quote;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order; of a quote there is one.' })
  order?: Order;
}

@ObjectType({ description: 'What became of one quote of a batch.', simpleResolvers: true })
export class QuoteBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Quote, 'quoteId', { nullable: true, description: 'The quote, unless the item was refused.' })
  quote?: Quote;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each quote of a batch.', simpleResolvers: true })
export class QuotesPayload extends MutationPayload {
  @Field(() => [QuoteBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: QuoteBatchResult[];
}
