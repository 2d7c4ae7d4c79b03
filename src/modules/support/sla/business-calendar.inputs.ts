import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDate, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { BusinessCalendar } from './business-calendar.entity.js';
import { Weekday } from './hours.rules.js';

@InputType({ description: 'From when until when it is open.' })
export class OpeningHoursInput {
  @Field({ description: 'When it opens, such as 09:00, as the clock there shows it.' })
  opensAt: string;
  @Field({ description: 'When it closes, such as 14:00 or 24:00; no later than it opens: the next day.' })
  closesAt: string;
}

@InputType({ description: 'From when until when it is open on a day of every week.' })
export class WeekdayHoursInput extends OpeningHoursInput {
  @Field(() => Weekday, { description: 'The day on which it opens.' })
  day: Weekday;
}

@InputType({ description: 'A date with hours of its own.' })
export class HolidayInput {
  @Field({ description: 'What it is called.' })
  name: string;
  @Field(() => CalendarDate, { description: 'Its date.' })
  date: string;
  @Field(() => Boolean, { nullable: true, description: 'Whether it comes every year; no unless said.' })
  isYearly?: boolean | null;
  @Field(() => [OpeningHoursInput], {
    nullable: true,
    description: 'When it is open that day; not at all unless said.',
  })
  hours?: OpeningHoursInput[] | null;
}

@InputType()
abstract class BusinessCalendarFields extends MutationInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether it is open day and night; no unless said.' })
  isAlwaysOpen?: boolean | null;
  @Field(() => [WeekdayHoursInput], { nullable: true, description: 'When it is open in a week, all of it.' })
  hours?: WeekdayHoursInput[] | null;
  @Field(() => [HolidayInput], { nullable: true, description: 'Its holidays, all of them.' })
  holidays?: HolidayInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it holds wherever no other is named, in the place of the one that did.',
  })
  isDefault?: boolean | null;
}

@InputType({ description: 'Makes a calendar of business hours.' })
export class CreateBusinessCalendarInput extends BusinessCalendarFields {
  @Field({ description: 'What it is called; one calendar is called so.' })
  name: string;
  @Field({ description: 'Whose clocks it goes by: a time zone of IANA, such as Europe/Madrid.' })
  timeZone: string;
}

@InputType({ description: 'Changes a calendar; what is left out stays. Times that run are reckoned anew by it.' })
export class UpdateBusinessCalendarInput extends BusinessCalendarFields {
  @Field(() => ID, { description: 'The calendar.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Whose clocks it goes by.' })
  timeZone?: string | null;
}

@InputType({ description: 'Names a calendar.' })
export class RemoveBusinessCalendarInput extends MutationInput {
  @Field(() => ID, { description: 'The calendar.' })
  id: string;
}

@ObjectType({ description: 'A calendar after it was changed.', simpleResolvers: true })
export class BusinessCalendarPayload extends MutationPayload {
  @Reference(() => BusinessCalendar, 'calendarId', { nullable: true, description: 'The calendar.' })
  calendar?: BusinessCalendar;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveBusinessCalendarPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the calendar that is no more.' })
  removedId?: string;
}
