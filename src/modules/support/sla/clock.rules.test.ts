import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TicketStatus } from '../tickets/ticket.states.rules.js';
import { addBusinessTime, type BusinessCalendar, businessMinutes, isOpenAt } from './calendar.rules.js';
import { ClockState, clockOf, momentOf, stateOf } from './clock.rules.js';
import { SlaMetric, type Step, type TicketHistory, tracksOf } from './history.rules.js';

const MINUTE = 60_000;
const OPENED = new Date('2026-03-27T15:00:00Z');
const later = (minutes: number) => new Date(OPENED.getTime() + minutes * MINUTE);
const always: BusinessCalendar = { zone: 'UTC', week: null, holidays: [] };
/** Nine to six in Madrid, but for Sundays, over the weekend on which clocks go forward. */
const shop: BusinessCalendar = {
  zone: 'Europe/Madrid',
  week: [...Array.from({ length: 6 }, () => [{ opens: 540, closes: 1080 }]), []],
  holidays: [{ date: '2026-04-03', hours: [] }],
};

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.integer({ min: -500, max: 20_000 }),
    fc.constantFrom('CUSTOMER' as const, 'AGENT' as const, ...Object.values(TicketStatus)),
  )
  .map(([minutes, kind]) =>
    kind === 'CUSTOMER' || kind === 'AGENT'
      ? { at: later(minutes), kind }
      : { at: later(minutes), kind: 'STATUS', status: kind },
  );
/** No two at the same moment, as no two changes of one ticket are. */
const steps = fc.uniqueArray(step, { maxLength: 25, selector: ({ at }) => at.getTime() });
const now = later(30_000);

const clocks = (history: TicketHistory, calendar = always, targetMinutes = 60, pausesOnHold = true, at = now) =>
  tracksOf(history, pausesOnHold).map(track => ({
    ...track,
    ...clockOf(track, { calendar, targetMinutes, warnMinutes: 15 }, at),
  }));

const only = (metric: SlaMetric, ...given: Parameters<typeof clocks>) =>
  clocks(...given).filter(clock => clock.metric === metric);

describe('clocks of a ticket', () => {
  test('go by what was before it was opened in its order', () => {
    const earlier = (minutes: number, status: TicketStatus) => ({
      at: later(-minutes),
      kind: 'STATUS' as const,
      status,
    });
    const steps = [earlier(2, TicketStatus.OPEN), earlier(1, TicketStatus.SOLVED)];
    for (const given of [steps, steps.toReversed()])
      expect(only(SlaMetric.RESOLUTION, { openedAt: OPENED, steps: given })[0]!.metAt).toEqual(OPENED);
  });

  test('come out the same in whatever order the same moments are written down', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (given, shuffle) => {
        const order = given.map(one => ({ one, place: shuffle.next().value! })).sort((a, b) => a.place - b.place);
        expect(clocks({ openedAt: OPENED, steps: order.map(({ one }) => one) }, shop)).toEqual(
          clocks({ openedAt: OPENED, steps: given }, shop),
        );
      }),
    );
  });

  test('neither lose nor gain open time by standing still', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3000 }), fc.boolean(), (given, target, pauses) => {
        for (const clock of clocks({ openedAt: OPENED, steps: given }, shop, target, pauses)) {
          const spans = clock.spans.map(({ from, to }) => businessMinutes(shop, from, to ?? clock.runningSince!));
          expect(clock.elapsedMs / MINUTE).toBeCloseTo(
            spans.reduce((sum, minutes) => sum + minutes, 0),
            6,
          );
          // All time until the end is either run or stood still.
          const until = clock.spans.at(-1)!.to;
          if (!until) continue;
          const gaps = clock.spans
            .slice(1)
            .reduce((sum, { from }, at) => sum + businessMinutes(shop, clock.spans[at]!.to!, from), 0);
          expect(businessMinutes(shop, clock.startedAt, until)).toBeCloseTo(clock.elapsedMs / MINUTE + gaps, 6);
        }
      }),
    );
  });

  test('are due when the time that ran is the time that was promised, and never outside open hours', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3000 }), (given, target) => {
        for (const { dueAt, spans, breachedAt, runningSince, elapsedMs } of clocks(
          { openedAt: OPENED, steps: given },
          shop,
          target,
        )) {
          if (!dueAt) continue;
          expect(isOpenAt(shop, dueAt) || isOpenAt(shop, new Date(dueAt.getTime() - 1))).toBe(true);
          if (breachedAt) {
            const run = spans
              .filter(({ from }) => from < breachedAt)
              .reduce(
                (sum, { from, to }) => sum + businessMinutes(shop, from, to && to < breachedAt ? to : breachedAt),
                0,
              );
            expect(run).toBeCloseTo(target, 6);
          } else if (runningSince)
            expect(elapsedMs / MINUTE + businessMinutes(shop, runningSince, dueAt)).toBeCloseTo(target, 6);
        }
      }),
    );
  });

  test('know nothing from before the ticket was opened', () => {
    fc.assert(
      fc.property(steps, given => {
        for (const { startedAt, spans, metAt, stoppedAt } of clocks({ openedAt: OPENED, steps: given }, shop))
          for (const at of [startedAt, metAt, stoppedAt, ...spans.flatMap(({ from, to }) => [from, to])])
            if (at) expect(at >= OPENED).toBe(true);
      }),
    );
  });

  test('hear what was said at one moment as a question, its answer, and where that put the ticket', () => {
    const at = later(10);
    const said: Step[] = [
      { at, kind: 'STATUS', status: TicketStatus.SOLVED },
      { at, kind: 'AGENT' },
      { at, kind: 'CUSTOMER' },
    ];
    for (const given of [said, said.toReversed(), [said[1]!, said[0]!, said[2]!]]) {
      const tracks = clocks({ openedAt: OPENED, steps: given });
      expect(tracks.map(({ metric, metAt }) => [metric, metAt])).toEqual([
        [SlaMetric.FIRST_RESPONSE, at],
        [SlaMetric.RESOLUTION, at],
      ]);
    }
  });

  test('of which more went by than is promised are due at once, also at night', () => {
    const night = new Date('2026-03-28T22:00:00Z');
    expect(momentOf(shop, night, 120 * MINUTE, 60)).toEqual(night);
    expect(momentOf(shop, night, 30 * MINUTE, 60)).toEqual(new Date('2026-03-30T07:30:00Z'));
  });

  test('run no longer once they are met, and a turn is met before the next begins', () => {
    fc.assert(
      fc.property(steps, given => {
        const [first, ...rest] = clocks({ openedAt: OPENED, steps: given });
        for (const clock of [first!, ...rest]) {
          expect([clock.runningSince, clock.pausedSince, clock.metAt, clock.stoppedAt].filter(Boolean)).toHaveLength(1);
          if (clock.metAt) expect(clock.spans.at(-1)!.to! <= clock.metAt).toBe(true);
        }
        const turns = rest.filter(({ metric }) => metric === SlaMetric.NEXT_RESPONSE);
        turns.forEach((turn, at) => {
          expect(turn.turn).toBe(at + 1);
          expect(turn.startedAt >= first!.metAt!).toBe(true);
          if (at > 0) expect(turns[at - 1]!.metAt ?? turns[at - 1]!.stoppedAt).toBeTruthy();
        });
      }),
    );
  });

  test('of an answer are met by the first word of ours, and begin again with the customer’s next', () => {
    const history: TicketHistory = {
      openedAt: OPENED,
      steps: [
        { at: later(0), kind: 'CUSTOMER' },
        { at: later(30), kind: 'AGENT' },
        { at: later(100), kind: 'CUSTOMER' },
        { at: later(110), kind: 'CUSTOMER' },
      ],
    };
    const [first, next, resolution] = clocks(history, always, 60, true, later(120));
    expect(first).toMatchObject({ metAt: later(30), dueAt: later(60), breachedAt: null });
    expect(next).toMatchObject({ startedAt: later(100), dueAt: later(160), warnAt: later(145) });
    // 30 minutes are used; the 70 of waiting for the customer are not.
    expect(resolution).toMatchObject({ runningSince: later(100), dueAt: later(130), elapsedMs: 30 * MINUTE });
    expect(stateOf(next!)).toBe(ClockState.RUNNING);
  });

  test('of an answer run until one that was held goes out, which answers nothing that was said since it was written', () => {
    const steps: Step[] = [
      { at: later(0), kind: 'CUSTOMER' },
      { at: later(20), kind: 'CUSTOMER' },
      { at: later(70), kind: 'AGENT', writtenAt: later(10) },
    ];
    const [first, next, resolution] = clocks({ openedAt: OPENED, steps }, always, 60, true, later(75));
    expect(first).toMatchObject({ metAt: later(70), breachedAt: later(60) });
    expect(next).toMatchObject({ startedAt: later(20), dueAt: later(80), runningSince: later(20) });
    expect(resolution).toMatchObject({ runningSince: later(0) });
    // A turn that began since is left as it was, and one that began before is met.
    const answered: Step[] = [
      { at: later(5), kind: 'AGENT' },
      { at: later(20), kind: 'CUSTOMER' },
      { at: later(40), kind: 'AGENT', writtenAt: later(10) },
      { at: later(50), kind: 'AGENT', writtenAt: later(30) },
      { at: later(50), kind: 'STATUS', status: TicketStatus.PENDING },
    ];
    const turns = only(SlaMetric.NEXT_RESPONSE, { openedAt: OPENED, steps: answered }, always, 60, true, later(60));
    expect(turns).toMatchObject([{ startedAt: later(20), metAt: later(50) }]);
  });

  test('are kept by an answer at the very moment, and not by one after a night in between', () => {
    const answered = (at: Date): TicketHistory => ({ openedAt: OPENED, steps: [{ at, kind: 'AGENT' }] });
    const due = addBusinessTime(shop, OPENED, 120);
    expect(due).toEqual(new Date('2026-03-27T17:00:00Z'));
    expect(only(SlaMetric.FIRST_RESPONSE, answered(due), shop, 120)[0]!.breachedAt).toBeNull();
    // It opens at nine the next day, when no more open time has gone by than when it closed.
    const morning = only(SlaMetric.FIRST_RESPONSE, answered(new Date('2026-03-28T08:00:00Z')), shop, 120)[0]!;
    expect(morning.breachedAt).toEqual(due);
    expect(stateOf(morning)).toBe(ClockState.BREACHED);
  });

  test('stand still on hold only where the policy says so', () => {
    const held: TicketHistory = {
      openedAt: OPENED,
      steps: [{ at: later(10), kind: 'STATUS', status: TicketStatus.ON_HOLD }],
    };
    const [paused] = only(SlaMetric.RESOLUTION, held, always, 60, true, later(20));
    expect(paused).toMatchObject({ dueAt: null, pausedSince: later(10), elapsedMs: 10 * MINUTE });
    expect(only(SlaMetric.RESOLUTION, held, always, 60, false, later(20))[0]).toMatchObject({ dueAt: later(60) });
  });

  test('of a first response run on while nobody was answered, though the ticket is put to wait for its customer', () => {
    const steps: Step[] = [
      { at: later(10), kind: 'STATUS', status: TicketStatus.PENDING },
      { at: later(30), kind: 'STATUS', status: TicketStatus.ON_HOLD },
      { at: later(40), kind: 'STATUS', status: TicketStatus.PENDING },
    ];
    const first = (count: number, now: number) =>
      only(
        SlaMetric.FIRST_RESPONSE,
        { openedAt: OPENED, steps: steps.slice(0, count) },
        always,
        60,
        true,
        later(now),
      )[0];
    expect(first(1, 20)).toMatchObject({ dueAt: later(60), pausedSince: null });
    expect(first(2, 35)).toMatchObject({ dueAt: null, pausedSince: later(30) });
    expect(first(3, 100)).toMatchObject({ dueAt: later(70), breachedAt: later(70) });
    const [resolution] = only(SlaMetric.RESOLUTION, { openedAt: OPENED, steps: steps.slice(0, 1) });
    expect(resolution).toMatchObject({ pausedSince: later(10) });
  });

  test('of a solution go on where they stopped when the ticket is opened again', () => {
    const steps: Step[] = [
      { at: later(20), kind: 'STATUS', status: TicketStatus.SOLVED },
      { at: later(500), kind: 'CUSTOMER' },
    ];
    const [solved] = only(SlaMetric.RESOLUTION, { openedAt: OPENED, steps: steps.slice(0, 1) });
    expect(solved).toMatchObject({ metAt: later(20), dueAt: later(60) });
    const again = { openedAt: OPENED, steps };
    expect(only(SlaMetric.RESOLUTION, again, always, 60, true, later(501))[0]).toMatchObject({
      metAt: null,
      dueAt: later(540),
    });
  });

  test('of an answer begin anew when its customer opens a solved ticket again', () => {
    const steps: Step[] = [
      { at: later(10), kind: 'AGENT' },
      { at: later(20), kind: 'CUSTOMER' },
      { at: later(30), kind: 'STATUS', status: TicketStatus.SOLVED },
      { at: later(100), kind: 'CUSTOMER' },
    ];
    const [left, anew] = only(SlaMetric.NEXT_RESPONSE, { openedAt: OPENED, steps }, always, 60, true, later(110));
    expect(left).toMatchObject({ turn: 1, stoppedAt: later(30), elapsedMs: 10 * MINUTE });
    expect(anew).toMatchObject({ turn: 2, startedAt: later(100), dueAt: later(160) });
  });

  test('of an answer that a solved ticket no longer needs are stopped, neither met nor missed', () => {
    const history: TicketHistory = {
      openedAt: OPENED,
      steps: [{ at: later(5), kind: 'STATUS', status: TicketStatus.CLOSED }],
    };
    const [first, resolution] = clocks(history);
    expect([stateOf(first!), stateOf(resolution!)]).toEqual([ClockState.STOPPED, ClockState.MET]);
    expect(stateOf(only(SlaMetric.RESOLUTION, { ...history, isMerged: true })[0]!)).toBe(ClockState.STOPPED);
  });

  test('know nothing of what is yet to come: a breach is there once it has happened', () => {
    const [waiting] = only(SlaMetric.FIRST_RESPONSE, { openedAt: OPENED, steps: [] }, always, 60, true, later(60));
    expect(waiting!.breachedAt).toBeNull();
    const [late] = only(SlaMetric.FIRST_RESPONSE, { openedAt: OPENED, steps: [] }, always, 60, true, later(61));
    expect(late!.breachedAt).toEqual(later(60));
  });
});
