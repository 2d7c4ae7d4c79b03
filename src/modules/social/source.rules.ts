import { AccountState } from './account.entity.js';
import { type Source, SourceState } from './source.entity.js';

/** Reading itself takes a moment; nobody is late by that. */
const GRACE_SECONDS = 5;
/** A stream tells where it stands at least this often, also when nothing happens. */
const STREAM_SECONDS = 60;

/** Whole seconds since the last success beyond what is usual; null before the first one and while nobody reads. */
export function lagSeconds(
  source: Pick<Source, 'state' | 'lastSuccessAt' | 'intervalSeconds'>,
  isStream: boolean,
  now: Date,
): number | null {
  if (source.lastSuccessAt === null || source.state === SourceState.PAUSED) return null;
  const usual = isStream ? STREAM_SECONDS : source.intervalSeconds;
  const late = (now.getTime() - Date.parse(source.lastSuccessAt)) / 1000 - usual;
  return late > GRACE_SECONDS ? Math.floor(late) : 0;
}

const WORST_FIRST = [SourceState.NEEDS_REAUTHORIZATION, SourceState.FAILING, SourceState.RATE_LIMITED] as const;

/** As it was set, when somebody must act; otherwise the worst state of a source. Paused sources say nothing about it. */
export function accountState(stored: AccountState, sources: { state: SourceState }[]): AccountState {
  if (stored !== AccountState.ACTIVE) return stored;
  const worst = WORST_FIRST.find(state => sources.some(source => source.state === state));
  return worst ? AccountState[worst] : AccountState.ACTIVE;
}
