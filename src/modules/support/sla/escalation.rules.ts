import { isDone } from '../tickets/ticket.states.rules.js';
import { addBusinessTime, type BusinessCalendar, type Calendars } from './calendar.rules.js';
import { momentOf } from './clock.rules.js';
import type { SlaMetric } from './history.rules.js';
import type { KeptClock, KnownTicket } from './kept-clock.rules.js';

/** What an escalation rule waits for. */
export enum EscalationTrigger {
  BEFORE_DUE = 'BEFORE_DUE',
  AFTER_DUE = 'AFTER_DUE',
  UNASSIGNED = 'UNASSIGNED',
  UNTOUCHED = 'UNTOUCHED',
}

export interface KnownRule {
  id: string;
  trigger: EscalationTrigger;
  metric: SlaMetric | null;
  minutes: number;
  priorities: string[];
  channels: string[];
}

/** A ticket with its clocks, and the calendar it goes by. */
export interface Timed {
  ticket: KnownTicket;
  clocks: readonly KeptClock[];
  calendarId: string | null;
}

/** What rules that wait for no promised time go by. */
export interface Sight {
  /** Since when nobody looks after it. */
  unassignedSince: Date | null;
  /** When one of us last did something about it. */
  touchedAt: Date;
}

/** When a rule acts on a ticket, as things now stand; null while it does not. */
export function momentFor(
  { trigger, metric, minutes, priorities, channels }: KnownRule,
  { ticket, clocks }: Timed,
  sight: Sight | undefined,
  calendar: BusinessCalendar,
  calendars: Calendars,
): Date | null {
  if (isDone(ticket.status)) return null;
  if (priorities.length > 0 && !priorities.includes(ticket.priority)) return null;
  if (channels.length > 0 && !channels.includes(ticket.channel)) return null;
  if (trigger === EscalationTrigger.UNASSIGNED)
    return sight?.unassignedSince ? addBusinessTime(calendar, sight.unassignedSince, minutes) : null;
  if (trigger === EscalationTrigger.UNTOUCHED)
    return sight ? addBusinessTime(calendar, sight.touchedAt, minutes) : null;
  const clock = clocks.find(one => one.metric === metric && one.runningSince);
  if (!clock) return null;
  const { runningSince, elapsedMs, targetMinutes, calendarId } = clock;
  const after = trigger === EscalationTrigger.AFTER_DUE ? minutes : -minutes;
  return momentOf(calendars.of(calendarId), runningSince!, elapsedMs, targetMinutes + after);
}
