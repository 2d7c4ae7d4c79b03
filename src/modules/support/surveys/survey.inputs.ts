import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  IntFilter,
  Json,
  MutationInput,
  orderInputOf,
  PageArgs,
} from '../../../platform/schema/index.js';
import { TicketChannel, TicketType } from '../tickets/ticket.states.rules.js';
import { SurveyKind, SurveyTrigger } from './survey.rules.js';

@InputType({ description: 'A survey to be made.' })
export class CreateSurveyInput extends MutationInput {
  @Field({ description: 'What it is called among us.' })
  name: string;
  @Field(() => SurveyKind, { description: 'What it asks for.' })
  kind: SurveyKind;
  @Field(() => SurveyTrigger, { nullable: true, description: 'When customers are asked; SOLVED unless said.' })
  trigger?: SurveyTrigger | null;
  @Field(() => Json, {
    nullable: true,
    description: 'The words it is asked in, by language: { "es": { "question": "…", "thanks": "…" } }.',
  })
  texts?: unknown;
  @Field(() => Int, {
    nullable: true,
    description: 'How long after that they are asked, up to 43,200; at once unless said.',
  })
  delayMinutes?: number | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Only for tickets that came by these channels.' })
  channels?: TicketChannel[] | null;
  @Field(() => [TicketType], { nullable: true, description: 'Only for tickets of these types.' })
  types?: TicketType[] | null;
  @Field(() => Int, { nullable: true, description: 'For how many days a customer is then left alone; 30 unless said.' })
  restDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'For how many days it can be answered, 1 to 90; 14 unless said.' })
  validDays?: number | null;
}

@InputType({ description: 'How a survey changes; what is left out stays.' })
export class UpdateSurveyInput extends MutationInput {
  @Field(() => ID, { description: 'The survey.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called among us.' })
  name?: string | null;
  @Field(() => SurveyTrigger, { nullable: true, description: 'When customers are asked.' })
  trigger?: SurveyTrigger | null;
  @Field(() => Json, { nullable: true, description: 'The words it is asked in, by language; all of them.' })
  texts?: unknown;
  @Field(() => Int, { nullable: true, description: 'How long after that they are asked, in minutes.' })
  delayMinutes?: number | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Only for tickets that came by these channels.' })
  channels?: TicketChannel[] | null;
  @Field(() => [TicketType], { nullable: true, description: 'Only for tickets of these types.' })
  types?: TicketType[] | null;
  @Field(() => Int, { nullable: true, description: 'For how many days a customer is then left alone.' })
  restDays?: number | null;
  @Field(() => Int, { nullable: true, description: 'For how many days it can be answered.' })
  validDays?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether anybody is asked.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Asks the customer of a ticket.' })
export class SendSurveyInput extends MutationInput {
  @Field(() => ID, { description: 'The survey.' })
  surveyId: string;
  @Field(() => ID, { description: 'The ticket they are asked about.' })
  ticketId: string;
}

@InputType({ description: 'What a customer who is signed in answers about one of its tickets.' })
export class AnswerSurveyInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket; the survey they were asked last about it is answered.' })
  ticketId: string;
  @Field(() => Int, { description: 'CSAT from 1 to 5, NPS from 0 to 10, CES from 1 to 7.' })
  score: number;
  @Field(() => String, { nullable: true, description: 'What they say beside it, up to 5,000 characters.' })
  comment?: string | null;
}

export enum SurveyResponseOrderField {
  ANSWERED_AT = 'ANSWERED_AT',
  SCORE = 'SCORE',
}
registerEnumType(SurveyResponseOrderField, {
  name: 'SurveyResponseOrderField',
  description: 'What answers to surveys are ordered by.',
  valuesConfig: {
    ANSWERED_AT: { description: 'When they were given.' },
    SCORE: { description: 'What was given.' },
  },
});

const SurveyResponseOrder = orderInputOf(SurveyResponseOrderField, 'SurveyResponse');
const SurveyKindFilter = enumFilterOf(SurveyKind, 'SurveyKind');
const SurveyChannelFilter = enumFilterOf(TicketChannel, 'SurveyChannel');

@InputType({ description: 'Which answers to surveys; all conditions must hold.' })
export class SurveyResponseFilter {
  @Field(() => SurveyKindFilter, { nullable: true, description: 'By what was asked for.' })
  kind?: object;
  @Field(() => SurveyChannelFilter, { nullable: true, description: 'By the channel they were asked by.' })
  channel?: object;
  @Field(() => IntFilter, { nullable: true, description: 'By what was given.' })
  score?: IntFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By survey.' })
  surveyId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By ticket.' })
  ticketId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By customer.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who looked after the ticket.' })
  memberId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that did.' })
  teamId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were given.' })
  answeredAt?: DateTimeFilter;
}

@ArgsType()
export class SurveyResponsesArgs extends PageArgs {
  @Field(() => SurveyResponseFilter, { nullable: true, description: 'Only these.' })
  filter?: SurveyResponseFilter;
  @Field(() => [SurveyResponseOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof SurveyResponseOrder>[];
}
