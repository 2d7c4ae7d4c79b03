import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  CalendarDate,
  connectionOf,
  DateFilter,
  DateTimeFilter,
  Decimal,
  DecimalFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Quote } from './quote.entity.js';
import { QuoteStatus } from './quote.states.rules.js';
import { QuoteLineInput } from './quote-line.inputs.js';

const versionOptions = {
  nullable: true,
  description: 'The version you have seen: when it has changed since, nothing is done.',
};

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

/** What can be said of a quote, new, changed or revised. */
@InputType()
export abstract class QuoteFields {
  @Field(() => String, { nullable: true, description: 'What it is about, on one line.' })
  title?: string | null;
  @Field(() => String, { nullable: true, description: 'Under which terms it is offered.' })
  terms?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Language of its document: en, es or pt, with a region or without; the customer's unless said.",
  })
  language?: string | null;
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day it can be accepted; 30 days from today unless said.',
  })
  validUntil?: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Taken off the whole, in percent, beside what lines give.' })
  discountPercent?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who looks after it: a member.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that looks after it.' })
  teamId?: string | null;
}

@InputType({ description: 'A quote to be written, as a draft.' })
export class CreateQuoteItem extends QuoteFields {
  @Field(() => ID, { nullable: true, description: "To whom it is offered; the opportunity's customer unless said." })
  customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The opportunity it is for; accepting it wins that.' })
  opportunityId?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Currency of all its prices, ISO 4217; the opportunity's unless said, or else that of the first price given or found.",
  })
  currency?: string | null;
  @Field(() => [QuoteLineInput], {
    nullable: true,
    description: "What is offered; the opportunity's products unless said.",
  })
  lines?: QuoteLineInput[] | null;
}

@InputType({ description: 'Writes a quote, as a draft.' })
export class CreateQuoteInput extends CreateQuoteItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Quotes to be written, up to 200.' })
export class CreateQuotesInput extends MutationInput {
  @Field(() => [CreateQuoteItem], { description: 'Each is written or refused by itself.' })
  items: CreateQuoteItem[];
}

@InputType({ description: 'Changes a draft; what is left out stays.' })
export class UpdateQuoteInput extends QuoteFields {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
  @Field(() => ID, { description: 'The quote.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => [QuoteLineInput], { nullable: true, description: 'What is offered; replaces all lines.' })
  lines?: QuoteLineInput[] | null;
}

@InputType({ description: 'Writes a new revision of a quote, as a draft; what is left out is as it was.' })
export class ReviseQuoteInput extends UpdateQuoteInput {}

@InputType({ description: 'Names a quote.' })
export class QuoteInput extends MutationInput {
  @Field(() => ID, { description: 'The quote.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'A quote to be approved, where that is needed.' })
export class SubmitQuoteItem {
  @Field(() => ID, { description: 'The quote.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What whoever approves it should know.' })
  reason?: string | null;
}

@InputType({ description: 'Asks for a quote to be approved, where that is needed.' })
export class SubmitQuoteInput extends SubmitQuoteItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Quotes to be approved, where that is needed, up to 200.' })
export class SubmitQuotesInput extends MutationInput {
  @Field(() => [SubmitQuoteItem], { description: 'Each is submitted or refused by itself.' })
  items: SubmitQuoteItem[];
}

@InputType({ description: 'A decision about a quote that waits for approval.' })
export class DecideQuoteItem {
  @Field(() => ID, { description: 'The quote.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What there is to say about it.' })
  note?: string | null;
}

@InputType({ description: 'Decisions about quotes that wait for approval, up to 200.' })
export class DecideQuotesInput extends MutationInput {
  @Field(() => [DecideQuoteItem], { description: 'Each is decided or refused by itself.' })
  items: DecideQuoteItem[];
}

@InputType({ description: 'Decides about a quote that waits for approval.' })
export class DecideQuoteInput extends DecideQuoteItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Accepts a quote: there is an order, and its opportunity is won.' })
export class AcceptQuoteInput extends QuoteInput {
  @Field(() => String, { nullable: true, description: 'Name of who accepted it; you, unless said.' })
  acceptedBy?: string | null;
}

@InputType({ description: 'Declines a quote.' })
export class DeclineQuoteInput extends QuoteInput {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

export enum QuoteOrderField {
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  NUMBER = 'NUMBER',
  VALID_UNTIL = 'VALID_UNTIL',
  SENT_AT = 'SENT_AT',
  TOTAL = 'TOTAL',
}
registerEnumType(QuoteOrderField, {
  name: 'QuoteOrderField',
  description: 'What quotes are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were written.' },
    UPDATED_AT: { description: 'When they last changed.' },
    NUMBER: { description: 'Their number.' },
    VALID_UNTIL: { description: 'The last day they can be accepted.' },
    SENT_AT: { description: 'When they were sent.' },
    TOTAL: { description: 'What is to be paid, whatever the currency.' },
  },
});

export const QuoteOrder = orderInputOf(QuoteOrderField, 'Quote');
export const QuoteConnection = connectionOf(Quote, 'Quote');
const QuoteStatusFilter = enumFilterOf(QuoteStatus, 'QuoteStatus');

@InputType({ description: 'Which quotes; all conditions must hold.' })
export class QuoteFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By number.' })
  number?: StringFilter;
  @Field(() => QuoteStatusFilter, { nullable: true, description: 'By how far they have come.' })
  status?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => DecimalFilter, { nullable: true, description: 'By what is to be paid, whatever the currency.' })
  total?: DecimalFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By opportunity.' })
  opportunityId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that looks after them.' })
  teamId?: IdFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the last day they can be accepted.' })
  validUntil?: DateFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were sent.' })
  sentAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were written.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => [QuoteFilter], { nullable: true, description: 'All of these.' })
  and?: QuoteFilter[];
  @Field(() => [QuoteFilter], { nullable: true, description: 'At least one of these.' })
  or?: QuoteFilter[];
  @Field(() => QuoteFilter, { nullable: true, description: 'Not this.' })
  not?: QuoteFilter;
}

@ArgsType()
export class QuotesArgs extends PageArgs {
  @Field(() => QuoteFilter, { nullable: true, description: 'Only these.' })
  filter?: QuoteFilter;
  @Field(() => [QuoteOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof QuoteOrder>[];
}
