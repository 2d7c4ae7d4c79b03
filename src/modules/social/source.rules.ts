import { AccountState } from './account.entity.js';
import type { ChannelDirectory } from './channel.directory.js';
import { type Source, SourceState } from './source.entity.js';

/** Reading itself takes a moment; nobody is late by that. */
const GRACE_SECONDS = 5;
/** A stream tells where it stands at least this often, also when nothing happens. */
const STREAM_SECONDS = 60;

/** How what a source follows comes to us, beside calls of its network. */
export function waysToRead(
  channels: ChannelDirectory,
  { connector }: Pick<Source, 'connector'>,
): { streams: boolean; polls: boolean } {
  const channel = channels.byKind(connector);
  return { polls: channel?.capabilities.polls ?? false, streams: channel?.alwaysStreams ?? false };
}

/**
 * Whole seconds since the last success beyond what is usual; null before the first one, while nobody reads, and where only the
 * network calls: one that has nothing to say does not call.
 */
export function lagSeconds(
  source: Pick<Source, 'state' | 'lastSuccessAt' | 'intervalSeconds'>,
  by: { streams: boolean; polls: boolean },
  now: Date,
): number | null {
  if (source.lastSuccessAt === null || source.state === SourceState.PAUSED) return null;
  if (!by.streams && !by.polls) return null;
  const usual = by.streams ? STREAM_SECONDS : source.intervalSeconds;
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
