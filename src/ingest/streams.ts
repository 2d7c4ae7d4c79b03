import { breakerAllows, type DrivenSource, drivenSource, drivenSources } from '../modules/social/index.js';
import type { Scope } from '../platform/database/database.js';
import type { AnyConnector, Batch } from './connector.js';
import { sleep } from './leadership.js';
import { isStreamed, Reading, type ReadingOptions } from './reading.js';

export interface StreamsOptions extends ReadingOptions {
  /** Calls back when a source of anybody's was created, paused, resumed or removed; returns how to stop that. */
  onSourceChanged(listener: () => void): () => void;
}

/** We look by ourselves this often, in case a change was not told. */
const LOOK_MS = 5000;
/** Whoever waits looks this often whether there is still a reason: a budget may have been raised. */
const RECONSIDER_MS = 60_000;
/** A stream on which nothing happens still tells where it stands; that is worth a write only so often. */
const IDLE_STORE_MS = 10_000;

/** Follows every stream there is until the signal aborts, and starts and stops them as sources come and go. */
export async function followStreams(options: StreamsOptions, signal: AbortSignal): Promise<void> {
  const kinds = options.registry.connectors.filter(connector => connector.listen).map(connector => connector.kind);
  if (kinds.length === 0) return;
  const followed = new Map<string, { abort: AbortController; ended: Promise<void>; what: string }>();
  let rouse: () => void = () => {};
  let isRoused = false;
  const forget = options.onSourceChanged(() => {
    isRoused = true;
    rouse();
  });
  try {
    while (!signal.aborted) {
      isRoused = false;
      try {
        const wanted = await drivenSources(options.database.system, kinds);
        // What is followed elsewhere from now on begins again from where it stands.
        for (const [id, { abort, what }] of followed) if (wanted.get(id) !== what) abort.abort();
        for (const [id, what] of wanted) {
          if (followed.has(id)) continue;
          const abort = new AbortController();
          const ended = followSource(options, id, AbortSignal.any([signal, abort.signal]))
            .catch(error => options.log.error({ err: error, source: id }, 'a stream ended in a way nobody foresaw'))
            .finally(() => {
              followed.delete(id);
              // It may have been resumed while its last run was ending.
              if (abort.signal.aborted) rouse();
            });
          followed.set(id, { abort, ended, what });
        }
      } catch (error) {
        options.log.warn({ err: error }, 'the streams to follow could not be looked up');
      }
      if (!isRoused) await pause(signal, wake => (rouse = wake));
    }
  } finally {
    forget();
    await Promise.all([...followed.values()].map(({ ended }) => ended));
  }
}

function pause(signal: AbortSignal, offer: (wake: () => void) => void): Promise<void> {
  const roused = new AbortController();
  offer(() => roused.abort());
  return sleep(LOOK_MS, AbortSignal.any([signal, roused.signal]));
}

/** Listens to one source, again and again with the pauses its failures ask for, until it is stopped or gone. */
async function followSource(options: StreamsOptions, id: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const source = await drivenSource(options.database.system, options.vault, id);
    const connector = source && options.registry.connector(source.connector);
    if (!source || !connector?.listen) return;
    // Only polled, until it is followed otherwise or with other credentials.
    if (!isStreamed(connector, source)) {
      await sleep(RECONSIDER_MS, signal);
      continue;
    }
    // After a restart of ours, a network that asked us to wait is still waiting.
    let wait = Date.parse(source.waitUntil ?? '') - Date.now() || 0;
    // Asking may make us the one that tries; so only who could begin at once asks.
    if (wait <= 0) wait = ((await breakerAllows(options.database.system, source))?.getTime() ?? 0) - Date.now();
    if (wait > 0) {
      await sleep(Math.min(wait, RECONSIDER_MS), signal);
      continue;
    }
    const scope = { organizationId: source.organizationId, actor: 'system:source.stream', requestId: `source:${id}` };
    const retryAt = await listenOnce(options, source, connector, scope, signal);
    if (!retryAt) return;
    await sleep(Math.min(retryAt.getTime() - Date.now(), RECONSIDER_MS), signal);
  }
}

/** One connection's life. Returns when to connect again, or null when it was ended on purpose. */
async function listenOnce(
  options: StreamsOptions,
  source: DrivenSource,
  connector: AnyConnector,
  scope: Scope,
  signal: AbortSignal,
): Promise<Date | null> {
  const reading = new Reading(options, source, connector, scope, 'stream');
  let idle: Batch<unknown> | null = null;
  let storedAt = Number.NEGATIVE_INFINITY;
  try {
    const context = reading.context(signal);
    for await (const batch of connector.listen!(context, reading.cursor)) {
      const isIdle = batch.events.length === 0 && !batch.gap && !batch.receipts?.length;
      if (isIdle && performance.now() - storedAt < IDLE_STORE_MS) {
        idle = batch;
        continue;
      }
      await reading.store(batch);
      idle = null;
      storedAt = performance.now();
    }
    if (idle) await reading.store(idle);
    if (signal.aborted) return null;
    throw new Error('The stream ended without a reason.');
  } catch (error) {
    // What fails while we are leaving is not the network's doing; the cursor is where the last batch left it.
    if (signal.aborted) return null;
    return reading.failed(error, false);
  }
}
