import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateFilter,
  DateTimeFilter,
  DecimalFilter,
  enumFilterOf,
  IdFilter,
  orderInputOf,
  StringFilter,
} from '../../../platform/schema/index.js';
import { ForecastCategory, OpportunityStatus } from './opportunity.kinds.rules.js';

export enum OpportunityOrderField {
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  STAGE_ENTERED_AT = 'STAGE_ENTERED_AT',
  EXPECTED_CLOSE_ON = 'EXPECTED_CLOSE_ON',
  CLOSED_AT = 'CLOSED_AT',
  AMOUNT = 'AMOUNT',
  NAME = 'NAME',
}
registerEnumType(OpportunityOrderField, {
  name: 'OpportunityOrderField',
  description: 'What opportunities are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were first kept.' },
    UPDATED_AT: { description: 'When they last changed.' },
    STAGE_ENTERED_AT: { description: 'Since when they are in their stage.' },
    EXPECTED_CLOSE_ON: { description: 'The day they are expected to be decided.' },
    CLOSED_AT: { description: 'When they were won or lost; open ones count as the latest.' },
    AMOUNT: { description: 'What they are worth, whatever the currency; those without count as the largest.' },
    NAME: { description: 'What they are called.' },
  },
});

export const OpportunityOrder = orderInputOf(OpportunityOrderField, 'Opportunity');
const OpportunityStatusFilter = enumFilterOf(OpportunityStatus, 'OpportunityStatus');
const ForecastCategoryFilter = enumFilterOf(ForecastCategory, 'ForecastCategory');

@InputType({ description: 'Which opportunities; all conditions must hold.' })
export class OpportunityFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By what they are called.' })
  name?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who may buy.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By pipeline.' })
  pipelineId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By stage.' })
  stageId?: IdFilter;
  @Field(() => OpportunityStatusFilter, { nullable: true, description: 'By whether they are open, won or lost.' })
  status?: object;
  @Field(() => DecimalFilter, { nullable: true, description: 'By what they are worth, whatever the currency.' })
  amount?: DecimalFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By currency.' })
  currency?: StringFilter;
  @Field(() => DateFilter, { nullable: true, description: 'By the day they are expected to be decided.' })
  expectedCloseOn?: DateFilter;
  @Field(() => ForecastCategoryFilter, {
    nullable: true,
    description: 'By how they themselves say they count in forecasts.',
  })
  forecastCategory?: object;
  @Field(() => IdFilter, { nullable: true, description: 'By who sells them.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that sells them.' })
  teamId?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By where they came from.' })
  source?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By why they were won or lost.' })
  closeReasonId?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether they are in their stage for too long.' })
  isRotten?: boolean;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By since when they are in their stage.' })
  stageEnteredAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were won or lost.' })
  closedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were first kept.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => [OpportunityFilter], { nullable: true, description: 'All of these.' })
  and?: OpportunityFilter[];
  @Field(() => [OpportunityFilter], { nullable: true, description: 'At least one of these.' })
  or?: OpportunityFilter[];
  @Field(() => OpportunityFilter, { nullable: true, description: 'Not this.' })
  not?: OpportunityFilter;
}
