import { expect, test } from '@jest/globals';
import { AccountState } from './account.entity.js';
import { SourceState } from './source.entity.js';
import { accountState, lagSeconds } from './source.rules.js';

const now = new Date('2026-11-22T12:00:00Z');
const since = (seconds: number | null, state = SourceState.ACTIVE) => ({
  state,
  intervalSeconds: 300,
  lastSuccessAt: seconds === null ? null : new Date(now.getTime() - seconds * 1000).toISOString(),
});

const [polled, streamed] = [
  { streams: false, polls: true },
  { streams: true, polls: false },
];

test('a source lags by what it is late beyond its interval, a stream beyond a minute', () => {
  expect(lagSeconds(since(301), polled, now)).toBe(0);
  expect(lagSeconds(since(400), polled, now)).toBe(100);
  expect(lagSeconds(since(100), streamed, now)).toBe(40);
  expect(lagSeconds(since(null), polled, now)).toBeNull();
  expect(lagSeconds(since(4000, SourceState.PAUSED), polled, now)).toBeNull();
  expect(lagSeconds(since(4000), { streams: false, polls: false }, now)).toBeNull();
});

test('an account is as it was set, or as the worst of its sources', () => {
  const sources = (...states: SourceState[]) => states.map(state => ({ state }));
  expect(accountState(AccountState.PAUSED, sources(SourceState.FAILING))).toBe('PAUSED');
  expect(accountState(AccountState.ACTIVE, [])).toBe('ACTIVE');
  expect(accountState(AccountState.ACTIVE, sources(SourceState.PAUSED, SourceState.ACTIVE))).toBe('ACTIVE');
  expect(accountState(AccountState.ACTIVE, sources(SourceState.RATE_LIMITED, SourceState.FAILING))).toBe('FAILING');
});
