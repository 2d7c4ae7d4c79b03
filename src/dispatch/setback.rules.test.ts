import { expect, test } from '@jest/globals';
import type { Fault } from '../ingest/connector.js';
import { nextStep, notLookedUp, setbackOf, unknownOf } from './setback.rules.js';

const now = new Date('2026-11-01T10:00:00Z');
const HOUR = 3_600_000;
const fault = (given: Partial<Fault>): Fault => ({ class: 'transient', message: 'no', scope: 'message', ...given });
const attempted = (given: Partial<Parameters<typeof setbackOf>[1]> = {}) => ({
  attempt: 1,
  firstTriedAt: now,
  now,
  random: 0.5,
  ...given,
});

test('what passes is tried again, ever more rarely, until a day has gone', () => {
  const waits = [1, 4, 8, 12].map(attempt => {
    const { state, runAt } = setbackOf(fault({}), attempted({ attempt }));
    expect(state).toBe('QUEUED');
    return runAt!.getTime() - now.getTime();
  });
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits.at(-1)).toBeLessThanOrEqual(HOUR);
  const yesterday = new Date(now.getTime() - 24 * HOUR);
  expect(setbackOf(fault({}), attempted({ firstTriedAt: yesterday }))).toMatchObject({
    state: 'FAILED',
    failure: { code: 'GAVE_UP' },
    runAt: null,
  });
});

test('a network that says when to come back is taken at its word', () => {
  const retryAt = new Date(now.getTime() + 10 * 60_000);
  const { runAt } = setbackOf(fault({ class: 'rate', retryAt }), attempted());
  expect(runAt!.getTime()).toBeGreaterThanOrEqual(retryAt.getTime());
  expect(runAt!.getTime()).toBeLessThan(retryAt.getTime() + 1500);
  const broken = setbackOf(fault({ class: 'rate', retryAt: new Date(Number.NaN) }), attempted());
  expect(broken.runAt!.getTime()).toBeGreaterThan(now.getTime());
});

test('an access that ended waits for a person, and what will never do fails at once', () => {
  expect(setbackOf(fault({ class: 'auth' }), attempted())).toMatchObject({ state: 'QUEUED', runAt: null });
  for (const kind of ['forbidden', 'not_found', 'invalid', 'duplicate', 'window_closed'] as const)
    expect(setbackOf(fault({ class: kind }), attempted())).toMatchObject({ state: 'FAILED', runAt: null });
});

test('what is unknown is sent again only where it cannot be there twice', () => {
  const step = (idempotency: Parameters<typeof nextStep>[0]['idempotency'], canLook: boolean, lookUps: number) =>
    nextStep({ idempotency, canLook, lookUps });
  expect(step('native', false, 0)).toBe('send');
  expect(step('deterministicId', true, 0)).toBe('send');
  expect([0, 1, 2].map(looks => step('lookup', true, looks))).toEqual(['look', 'look', 'send']);
  expect([0, 1, 2].map(looks => step('none', true, looks))).toEqual(['look', 'look', 'ask']);
  expect(step('none', false, 0)).toBe('ask');
  expect(step('lookup', false, 0)).toBe('ask');
});

test('it is looked for after a while, longer each time, and in the end a person is asked', () => {
  const waits = [0, 1, 2, 11].map(
    lookUps => unknownOf({ lookUps, canLook: true, lookUpAfterMs: 5000, lookedUp: true }, undefined, now).runAt!,
  );
  expect(waits.map(at => at.getTime() - now.getTime())).toEqual([5000, 20_000, 80_000, HOUR]);
  const asked = unknownOf({ lookUps: 12, canLook: true, lookUpAfterMs: 5000, lookedUp: true }, 'a\0b', now);
  expect(asked).toEqual({
    state: 'UNKNOWN',
    failure: { code: 'NEEDS_PERSON', detail: 'ab' },
    runAt: null,
    lookedUp: true,
  });
});

test('a look-up that failed does not count, and is made again when the network says; for a day, unless it never will tell', () => {
  const look = (given: Partial<Parameters<typeof fault>[0]>, firstTriedAt = now) =>
    notLookedUp(fault(given), { lookUps: 1, firstTriedAt, lookUpAfterMs: 5000, now });
  const failed = look({ class: 'transient' });
  expect(failed).toMatchObject({ state: 'UNKNOWN', failure: { code: 'OUTCOME_UNKNOWN' }, lookedUp: false });
  expect(failed.runAt!.getTime() - now.getTime()).toBe(20_000);
  const retryAt = new Date(now.getTime() + 10 * 60_000);
  expect(look({ class: 'rate', retryAt }).runAt).toEqual(retryAt);
  expect(look({ class: 'quota', retryAt: new Date(now.getTime() + 9 * HOUR) }).runAt!.getTime()).toBe(
    now.getTime() + HOUR,
  );
  for (const given of [look({ class: 'forbidden' }), look({ class: 'transient' }, new Date(now.getTime() - 25 * HOUR))])
    expect(given).toMatchObject({ failure: { code: 'NEEDS_PERSON' }, runAt: null });
});
