import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { isCalendarDay, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type {
  CreateBusinessCalendarInput,
  HolidayInput,
  UpdateBusinessCalendarInput,
} from './business-calendar.inputs.js';
import { businessMinutes, isEverOpen } from './calendar.rules.js';
import { calendarOf, checkHours, type DayHours, type WrittenCalendar } from './hours.rules.js';
import { retimeTickets } from './retiming.service.js';
import { DAY, isZone } from './zone.rules.js';

const MOST_HOLIDAYS = 500;
/** So far ahead its openness is looked at. */
const YEARS = 10;
const TAKEN = 'Another calendar is called so.';

interface Written extends WrittenCalendar {
  name: string;
  isDefault: boolean;
  holidays: (WrittenCalendar['holidays'][number] & { name: string })[];
}

/** Makes a calendar. Throws `InputError` with everything that is wrong with it; one that is never open is refused. */
export async function createBusinessCalendar(
  tx: Tx,
  input: CreateBusinessCalendarInput,
): Promise<{ calendarId: string }> {
  const blank = { name: '', timeZone: 'UTC', isAlwaysOpen: false, hours: [], isDefault: false, holidays: [] };
  const calendar = cleanCalendar(input, blank);
  const calendarId = newId();
  if (calendar.isDefault) await stepDown(tx, calendarId);
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `insert into business_calendars (organization_id, id, name, time_zone, is_always_open, hours, is_default)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.organizationId, calendarId, ...columnsOf(calendar)],
    ),
  );
  await keepHolidays(tx, calendarId, calendar);
  // Whatever goes by the default calendar goes by this one from now on.
  if (calendar.isDefault) await retimeTickets(tx);
  return { calendarId };
}

/** Changes a calendar, and has what goes by it reckoned anew. A `version` that is not the present one is a CONFLICT. */
export async function updateBusinessCalendar(
  tx: Tx,
  input: UpdateBusinessCalendarInput,
): Promise<{ calendarId: string }> {
  const known = await lockCalendar(tx, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('calendar', known.version);
  const calendar = cleanCalendar(input, known);
  if (calendar.isDefault && !known.isDefault) await stepDown(tx, known.id);
  await unlessTaken('name', TAKEN, () =>
    tx.query(
      `update business_calendars set name = $3, time_zone = $4, is_always_open = $5, hours = $6, is_default = $7,
              version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, known.id, ...columnsOf(calendar)],
    ),
  );
  if (input.holidays !== undefined) {
    await tx.query('delete from calendar_holidays where organization_id = $1 and calendar_id = $2', [
      tx.scope.organizationId,
      known.id,
    ]);
    await keepHolidays(tx, known.id, calendar);
  }
  await retimeTickets(tx);
  return { calendarId: known.id };
}

/** Removes a calendar that no policy names. What went by it as the default one goes by no calendar's hours any more. */
export async function removeBusinessCalendar(tx: Tx, id: string): Promise<{ removedId: string }> {
  const known = await lockCalendar(tx, id);
  try {
    await tx.query('delete from business_calendars where organization_id = $1 and id = $2', [
      tx.scope.organizationId,
      known.id,
    ]);
  } catch (error) {
    if (sqlState(error) !== '23503') throw error;
    throw invalid('id', 'Policies or queues still go by this calendar.', 'CONFLICT');
  }
  await retimeTickets(tx);
  return { removedId: id };
}

const columnsOf = ({ name, timeZone, isAlwaysOpen, hours, isDefault }: Written): unknown[] => [
  name,
  timeZone,
  isAlwaysOpen,
  JSON.stringify(hours),
  isDefault,
];

async function lockCalendar(tx: Tx, id: string): Promise<Written & { id: string; version: number }> {
  const [row] = await tx.query<Written & { id: string; version: number }>(
    `select c.id, c.name, c.time_zone as "timeZone", c.is_always_open as "isAlwaysOpen", c.hours, c.is_default as "isDefault", c.version,
            coalesce((select jsonb_agg(jsonb_build_object('name', h.name, 'date', h.date, 'isYearly', h.is_yearly, 'hours', h.hours))
                        from calendar_holidays h where h.organization_id = c.organization_id and h.calendar_id = c.id), '[]') as holidays
       from business_calendars c where c.organization_id = $1 and c.id = $2 for update of c`,
    [tx.scope.organizationId, storedId('business_calendar', id)],
  );
  if (!row) throw invalid('id', 'There is no such calendar, or you may not see it.', 'NOT_FOUND');
  return row;
}

async function stepDown(tx: Tx, except: string): Promise<void> {
  await tx.query(
    `update business_calendars set is_default = false, version = version + 1, updated_at = now()
      where organization_id = $1 and is_default and id <> $2`,
    [tx.scope.organizationId, except],
  );
}

async function keepHolidays(tx: Tx, calendarId: string, { holidays }: Written): Promise<void> {
  await tx.query(
    `insert into calendar_holidays (organization_id, id, calendar_id, name, date, is_yearly, hours)
     select $1, gen_random_uuid(), $2, h.name, h.date, h."isYearly", h.hours
       from jsonb_to_recordset($3) as h(name text, date date, "isYearly" boolean, hours jsonb)`,
    [tx.scope.organizationId, calendarId, JSON.stringify(holidays)],
  );
}

/** The calendar that an input makes of what there is. */
function cleanCalendar(input: Partial<UpdateBusinessCalendarInput>, known: Written): Written {
  const problems: Problems = [];
  const calendar: Written = {
    name: input.name === undefined ? known.name : requiredLine(problems, 'name', input.name, 200),
    timeZone: input.timeZone === undefined ? known.timeZone : (input.timeZone?.trim() ?? ''),
    isAlwaysOpen: input.isAlwaysOpen ?? known.isAlwaysOpen,
    hours: input.hours === undefined ? known.hours : (input.hours ?? []).map(plainHours),
    isDefault: input.isDefault ?? known.isDefault,
    holidays:
      input.holidays === undefined
        ? known.holidays
        : (input.holidays ?? []).map((one, at) => holiday(problems, one, at)),
  };
  if (!isZone(calendar.timeZone)) report(problems, 'timeZone', 'It is the name of a time zone, such as Europe/Madrid.');
  checkHours(problems, 'hours', calendar.hours, { isWithinDay: false });
  if (calendar.holidays.length > MOST_HOLIDAYS)
    report(problems, 'holidays', `There are at most ${MOST_HOLIDAYS}.`, 'TOO_LONG');
  reportTwice(problems, calendar);
  if (calendar.isAlwaysOpen && (input.hours ?? []).length > 0)
    report(problems, 'hours', 'What is always open has no hours.', 'NOT_ALLOWED');
  if (calendar.isAlwaysOpen) calendar.hours = [];
  else if (calendar.hours.length === 0)
    report(problems, 'hours', 'It is never open: say when, or that it always is.', 'REQUIRED');
  // Hours can only be reckoned with once they are right.
  if (problems.length === 0) checkOpen(problems, calendar);
  throwAny(problems);
  return calendar;
}

/** What is hardly ever open would put what is promised by it off for centuries, and take as long to reckon with. */
function checkOpen(problems: Problems, calendar: Written): void {
  const [reckoned, now] = [calendarOf(calendar), new Date()];
  const years = new Date(now.getTime() + YEARS * 366 * DAY);
  if (!isEverOpen(reckoned, now))
    report(problems, 'holidays', 'With these hours and holidays it is never open.', 'NOT_ALLOWED');
  else if (businessMinutes(reckoned, now, years) < YEARS * 52 * 60)
    report(problems, 'hours', 'It is open for at least an hour a week.', 'NOT_ALLOWED');
}

const plainHours = ({ day, opensAt, closesAt }: DayHours): DayHours => ({ day, opensAt, closesAt });

function holiday(problems: Problems, input: HolidayInput, at: number): Written['holidays'][number] {
  const field = `holidays.${at}`;
  const hours = (input.hours ?? []).map(({ opensAt, closesAt }) => ({ opensAt, closesAt }));
  checkHours(problems, `${field}.hours`, hours, { isWithinDay: true });
  if (!isCalendarDay(input.date)) report(problems, `${field}.date`, 'It is a date, such as 2026-12-25.');
  return {
    name: requiredLine(problems, `${field}.name`, input.name, 200),
    date: input.date,
    isYearly: input.isYearly ?? false,
    hours,
  };
}

function reportTwice(problems: Problems, { holidays }: Written): void {
  const seen = new Set<string>();
  for (const [at, { date, isYearly }] of holidays.entries()) {
    const key = isYearly ? date.slice(5) : date;
    if (seen.has(key)) report(problems, `holidays.${at}.date`, 'There is a holiday on this date already.', 'TAKEN');
    seen.add(key);
  }
}
