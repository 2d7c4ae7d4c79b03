import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  IntFilter,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { LeadSource, LeadStatus } from './lead.entity.js';

export enum LeadOrderField {
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  SCORE = 'SCORE',
  NAME = 'NAME',
}
registerEnumType(LeadOrderField, {
  name: 'LeadOrderField',
  description: 'What leads are ordered by.',
  valuesConfig: {
    CREATED_AT: { description: 'When they were first kept.' },
    UPDATED_AT: { description: 'When they last changed.' },
    SCORE: { description: 'How promising they are.' },
    NAME: { description: 'Their name.' },
  },
});

const LeadOrder = orderInputOf(LeadOrderField, 'Lead');
const LeadStatusFilter = enumFilterOf(LeadStatus, 'LeadStatus');
const LeadSourceFilter = enumFilterOf(LeadSource, 'LeadSource');

@InputType({ description: 'Which leads; all conditions must hold.' })
export class LeadFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => LeadStatusFilter, { nullable: true, description: 'By how far they have come.' })
  status?: object;
  @Field(() => LeadSourceFilter, { nullable: true, description: 'By where they came from.' })
  source?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By company.' })
  companyName?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By e-mail address, as it is stored.' })
  email?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By telephone number, E.164.' })
  phone?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By country.' })
  country?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By industry.' })
  industry?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By id in the system they came from.' })
  externalId?: StringFilter;
  @Field(() => IntFilter, { nullable: true, description: 'By score.' })
  score?: IntFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that looks after them.' })
  teamId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the territory they lie in, without those below it.' })
  territoryId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the customer they became.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the post that made them leads.' })
  postId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were first kept.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
  @Field(() => [LeadFilter], { nullable: true, description: 'All of these.' })
  and?: LeadFilter[];
  @Field(() => [LeadFilter], { nullable: true, description: 'At least one of these.' })
  or?: LeadFilter[];
  @Field(() => LeadFilter, { nullable: true, description: 'Not this.' })
  not?: LeadFilter;
}

@ArgsType()
export class LeadsArgs extends PageArgs {
  @Field(() => LeadFilter, { nullable: true, description: 'Only these.' })
  filter?: LeadFilter;
  @Field(() => [LeadOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof LeadOrder>[];
}
