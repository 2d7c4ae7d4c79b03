import { Field, Int, ObjectType } from 'type-graphql';
import { Money, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Contract } from './contract.entity.js';

@ObjectType({ description: 'A contract after it was changed.', simpleResolvers: true })
export class ContractPayload extends MutationPayload {
  @Reference(() => Contract, 'contractId', { nullable: true, description: 'The contract, where you may still see it.' })
  contract?: Contract;
}

@ObjectType({ description: 'What contracts bring again and again, in one currency.', simpleResolvers: true })
export class RecurringRevenue {
  @Field({ description: 'ISO 4217.' })
  currency: string;
  @Field(() => Int, { description: 'How many contracts.' })
  contracts: number;
  @Field(() => Money, {
    description:
      'A month, before tax: what is paid by the quarter counts a third, by the year a twelfth; rounded once, at the end.',
  })
  monthly: Money;
  @Field(() => Money, { description: 'A year: twelve months, rounded once.' })
  yearly: Money;
}
