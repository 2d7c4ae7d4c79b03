import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TicketPriority, TicketStatus } from '../tickets/ticket.states.rules.js';
import { type BusinessCalendar, businessMinutes } from './calendar.rules.js';
import { EscalationTrigger, type KnownRule, momentFor, type Timed } from './escalation.rules.js';
import { SlaMetric } from './history.rules.js';
import type { KeptClock, KnownTicket } from './kept-clock.rules.js';

/** Nine to six in Madrid on working days, over the weekend on which clocks go back; Monday is a holiday. */
const shop: BusinessCalendar = {
  zone: 'Europe/Madrid',
  week: [...Array.from({ length: 5 }, () => [{ opens: 540, closes: 1080 }]), [], []],
  holidays: [{ date: '2026-10-26', hours: [] }],
};
const calendars = { of: () => shop };
/** Four in the afternoon on Friday. */
const FRIDAY = new Date('2026-10-23T14:00:00Z');

const ruleOf = (over: Partial<KnownRule> = {}): KnownRule => ({
  id: 'rule',
  trigger: EscalationTrigger.AFTER_DUE,
  metric: SlaMetric.FIRST_RESPONSE,
  minutes: 30,
  priorities: [],
  channels: [],
  ...over,
});
const clock = {
  metric: SlaMetric.FIRST_RESPONSE,
  runningSince: FRIDAY,
  elapsedMs: 0,
  targetMinutes: 120,
  calendarId: null,
} as KeptClock;
const timed = (over: Partial<KnownTicket> = {}, clocks: KeptClock[] = [clock]): Timed => ({
  ticket: {
    status: TicketStatus.OPEN,
    priority: TicketPriority.NORMAL,
    channel: 'EMAIL',
    ...over,
  } as KnownTicket,
  clocks,
  calendarId: null,
});
const sight = { unassignedSince: FRIDAY, touchedAt: FRIDAY };
const act = (rule: KnownRule, on: Timed = timed(), seen: typeof sight | undefined = sight) =>
  momentFor(rule, on, seen, shop, calendars);

describe('an escalation rule acts', () => {
  test('so much open time before or after a promise runs out, past the weekend, the holiday and the change of clocks', () => {
    expect(act(ruleOf({ trigger: EscalationTrigger.BEFORE_DUE }))).toEqual(new Date('2026-10-23T15:30:00Z'));
    expect(act(ruleOf({ minutes: 0 }))).toEqual(new Date('2026-10-23T16:00:00Z'));
    expect(act(ruleOf())).toEqual(new Date('2026-10-27T08:30:00Z'));
  });

  test('when nobody had it or touched it for so much open time, whenever that began', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: 1, max: 3000 }), (from, minutes) => {
        const since = new Date(FRIDAY.getTime() + from * 60_000);
        for (const trigger of [EscalationTrigger.UNASSIGNED, EscalationTrigger.UNTOUCHED]) {
          const at = act(ruleOf({ trigger, metric: null, minutes }), timed(), {
            unassignedSince: since,
            touchedAt: since,
          })!;
          expect(businessMinutes(shop, since, at)).toBe(minutes);
        }
      }),
    );
  });

  test('on nothing that is done, that somebody has, that is another one, or whose clock stands still', () => {
    for (const trigger of Object.values(EscalationTrigger)) {
      expect(act(ruleOf({ trigger }), timed({ status: TicketStatus.SOLVED }))).toBeNull();
      expect(act(ruleOf({ trigger, priorities: ['URGENT'] }))).toBeNull();
      expect(act(ruleOf({ trigger, channels: ['CHAT'] }))).toBeNull();
      expect(act(ruleOf({ trigger, channels: ['CHAT', 'EMAIL'], priorities: ['NORMAL'] }))).not.toBeNull();
    }
    expect(
      momentFor(
        ruleOf({ trigger: EscalationTrigger.UNASSIGNED }),
        timed(),
        { ...sight, unassignedSince: null },
        shop,
        calendars,
      ),
    ).toBeNull();
    expect(act(ruleOf(), timed({}, [{ ...clock, runningSince: null }]))).toBeNull();
    expect(act(ruleOf({ metric: SlaMetric.RESOLUTION }))).toBeNull();
  });
});
