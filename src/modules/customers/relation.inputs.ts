import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CalendarDate, MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';
import { RelationKind } from './relation.entity.js';

@InputType({ description: 'Ties one customer to another; the same tie again changes its detail and dates.' })
export class RelateCustomersInput extends MutationInput {
  @Field(() => ID, { description: 'Who is, for example, an employee of the other.' })
  fromId: string;
  @Field(() => ID, { description: 'The other one.' })
  toId: string;
  @Field(() => RelationKind, { description: 'How they stand to each other.' })
  kind: RelationKind;
  @Field(() => String, { nullable: true, description: 'More about it, such as "sister".' })
  detail?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'Since when.' })
  since?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'Until when.' })
  until?: string | null;
}

@InputType({ description: 'Undoes a tie between two customers.' })
export class UnrelateCustomersInput extends MutationInput {
  @Field(() => ID, { description: 'The relation.' })
  id: string;
}

@ObjectType({ description: 'The two ends of a relation.', simpleResolvers: true })
export class RelationPayload extends MutationPayload {
  @Reference(() => Customer, 'fromId', { nullable: true, description: 'The one end.' })
  from?: Customer;
  @Reference(() => Customer, 'toId', { nullable: true, description: 'The other end.' })
  to?: Customer;
}
