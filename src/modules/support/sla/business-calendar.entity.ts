import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Weekday } from './hours.rules.js';
import './sla-enums.entity.js';

@ObjectType({ description: 'From when until when it is open.', simpleResolvers: true })
export class OpeningHours {
  @Field({ description: 'When it opens, such as 09:00, as the clock there shows it.' })
  opensAt: string;
  @Field({ description: 'When it closes, such as 14:00 or 24:00; no later than it opens: the next day.' })
  closesAt: string;
}

@ObjectType({ description: 'From when until when it is open on a day of every week.', simpleResolvers: true })
export class WeekdayHours extends OpeningHours {
  @Field(() => Weekday, { description: 'The day on which it opens.' })
  day: Weekday;
}

@ObjectType({
  implements: Node,
  description:
    'When an organisation works. It is open whenever the clock there shows an open time: an hour that a change of clocks leaves out is not there, and one that comes twice counts twice.',
  simpleResolvers: true,
})
@Entity('business_calendars')
@Unique('business_calendars_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'business_calendars_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('business_calendars_default_key', ['organizationId'], { unique: true, where: `is_default` })
export class BusinessCalendar {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'business_calendars_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the calendar.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'business_calendars_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field({ description: 'Whose clocks it goes by: a time zone of IANA, such as Europe/Madrid.' })
  @Column('text')
  timeZone: string;

  @Field({ description: 'Whether it is open day and night, but for its holidays.' })
  @Column('boolean', { default: false })
  isAlwaysOpen: boolean;

  @Field(() => [WeekdayHours], { description: 'When it is open in a week; none when it always is.' })
  @Column('jsonb', { default: [] })
  hours: WeekdayHours[];

  @Field({ description: 'Whether it holds wherever no other is named.' })
  @Column('boolean', { default: false })
  isDefault: boolean;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;
}

@ObjectType({
  description:
    'A date with hours of its own, from midnight to midnight: nothing runs over into it from the night before, and what would begin on it does not.',
  simpleResolvers: true,
})
@Entity('calendar_holidays')
@Unique('calendar_holidays_date_key', ['organizationId', 'calendarId', 'date', 'isYearly'])
@ForeignKey(() => BusinessCalendar, ['organizationId', 'calendarId'], ['organizationId', 'id'], {
  name: 'calendar_holidays_calendar_fkey',
  onDelete: 'CASCADE',
})
export class CalendarHoliday {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_holidays_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_holidays_pkey' })
  id: string;

  @Column('uuid')
  calendarId: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field(() => CalendarDate, { description: 'Its date; the first one, where it comes every year.' })
  @Column('date')
  date: string;

  @Field({ description: 'Whether it comes every year; on 29 February in leap years only.' })
  @Column('boolean', { default: false })
  isYearly: boolean;

  @Field(() => [OpeningHours], { description: 'When it is open that day; none when nobody works.' })
  @Column('jsonb', { default: [] })
  hours: OpeningHours[];
}
