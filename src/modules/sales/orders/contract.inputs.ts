import { ArgsType, Field, InputType, Int, registerEnumType } from 'type-graphql';
import {
  CalendarDate,
  connectionOf,
  DateFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { BillingPeriod } from '../catalogue/product.entity.js';
import { Contract, ContractStatus } from './contract.entity.js';

export const ContractConnection = connectionOf(Contract, 'Contract');

export enum ContractOrderField {
  CREATED_AT = 'CREATED_AT',
  STARTS_ON = 'STARTS_ON',
  RENEWS_ON = 'RENEWS_ON',
  NUMBER = 'NUMBER',
  AMOUNT = 'AMOUNT',
}
registerEnumType(ContractOrderField, {
  name: 'ContractOrderField',
  description: 'What contracts are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were first kept.' },
    STARTS_ON: { description: 'The first day they hold.' },
    RENEWS_ON: { description: 'The first day of their next term.' },
    NUMBER: { description: 'Their number.' },
    AMOUNT: { description: 'What is paid every billing period, whatever the currency.' },
  },
});

export const ContractOrder = orderInputOf(ContractOrderField, 'Contract');
const ContractStatusFilter = enumFilterOf(ContractStatus, 'ContractStatus');
const BillingPeriodFilter = enumFilterOf(BillingPeriod, 'BillingPeriod');

@InputType({ description: 'Which contracts; all conditions must hold.' })
export class ContractFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By number.' })
  number?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By what they are about.' })
  name?: StringFilter;
  @Field(() => ContractStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => BillingPeriodFilter, { nullable: true, description: 'By how often they are paid.' })
  billingPeriod?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => Boolean, { nullable: true, description: 'Are renewed unless notice is given, or not.' })
  renewsItself?: boolean;
  @Field(() => Int, {
    nullable: true,
    description: 'Those that hold and whose next term begins within so many days, today included.',
  })
  renewsWithinDays?: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Those that hold and for which notice ends within so many days, today included.',
  })
  noticeWithinDays?: number;
  @Field(() => StringFilter, { nullable: true, description: 'By their id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the order they were made from.' })
  orderId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By product.' })
  productId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  ownerId?: IdFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the first day they hold.' })
  startsOn?: DateFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the first day of their next term.' })
  renewsOn?: DateFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the first day they no longer hold.' })
  endsOn?: DateFilter;
  @Field(() => [ContractFilter], { nullable: true, description: 'All of these.' })
  and?: ContractFilter[];
  @Field(() => [ContractFilter], { nullable: true, description: 'At least one of these.' })
  or?: ContractFilter[];
  @Field(() => ContractFilter, { nullable: true, description: 'Not this.' })
  not?: ContractFilter;
}

@ArgsType()
export class ContractsArgs extends PageArgs {
  @Field(() => ContractFilter, { nullable: true, description: 'Only these.' })
  filter?: ContractFilter;
  @Field(() => [ContractOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof ContractOrder>[];
}

@ArgsType()
export class RecurringRevenueArgs {
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'On this day; today unless said. Amounts are those of today.',
  })
  on?: string;
}
