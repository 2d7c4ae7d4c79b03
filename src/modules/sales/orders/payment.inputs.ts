import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  DateFilter,
  DecimalFilter,
  IdFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Payment } from './payment.entity.js';

export const PaymentConnection = connectionOf(Payment, 'Payment');

export enum PaymentOrderField {
  PAID_ON = 'PAID_ON',
  AMOUNT = 'AMOUNT',
}
registerEnumType(PaymentOrderField, {
  name: 'PaymentOrderField',
  description: 'What payments are ordered by.',
  valuesConfig: {
    PAID_ON: { description: 'The day they were made.' },
    AMOUNT: { description: 'How much they are, whatever the currency.' },
  },
});

export const PaymentOrder = orderInputOf(PaymentOrderField, 'Payment');

@InputType({ description: 'Which payments; all conditions must hold.' })
export class PaymentFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By their id in the ERP.' })
  externalId?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By invoice.' })
  invoiceId?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => DecimalFilter, { nullable: true, description: 'By how much they are, whatever the currency.' })
  amount?: DecimalFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By how they were made.' })
  method?: StringFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the day they were made.' })
  paidOn?: DateFilter;
  @Field(() => [PaymentFilter], { nullable: true, description: 'All of these.' })
  and?: PaymentFilter[];
  @Field(() => [PaymentFilter], { nullable: true, description: 'At least one of these.' })
  or?: PaymentFilter[];
  @Field(() => PaymentFilter, { nullable: true, description: 'Not this.' })
  not?: PaymentFilter;
}

@ArgsType()
export class PaymentsArgs extends PageArgs {
  @Field(() => PaymentFilter, { nullable: true, description: 'Only these.' })
  filter?: PaymentFilter;
  @Field(() => [PaymentOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof PaymentOrder>[];
}
