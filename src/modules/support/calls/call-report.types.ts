import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate, Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { CallDisposition } from './call-disposition.entity.js';

export enum CallReportGroup {
  QUEUE = 'QUEUE',
  AGENT = 'AGENT',
  DISPOSITION = 'DISPOSITION',
  DAY = 'DAY',
  HOUR = 'HOUR',
}
registerEnumType(CallReportGroup, {
  name: 'CallReportGroup',
  description: 'What calls are counted by.',
  valuesConfig: {
    QUEUE: { description: 'The queue they came by.' },
    AGENT: { description: 'Who took them: the member, or the extension where no member said so.' },
    DISPOSITION: { description: 'What came of them.' },
    DAY: { description: 'The day they began, in the time zone of the organisation.' },
    HOUR: { description: 'The hour of the day they began, 00 to 23, in the time zone of the organisation.' },
  },
});

@ObjectType({ description: 'How a part of the calls went.', simpleResolvers: true })
export class CallReportRow {
  memberId: string | null;
  dispositionId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The queue, extension, day or hour; nothing where it is a record, or there is none.',
  })
  key: string | null;
  @Reference(() => Member, 'memberId', { nullable: true, description: 'By AGENT: who of us.' })
  member?: Member;
  @Reference(() => CallDisposition, 'dispositionId', { nullable: true, description: 'By DISPOSITION: which.' })
  disposition?: CallDisposition;
  @Field(() => Int, { description: 'How many people called us.' })
  inbound: number;
  @Field(() => Int, { description: 'How many people we called.' })
  outbound: number;
  @Field(() => Int, { description: 'How many who called us were answered.' })
  answered: number;
  @Field(() => Int, { description: 'How many who called us went unanswered.' })
  abandoned: number;
  @Field(() => Float, { nullable: true, description: 'Of those who called us, the part that went unanswered.' })
  abandonedRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The service level: of those who called us, the part that was answered within `withinSeconds`.',
  })
  serviceLevel: number | null;
  @Field(() => Float, { nullable: true, description: 'How long those answered had waited on average, in seconds.' })
  averageWaitSeconds: number | null;
  @Field(() => Float, { nullable: true, description: 'How long people spoke on average, in seconds.' })
  averageTalkSeconds: number | null;
  @Field(() => Float, { nullable: true, description: 'How long writing up took on average, in seconds.' })
  averageWrapUpSeconds: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'What an answered call took its agent on average: speaking and writing up, in seconds.',
  })
  averageHandlingSeconds: number | null;
}

@ObjectType({ description: 'How the calls of some days went, as far as you may see them.', simpleResolvers: true })
export class CallReport {
  @Field({ description: 'The time zone whose days these are, IANA.' })
  timeZone: string;
  @Field(() => CallReportRow, { description: 'All of them.' })
  total: CallReportRow;
  @Field(() => [CallReportRow], { description: 'By group, the largest first; by DAY and HOUR in their order.' })
  rows: CallReportRow[];
}

@ArgsType()
export class CallReportArgs {
  @Field(() => CalendarDate, { description: 'The first day.' })
  from: string;
  @Field(() => CalendarDate, { description: 'The last day, itself included; at most 400 days.' })
  to: string;
  @Field(() => CallReportGroup, { nullable: true, description: 'What they are counted by; QUEUE unless said.' })
  groupBy?: CallReportGroup | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Within how many seconds a call is to be answered; 20 unless said.',
  })
  withinSeconds?: number | null;
  @Field(() => [String], { nullable: true, description: 'Only calls of these queues.' })
  queues?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only calls that these members took.' })
  memberIds?: string[] | null;
}
