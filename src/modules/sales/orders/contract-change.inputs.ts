import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDate, Decimal, MoneyInput, MutationInput } from '../../../platform/schema/index.js';
import { BillingPeriod } from '../catalogue/product.entity.js';

const versionOptions = {
  nullable: true,
  description: 'The version you have seen; a CONFLICT where it has changed since.',
};

@InputType()
export abstract class ContractFields extends MutationInput {
  @Field(() => String, { nullable: true, description: 'What it is about; the name of the product unless said.' })
  name?: string | null;
  @Field(() => Decimal, { nullable: true, description: 'How many of the product; 1 unless said.' })
  quantity?: string | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: "What is paid every billing period, before tax; what the customer's price book says unless given.",
  })
  amount?: MoneyInput | null;
  @Field(() => BillingPeriod, { nullable: true, description: "How often it is paid; as the product's unless said." })
  billingPeriod?: BillingPeriod | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How many months it runs until it is renewed, from 1 to 120; 12 unless said.',
  })
  termMonths?: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is renewed unless notice is given, which it is unless said.',
  })
  renewsItself?: boolean | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How many days before the next term notice is to be given; 0 unless said.',
  })
  noticeDays?: number | null;
  @Field(() => ID, { nullable: true, description: "Who looks after it: a member; the customer's owner unless said." })
  ownerId?: string | null;
}

@InputType({ description: 'A contract to make.' })
export class CreateContractInput extends ContractFields {
  @Field(() => ID, { description: 'Whose it is.' })
  customerId: string;
  @Field(() => ID, { nullable: true, description: 'The product it is about.' })
  productId?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'The first day it holds; today unless said.' })
  startsOn?: string | null;
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day it no longer holds, for one that ends by itself and is not renewed.',
  })
  endsOn?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its id in the system it came from: sent again with it, the first contract is answered.',
  })
  externalId?: string | null;
}

@InputType({ description: 'What changes of a contract; what is left out stays.' })
export class UpdateContractInput extends ContractFields {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'Notice for a contract.' })
export class CancelContractInput extends MutationInput {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The first day it no longer holds, where that was agreed; else the end of this term, or of the next one when it is too late for notice.',
  })
  endsOn?: string | null;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'A contract to renew for one more term.' })
export class RenewContractInput extends MutationInput {
  @Field(() => ID, { description: 'Which.' })
  id: string;
  @Field(() => MoneyInput, { nullable: true, description: 'What is paid every billing period from now on, if other.' })
  amount?: MoneyInput | null;
  @Field(() => Int, versionOptions)
  version?: number | null;
}
