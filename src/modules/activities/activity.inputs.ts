import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  DateTime,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  orderInputOf,
  StringFilter,
} from '../../platform/schema/index.js';
import { ActivityKind, ActivityPriority, ActivityScope, ActivityStatus } from './activity.kinds.rules.js';

export enum ActivityOrderField {
  STARTS_AT = 'STARTS_AT',
  DUE_AT = 'DUE_AT',
  AT = 'AT',
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
}
registerEnumType(ActivityOrderField, {
  name: 'ActivityOrderField',
  description: 'What activities are ordered by.',
  valuesConfig: {
    STARTS_AT: { description: 'When they start.' },
    DUE_AT: { description: 'Until when they are to be done.' },
    AT: { description: 'When they start or, where they do not, until when they are to be done.' },
    CREATED_AT: { description: 'When they were planned.' },
    UPDATED_AT: { description: 'When they last changed.' },
  },
});

export const ActivityOrder = orderInputOf(ActivityOrderField, 'Activity');
const ActivityKindFilter = enumFilterOf(ActivityKind, 'ActivityKind');
const ActivityStatusFilter = enumFilterOf(ActivityStatus, 'ActivityStatus');
const ActivityPriorityFilter = enumFilterOf(ActivityPriority, 'ActivityPriority');

@InputType({ description: 'Which activities; all conditions must hold.' })
export class ActivityFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => ActivityKindFilter, { nullable: true, description: 'By what they are.' })
  kind?: object;
  @Field(() => ActivityStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => ActivityPriorityFilter, { nullable: true, description: 'By how much they matter.' })
  priority?: object;
  @Field(() => StringFilter, { nullable: true, description: 'By what they are about.' })
  subject?: StringFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they start.' })
  startsAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By until when they are to be done.' })
  dueAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, {
    nullable: true,
    description:
      'By when they start or, where they do not, until when they are to be done: a day is the moments of it.',
  })
  at?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were done.' })
  completedAt?: DateTimeFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who does them.' })
  ownerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that does them.' })
  teamId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the customer they are about.' })
  customerId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the record they are about, of whatever kind.' })
  regardingId?: IdFilter;
  @Field(() => ID, { nullable: true, description: 'Only those to which this member or customer is asked.' })
  attendeeId?: string;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they were planned.' })
  createdAt?: DateTimeFilter;
  @Field(() => [ActivityFilter], { nullable: true, description: 'All of these.' })
  and?: ActivityFilter[];
  @Field(() => [ActivityFilter], { nullable: true, description: 'At least one of these.' })
  or?: ActivityFilter[];
  @Field(() => ActivityFilter, { nullable: true, description: 'Not this.' })
  not?: ActivityFilter;
}

@InputType({ description: 'By what rule an activity comes again.' })
export class RecurrenceInput {
  @Field({
    description:
      'RRULE of RFC 5545, daily or rarer: FREQ=WEEKLY;BYDAY=MO,TH. The first moment is the one the activity starts at, or else is due at.',
  })
  rule: string;
  @Field({ description: 'The time zone whose clock it follows, IANA: nine stays nine when the clocks change.' })
  timeZone: string;
}

/** What can be said of an activity, new or known. */
@InputType()
export abstract class ActivityFields {
  @Field(() => String, { nullable: true, description: 'What else is to be known about it.' })
  notes?: string | null;
  @Field(() => ActivityPriority, { nullable: true, description: 'How much it matters; as planned unless said.' })
  priority?: ActivityPriority | null;
  @Field(() => String, { nullable: true, description: 'Where it takes place: an address, a room or a link.' })
  location?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it starts.' })
  startsAt?: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it ends, after it starts. It moves along with the start unless said.',
  })
  endsAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it is to be done.' })
  dueAt?: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When to be reminded of it. It moves along with the start, or else with when it is due, unless said.',
  })
  remindAt?: Date | null;
  @Field(() => ID, { nullable: true, description: 'Who does it: a member. You, unless said.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that does it.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The customer it is about.' })
  customerId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Any other record it is about, such as an opportunity, a lead or a post.',
  })
  regardingId?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Members and customers who are asked to it, up to 100; replaces those there are.',
  })
  attendeeIds?: string[] | null;
}

@InputType({ description: 'An activity to plan.' })
export class CreateActivityItem extends ActivityFields {
  @Field(() => ActivityKind, { description: 'What it is.' })
  kind: ActivityKind;
  @Field({ description: 'What it is about, in one line.' })
  subject: string;
  @Field(() => RecurrenceInput, { nullable: true, description: 'How it comes again; once unless said.' })
  recurrence?: RecurrenceInput | null;
}

const keyOptions = {
  nullable: true,
  description:
    'Any text of your choice, up to 200 characters: the same key with the same input is done once and answers the same.',
};

@InputType({ description: 'Plans an activity.' })
export class CreateActivityInput extends CreateActivityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Activities to plan, up to 200.' })
export class CreateActivitiesInput extends MutationInput {
  @Field(() => [CreateActivityItem], { description: 'Each is planned or refused by itself.' })
  items: CreateActivityItem[];
}

const versionOptions = {
  nullable: true,
  description: 'The version you have seen: when it has changed since, nothing is done.',
};
const scopeOptions = { nullable: true, description: 'How much of its series is meant; this one alone unless said.' };

@InputType({ description: 'Changes an activity; what is left out stays.' })
export class UpdateActivityInput extends ActivityFields {
  @Field(() => ID, { description: 'The activity.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => ActivityScope, scopeOptions)
  scope?: ActivityScope | null;
  @Field(() => ActivityKind, { nullable: true, description: 'What it is.' })
  kind?: ActivityKind | null;
  @Field(() => String, { nullable: true, description: 'What it is about, in one line.' })
  subject?: string | null;
  @Field(() => RecurrenceInput, {
    nullable: true,
    description: 'How it comes again from here on; only with the scope FOLLOWING.',
  })
  recurrence?: RecurrenceInput | null;
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'An activity that was done.' })
export class CompleteActivityItem {
  @Field(() => ID, { description: 'The activity.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What came of it.' })
  outcome?: string | null;
}

@InputType({ description: 'Says that an activity was done.' })
export class CompleteActivityInput extends CompleteActivityItem {
  @Field(() => String, keyOptions)
  idempotencyKey?: string;
}

@InputType({ description: 'Activities that were done, up to 200.' })
export class CompleteActivitiesInput extends MutationInput {
  @Field(() => [CompleteActivityItem], { description: 'Each is completed or refused by itself.' })
  items: CompleteActivityItem[];
}

@InputType({ description: 'Calls an activity off.' })
export class CancelActivityInput extends MutationInput {
  @Field(() => ID, { description: 'The activity.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => ActivityScope, scopeOptions)
  scope?: ActivityScope | null;
}

@InputType({ description: 'Opens an activity again.' })
export class ReopenActivityInput extends MutationInput {
  @Field(() => ID, { description: 'The activity.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
}

@InputType({ description: 'Says that somebody arrived for a visit.' })
export class CheckInInput extends MutationInput {
  @Field(() => ID, { description: 'The visit.' })
  id: string;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When they arrived, within the last week; now unless said, for who had no connection.',
  })
  at?: Date | null;
  @Field(() => Float, { nullable: true, description: 'Degrees north of the equator (WGS 84), -90 to 90.' })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east of Greenwich (WGS 84), -180 to 180.' })
  longitude?: number | null;
  @Field(() => Float, { nullable: true, description: 'By how many metres the place may be wrong.' })
  accuracy?: number | null;
}
