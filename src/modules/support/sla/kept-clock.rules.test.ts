import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TicketPriority, TicketStatus } from '../tickets/ticket.states.rules.js';
import { alwaysOpen } from './calendar.rules.js';
import type { Step } from './history.rules.js';
import { clocksFor, haveMoved, type KeptClock, type KnownTicket, timesOf } from './kept-clock.rules.js';
import { fits, type KnownPolicy, targetOf, warningOf } from './policy.rules.js';

const MINUTE = 60_000;
const OPENED = new Date('2026-10-24T12:00:00Z');
const later = (minutes: number) => new Date(OPENED.getTime() + minutes * MINUTE);
const calendars = { of: () => alwaysOpen() };
const ticket: KnownTicket = {
  id: 'one',
  status: TicketStatus.OPEN,
  openedAt: OPENED,
  isMerged: false,
  assigneeId: null,
  policyId: null,
  firstResponseDueAt: null,
  nextResponseDueAt: null,
  resolutionDueAt: null,
  breachedAt: null,
  customerTags: ['oro'],
  customerKind: 'COMPANY',
  channel: 'EMAIL',
  priority: TicketPriority.NORMAL,
  type: null,
  categoryId: null,
  queueId: null,
};
const policyOf = (minutes: number, over: Partial<KnownPolicy> = {}): KnownPolicy => ({
  id: `of ${minutes}`,
  calendarId: null,
  targets: { NORMAL: { firstResponse: minutes, nextResponse: minutes, resolution: minutes } },
  warnMinutes: 5,
  warnPercent: null,
  pausesOnHold: true,
  createdAt: OPENED,
  segments: [],
  channels: [],
  priorities: [],
  types: [],
  categoryIds: [],
  queueIds: [],
  customerKinds: [],
  ...over,
});
const steps: fc.Arbitrary<Step[]> = fc.uniqueArray(
  fc
    .tuple(
      fc.integer({ min: 0, max: 3000 }),
      fc.constantFrom('CUSTOMER' as const, 'AGENT' as const, ...Object.values(TicketStatus)),
    )
    .map(([minutes, kind]) =>
      kind === 'CUSTOMER' || kind === 'AGENT'
        ? { at: later(minutes), kind }
        : { at: later(minutes), kind: 'STATUS' as const, status: kind },
    ),
  { maxLength: 20, selector: ({ at }) => at.getTime() },
);
const now = later(4000);
const compute = (given: Step[], kept: KeptClock[], policy: KnownPolicy | undefined, at = now) =>
  clocksFor({ ticket, steps: given, kept, policy, calendars, now: at });
const over = ({ metAt, stoppedAt }: KeptClock) => metAt !== null || stoppedAt !== null;

describe('clocks that are kept', () => {
  test('leave what is over as it was promised, and put what runs under the policy of now', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (given, first, second) => {
        const before = compute(given, [], policyOf(first)).all;
        const after = compute(given, before, policyOf(second)).all;
        expect(after.filter(over)).toEqual(before.filter(over));
        const afresh = compute(given, [], policyOf(second)).all;
        const plain = (clocks: KeptClock[]) =>
          clocks.filter(clock => !over(clock)).map(({ warnedAt: _, ...clock }) => clock);
        expect(plain(after)).toEqual(plain(afresh));
      }),
    );
  });

  test('are written only when something about them changed, however often they are recomputed', () => {
    fc.assert(
      fc.property(steps, given => {
        const first = compute(given, [], policyOf(60));
        const again = compute(given, first.all, policyOf(60));
        expect([again.changed, again.dropped]).toEqual([[], []]);
        expect(haveMoved(timesOf(first.all, 'p'), timesOf(again.all, 'p'))).toBe(false);
      }),
    );
  });

  test('come out the same step by step as all at once', () => {
    fc.assert(
      fc.property(steps, given => {
        const order = [...given].sort((a, b) => a.at.getTime() - b.at.getTime());
        let kept: KeptClock[] = compute([], [], policyOf(60), OPENED).all;
        for (const [at, step] of order.entries())
          kept = compute(order.slice(0, at + 1), kept, policyOf(60), step.at).all;
        const whole = compute(order, [], policyOf(60)).all;
        const plain = (clocks: KeptClock[]) =>
          clocks.map(({ metric, turn, elapsedMs, metAt, breachedAt }) => ({
            metric,
            turn,
            elapsedMs,
            metAt,
            breachedAt,
          }));
        expect(plain(compute(order, kept, policyOf(60)).all)).toEqual(plain(whole));
      }),
    );
  });

  test('go with their policy, but for what is over', () => {
    const given: Step[] = [{ at: later(10), kind: 'AGENT' }];
    const before = compute(given, [], policyOf(60)).all;
    const { all, dropped } = compute(given, before, undefined);
    expect(all.map(({ metric }) => metric)).toEqual(['FIRST_RESPONSE']);
    expect(dropped.map(({ metric }) => metric)).toEqual(['RESOLUTION']);
  });

  test('are not promised afterwards for what was over before the policy was made', () => {
    const given: Step[] = [{ at: later(10), kind: 'AGENT' }];
    const made = compute(given, [], policyOf(60, { createdAt: later(20) })).all;
    expect(made.map(({ metric }) => metric)).toEqual(['RESOLUTION']);
  });
});

describe('what is told of clocks', () => {
  const first = (changes: { all: KeptClock[] }) => changes.all.find(({ metric }) => metric === 'FIRST_RESPONSE')!;

  test('is told again when a promise that was warned of, or broken, is put off', () => {
    const late = first(compute([], [], policyOf(60), later(70)));
    expect(late).toMatchObject({ breachedAt: later(60), tellAt: later(60), breachToldAt: null });
    const told = { ...late, warnedAt: later(55), breachToldAt: later(61), tellAt: null };
    const longer = first(compute([], [told], policyOf(120), later(71)));
    expect(longer).toMatchObject({ breachedAt: null, breachToldAt: null, warnedAt: null, tellAt: later(115) });
    // It is still warned of where that would be told of a time that has gone by.
    const sooner = first(compute([], [{ ...told, breachedAt: null }], policyOf(73), later(71)));
    expect(sooner).toMatchObject({ warnedAt: later(55), tellAt: later(73) });
  });

  test('leaves out the time of what was needed no more', () => {
    const solved: Step[] = [{ at: later(5), kind: 'STATUS', status: TicketStatus.SOLVED }];
    const times = timesOf(compute(solved, [], policyOf(60)).all, 'p');
    expect(times).toMatchObject({ firstResponseDueAt: null, resolutionDueAt: later(60) });
  });
});

describe('a policy', () => {
  test('fits a ticket of which each of its conditions holds', () => {
    const gold = policyOf(1, { segments: ['oro', 'plata'], channels: ['EMAIL'], customerKinds: ['COMPANY'] });
    expect(fits(gold, ticket)).toBe(true);
    for (const other of [{ customerTags: [] }, { channel: 'FAX' }, { customerKind: null }])
      expect(fits(gold, { ...ticket, ...other })).toBe(false);
    expect(fits(policyOf(1, { types: ['COMPLAINT'] }), ticket)).toBe(false);
  });

  test('promises nothing to priorities it does not name, and warns no earlier than at once', () => {
    const { targets } = policyOf(60);
    expect(targetOf(targets, TicketPriority.LOW, 'RESOLUTION' as never)).toBeNull();
    expect(warningOf({ warnMinutes: 90, warnPercent: null }, 60)).toBe(60);
    expect(warningOf({ warnMinutes: null, warnPercent: 25 }, 60)).toBe(15);
  });
});
