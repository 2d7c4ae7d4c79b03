import { Field, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import {
  DateTime,
  Derived,
  Money,
  MutationPayload,
  moneyOf,
  Reference,
  UserError,
} from '../../../platform/schema/index.js';
import { Order } from './order.entity.js';

@ObjectType({ description: 'An order after it was changed.', simpleResolvers: true })
export class OrderPayload extends MutationPayload {
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order, where you may still see it.' })
  order?: Order;
}

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class OrderBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Field(() => Boolean, { description: 'Whether it was placed now, rather than known already.' })
  created: boolean;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order, unless the item was refused.' })
  order?: Order;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each item of a batch.', simpleResolvers: true })
export class OrdersPayload extends MutationPayload {
  @Field(() => [OrderBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: OrderBatchResult[];
}

@ObjectType({ description: 'What became of one delivery of a batch.', simpleResolvers: true })
export class DeliveryBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order, unless the item was refused.' })
  order?: Order;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each delivery of a batch.', simpleResolvers: true })
export class DeliveriesPayload extends MutationPayload {
  @Field(() => [DeliveryBatchResult], {
    nullable: true,
    description: 'One answer an item, in the order of the input.',
  })
  results?: DeliveryBatchResult[];
}

/** What a customer has bought, as one row a currency. */
export interface PurchasesRow {
  currency: string;
  orders: number;
  total: string;
  firstOrderAt: string;
  lastOrderAt: string;
}

@ObjectType({
  description:
    'What a customer has bought in one currency; orders that were called off or came back count for nothing.',
  simpleResolvers: true,
})
export class CustomerPurchases {
  @Field({ description: 'ISO 4217.' })
  currency: string;
  @Field(() => Int, { description: 'How many orders.' })
  orders: number;
  @Derived(({ total, currency }: PurchasesRow) => moneyOf(total, currency))
  @Field(() => Money, { description: 'What was paid for them, or will be.' })
  total: Money;
  @Field(() => DateTime, { description: 'When the first was placed.' })
  firstOrderAt: string;
  @Field(() => DateTime, { description: 'When the last was placed.' })
  lastOrderAt: string;
}
