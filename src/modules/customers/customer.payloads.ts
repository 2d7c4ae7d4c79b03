import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { InputProblem } from '../../platform/errors.js';
import { MutationPayload, Reference, UserError } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

@ObjectType({ description: 'A customer after it was changed.', simpleResolvers: true })
export class CustomerPayload extends MutationPayload {
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer, where you may still see it.' })
  customer?: Customer;
}

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class CustomerBatchResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Field(() => Boolean, { description: 'Whether it was kept for the first time.' })
  created: boolean;
  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The customer, unless the item was refused.',
  })
  customer?: Customer;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each item of a batch.', simpleResolvers: true })
export class CustomersPayload extends MutationPayload {
  @Field(() => [CustomerBatchResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: CustomerBatchResult[];
}

@ObjectType({ description: 'What was erased.', simpleResolvers: true })
export class EraseCustomerPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the customer that is no more.' })
  erasedCustomerId?: string;
}
