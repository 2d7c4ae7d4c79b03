import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDate, Decimal, MoneyInput, MutationInput } from '../../../platform/schema/index.js';
import { ForecastCategory, OpportunityContactRole } from './opportunity.kinds.rules.js';

@InputType({ description: 'Somebody who has a part in the decision to buy.' })
export class OpportunityContactInput {
  @Field(() => ID, { description: 'The customer who has it.' })
  customerId: string;
  @Field(() => OpportunityContactRole, { description: 'Which part.' })
  role: OpportunityContactRole;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is whom to speak to first.' })
  isPrimary?: boolean | null;
}

@InputType({ description: 'A product that may be bought.' })
export class OpportunityLineInput {
  @Field(() => ID, { description: 'The product.' })
  productId: string;
  @Field(() => Decimal, { description: 'How much of it, in its unit; more than nothing.' })
  quantity: string;
  @Field(() => Decimal, {
    nullable: true,
    description:
      'What one costs, in the currency of the opportunity, without tax; what the price books ask of the customer unless said.',
  })
  unitPrice?: string | null;
  @Field(() => Decimal, { nullable: true, description: 'What is taken off, from 0 to 100; nothing unless said.' })
  discountPercent?: string | null;
}

/** What can be said of an opportunity, new or known. */
@InputType()
export abstract class OpportunityFields {
  @Field(() => MoneyInput, {
    nullable: true,
    description: 'What it is worth. Where it has products, their sum stands in for the amount.',
  })
  amount?: MoneyInput | null;
  @Field(() => CalendarDate, { nullable: true, description: 'The day it is expected to be decided.' })
  expectedCloseOn?: string | null;
  @Field(() => ForecastCategory, {
    nullable: true,
    description: 'How it counts in forecasts; as its stage does unless said.',
  })
  forecastCategory?: ForecastCategory | null;
  @Field(() => ID, { nullable: true, description: 'Who sells it: a member.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that sells it.' })
  teamId?: string | null;
  @Field(() => String, { nullable: true, description: 'Where it came from, in your own words, up to 100 characters.' })
  source?: string | null;
  @Field(() => ID, { nullable: true, description: 'The post it came of.' })
  postId?: string | null;
  @Field(() => String, { nullable: true, description: 'What is to be done next, up to 500 characters.' })
  nextStep?: string | null;
  @Field(() => CalendarDate, { nullable: true, description: 'By which day.' })
  nextStepDueOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Its id in the system it came from; one opportunity has it.' })
  externalId?: string | null;
  @Field(() => [OpportunityLineInput], {
    nullable: true,
    description: 'What may be bought, up to 200; replaces what was there.',
  })
  products?: OpportunityLineInput[] | null;
}

@InputType({ description: 'An opportunity to keep.' })
export class CreateOpportunityItem extends OpportunityFields {
  @Field({ description: 'What it is called, up to 200 characters.' })
  name: string;
  @Field(() => ID, { description: 'The customer who may buy.' })
  customerId: string;
  @Field(() => ID, {
    nullable: true,
    description: "The pipeline it goes through; that of the stage, or the organisation's own.",
  })
  pipelineId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The stage it begins in; the first unless said.' })
  stageId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The lead it came of; one opportunity comes of a lead.' })
  leadId?: string | null;
  @Field(() => [OpportunityContactInput], { nullable: true, description: 'Who has a part in the decision, up to 50.' })
  contacts?: OpportunityContactInput[] | null;
  @Field(() => [ID], { nullable: true, description: 'Competitors who want to sell it, too.' })
  competitorIds?: string[] | null;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'Keeps an opportunity.' })
export class CreateOpportunityInput extends CreateOpportunityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

const versionOptions = {
  nullable: true,
  description: 'The version you have seen: when it has changed since, nothing is done.',
};

@InputType({ description: 'What to change of an opportunity; what is left out stays.' })
export class UpdateOpportunityItem extends OpportunityFields {
  @Field(() => ID, { description: 'The opportunity.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called, up to 200 characters.' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: 'The customer who may buy.' })
  customerId?: string | null;
}

@InputType({ description: 'Changes an opportunity; what is left out stays.' })
export class UpdateOpportunityInput extends UpdateOpportunityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Opportunities to keep, up to 200.' })
export class CreateOpportunitiesInput extends MutationInput {
  @Field(() => [CreateOpportunityItem], { description: 'Each is kept or refused by itself.' })
  items: CreateOpportunityItem[];
}

@InputType({ description: 'Opportunities to change, up to 200.' })
export class UpdateOpportunitiesInput extends MutationInput {
  @Field(() => [UpdateOpportunityItem], { description: 'Each is changed or refused by itself.' })
  items: UpdateOpportunityItem[];
}
