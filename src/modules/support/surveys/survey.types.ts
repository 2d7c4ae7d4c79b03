import { ArgsType, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Member, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { Survey } from './survey.entity.js';
import { SurveyKind } from './survey.rules.js';

export enum SurveyGroup {
  NONE = 'NONE',
  MEMBER = 'MEMBER',
  TEAM = 'TEAM',
  CHANNEL = 'CHANNEL',
  SURVEY = 'SURVEY',
  CUSTOMER = 'CUSTOMER',
}
registerEnumType(SurveyGroup, {
  name: 'SurveyGroup',
  description: 'What the answers to surveys are grouped by.',
  valuesConfig: {
    NONE: { description: 'All together.' },
    MEMBER: { description: 'By who looked after the ticket.' },
    TEAM: { description: 'By the team that did.' },
    CHANNEL: { description: 'By the channel the ticket came by.' },
    SURVEY: { description: 'By survey.' },
    CUSTOMER: { description: 'By customer.' },
  },
});

export const MOST_GROUPS = 200;

@ArgsType()
export class SurveyReportArgs {
  @Field(() => DateTime, { description: 'Of those who were asked from this moment on.' })
  from: string;
  @Field(() => DateTime, { description: 'Up to this moment, itself not included.' })
  to: string;
  @Field(() => SurveyGroup, { defaultValue: SurveyGroup.NONE, description: 'Grouped by.' })
  groupBy: `${SurveyGroup}`;
  @Field(() => Int, {
    nullable: true,
    defaultValue: MOST_GROUPS,
    description: `How many groups of each kind of survey, 1 to ${MOST_GROUPS}.`,
  })
  first: number;
}

@ObjectType({ description: 'How many gave a score.', simpleResolvers: true })
export class ScoreCount {
  @Field(() => Int, { description: 'The score.' })
  score: number;
  @Field(() => Int, { description: 'How many gave it.' })
  count: number;
}

@ObjectType({ description: 'How content customers are, as they say.', simpleResolvers: true })
export class SurveyFigure {
  @Field(() => SurveyKind, { description: 'What they were asked for.' })
  kind: SurveyKind;
  @Field(() => Int, { description: 'How many were asked.' })
  asked: number;
  @Field(() => Int, { description: 'How many answered.' })
  answered: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'CSAT: percent who gave 4 or 5. NPS: percent who gave 9 or 10 less percent who gave 6 or less. CES: the mean. Nothing when nobody answered.',
  })
  score: number | null;
  @Field(() => [ScoreCount], { description: 'How many gave each score.' })
  distribution: ScoreCount[];
}

@ObjectType({ description: 'How content customers are, of one group.', simpleResolvers: true })
export class SurveyReportRow extends SurveyFigure {
  @Field(() => TicketChannel, { nullable: true, description: 'The channel, where grouped by it.' })
  channel: TicketChannel | null;
  memberId: string | null;
  @Reference(() => Member, 'memberId', { nullable: true, description: 'Who, where grouped by that.' })
  member?: Member;
  teamId: string | null;
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team, where grouped by it.' })
  team?: Team;
  surveyId: string | null;
  @Reference(() => Survey, 'surveyId', { nullable: true, description: 'The survey, where grouped by it.' })
  survey?: Survey;
  customerId: string | null;
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer, where grouped by it.' })
  customer?: Customer;
}
