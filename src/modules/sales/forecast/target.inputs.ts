import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import {
  CalendarDate,
  DateFilter,
  enumFilterOf,
  IdFilter,
  MoneyInput,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  PublicId,
  Reference,
  UserError,
} from '../../../platform/schema/index.js';
import { SalesTarget, TargetPeriod } from './target.entity.js';

@InputType({ description: 'A target: whose, of which days, and how much.' })
export class SalesTargetItem {
  @Field(() => ID, {
    nullable: true,
    description: 'The member whose it is. With neither a member nor a team it is the whole organisation’s.',
  })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team whose it is.' })
  teamId?: string | null;
  @Field(() => TargetPeriod, { defaultValue: TargetPeriod.MONTH, description: 'How its days are said.' })
  period: TargetPeriod;
  @Field(() => CalendarDate, { description: 'A day of the month, quarter or year; of `DAYS`, the first one.' })
  startsOn: string;
  @Field(() => CalendarDate, { nullable: true, description: 'The last day, itself included; only of `DAYS`.' })
  endsOn?: string | null;
  @Field(() => MoneyInput, { description: 'How much is to be won.' })
  amount: MoneyInput;
  @Field(() => Int, { nullable: true, description: 'Only if it exists and this is still its version.' })
  version?: number | null;
}

@InputType({ description: 'Targets to be set.' })
export class SetSalesTargetsInput extends MutationInput {
  @Field(() => [SalesTargetItem], {
    description: 'Up to 200. One of a holder and days that has a target already changes that one.',
  })
  items: SalesTargetItem[];
}

@InputType({ description: 'Which target is removed.' })
export class RemoveSalesTargetInput extends MutationInput {
  @Field(() => ID, { description: 'The target.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'Only if this is still its version.' })
  version?: number | null;
}

@ObjectType({ description: 'What became of one target of a batch.', simpleResolvers: true })
export class SalesTargetResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => SalesTarget, 'targetId', { nullable: true, description: 'The target, unless the item was refused.' })
  target?: SalesTarget;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each target of a batch.', simpleResolvers: true })
export class SalesTargetsPayload extends MutationPayload {
  @Field(() => [SalesTargetResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: SalesTargetResult[];
}

@ObjectType({ description: 'What became of removing a target.', simpleResolvers: true })
export class RemoveSalesTargetPayload extends MutationPayload {
  @PublicId('sales_target')
  @Field(() => ID, { nullable: true, description: 'Id of the target that is gone.' })
  removedId?: string;
}

export enum SalesTargetOrderField {
  STARTS_ON = 'STARTS_ON',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(SalesTargetOrderField, {
  name: 'SalesTargetOrderField',
  description: 'What targets are ordered by.',
  valuesConfig: {
    STARTS_ON: { description: 'Their first day.' },
    CREATED_AT: { description: 'When they were first set.' },
  },
});

export const SalesTargetOrder = orderInputOf(SalesTargetOrderField, 'SalesTarget');
const TargetPeriodFilter = enumFilterOf(TargetPeriod, 'TargetPeriod');

@InputType({ description: 'Which targets; all conditions must hold.' })
export class SalesTargetFilter {
  @Field(() => IdFilter, { nullable: true, description: 'The member whose it is.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'The team whose it is.' })
  teamId?: IdFilter;
  @Field(() => TargetPeriodFilter, { nullable: true, description: 'How its days were said.' })
  period?: InstanceType<typeof TargetPeriodFilter>;
  @Field(() => DateFilter, { nullable: true, description: 'Its first day.' })
  startsOn?: DateFilter;
  @Field(() => DateFilter, { nullable: true, description: 'Its last day.' })
  endsOn?: DateFilter;
}

@ArgsType()
export class SalesTargetsArgs extends PageArgs {
  @Field(() => SalesTargetFilter, { nullable: true, description: 'Only these.' })
  filter?: SalesTargetFilter;
  @Field(() => [SalesTargetOrder], {
    nullable: true,
    description: 'In this order; the earliest days first unless said.',
  })
  orderBy?: InstanceType<typeof SalesTargetOrder>[];
}
