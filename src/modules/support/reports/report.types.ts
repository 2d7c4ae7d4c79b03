import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDate } from '../../../platform/schema/index.js';

export enum SupportInterval {
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
  WHOLE = 'WHOLE',
}
registerEnumType(SupportInterval, {
  name: 'SupportInterval',
  description: 'How long the intervals of a report are.',
  valuesConfig: {
    DAY: { description: 'A day.' },
    WEEK: { description: 'A week, from Monday on; the first and the last may be shorter.' },
    MONTH: { description: 'A calendar month; the first and the last may be shorter.' },
    WHOLE: { description: 'All of it is one.' },
  },
});

export enum SupportGroup {
  CHANNEL = 'CHANNEL',
  NETWORK = 'NETWORK',
  TEAM = 'TEAM',
  PERSON = 'PERSON',
  QUEUE = 'QUEUE',
  CATEGORY = 'CATEGORY',
  REASON = 'REASON',
  ROOT_CAUSE = 'ROOT_CAUSE',
  PRIORITY = 'PRIORITY',
  TYPE = 'TYPE',
  LANGUAGE = 'LANGUAGE',
}
registerEnumType(SupportGroup, {
  name: 'SupportGroup',
  description: 'What tickets are told apart by.',
  valuesConfig: {
    CHANNEL: { description: 'How they came to us.' },
    NETWORK: { description: 'The network they came by.' },
    TEAM: { description: 'The team that looked after them.' },
    PERSON: { description: 'Who looked after them.' },
    QUEUE: { description: 'The queue they were in.' },
    CATEGORY: { description: 'What they are about.' },
    REASON: { description: 'Why their customer turned to us, as coded by now.' },
    ROOT_CAUSE: { description: 'What that comes from, as coded by now.' },
    PRIORITY: { description: 'How much they matter.' },
    TYPE: { description: 'What kind of concern they are.' },
    LANGUAGE: { description: 'The language of their customer.' },
  },
});

@ObjectType({ description: 'How long something took, by the calendar.', simpleResolvers: true })
export class SupportTimes {
  @Field(() => Int, { description: 'How often it happened.' })
  count: number;
  @Field(() => Float, { nullable: true, description: 'Half of them took less, in seconds.' })
  medianSeconds: number | null;
  @Field(() => Float, { nullable: true, description: 'Nine in ten took less, in seconds.' })
  p90Seconds: number | null;
}

@ObjectType({ description: 'What happened to a part of the tickets in an interval.', simpleResolvers: true })
export class SupportReportRow {
  @Field(() => CalendarDate, { description: 'Its first day.' })
  from: string;
  @Field(() => CalendarDate, { description: 'Its last day, itself included.' })
  to: string;
  @Field(() => String, {
    nullable: true,
    description:
      'The part: a word of the schema or the id of a record; nothing for those that have none, or without parts.',
  })
  key: string | null;
  @Field(() => Int, { description: 'How many were opened, also those that became a part of another since.' })
  opened: number;
  @Field(() => Int, {
    description:
      'How often one was solved, or closed without that; one that became a part of another is done with that one.',
  })
  solved: number;
  @Field(() => Int, { description: 'How often one was closed.' })
  closed: number;
  @Field(() => Int, { description: 'How often one was opened again.' })
  reopened: number;
  @Field(() => Int, { description: 'How many were open when it ended, as they stood then.' })
  backlog: number;
  @Field(() => SupportTimes, { description: 'From being opened to our first answer, of those first answered in it.' })
  firstResponse: SupportTimes;
  @Field(() => SupportTimes, {
    description: "From the customer's word to our answer, of later answers given in it; machines do not count.",
  })
  nextResponse: SupportTimes;
  @Field(() => SupportTimes, { description: 'From being opened to being solved, of each time one was solved in it.' })
  resolution: SupportTimes;
  @Field(() => Float, {
    nullable: true,
    description: 'Of the tickets solved in it, the part that was opened again since.',
  })
  reopenRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Of the tickets solved in it, the part that took one answer of ours at most and was never opened again.',
  })
  oneTouchRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Messages a ticket of those solved in it, those for staff alone not counted.',
  })
  messagesPerTicket: number | null;
}

@ObjectType({ description: 'What happened in support, of the tickets you may see.', simpleResolvers: true })
export class SupportReport {
  @Field({ description: 'The time zone whose days these are, IANA.' })
  timeZone: string;
  @Field(() => [SupportReportRow], {
    description: 'By interval, then by part; parts of which nothing is to tell are left out.',
  })
  rows: SupportReportRow[];
}

@ArgsType()
export class SupportReportArgs {
  @Field(() => CalendarDate, { description: 'The first day.' })
  from: string;
  @Field(() => CalendarDate, { description: 'The last day, itself included.' })
  to: string;
  @Field(() => SupportInterval, {
    nullable: true,
    description: 'How long the intervals are, at most 400 of them; all of it is one unless said.',
  })
  interval?: SupportInterval | null;
  @Field(() => SupportGroup, { nullable: true, description: 'Told apart by this; all together unless given.' })
  groupBy?: SupportGroup | null;
  @Field(() => [ID], { nullable: true, description: 'Only tickets of these teams.' })
  teamIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only tickets of these queues.' })
  queueIds?: string[] | null;
}
