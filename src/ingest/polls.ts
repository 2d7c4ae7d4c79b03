import { drivenSource } from '../modules/social/index.js';
import type { Task } from '../platform/jobs.js';
import { Reading, type ReadingOptions } from './reading.js';

/** A poll that takes longer is broken off where it is; what it brought is kept. */
const LONGEST_POLL_MS = 10 * 60_000;

/**
 * The task that reads one source once, and puts the next reading into the queue. Failures of the network are recorded with the
 * source and never thrown: the queue's own back-off is for failures of ours.
 */
export function pollTask(options: ReadingOptions): Task {
  return async ({ sourceId }: { sourceId: string }, job) => {
    const source = await drivenSource(options.database.system, options.vault, sourceId);
    const connector = source && options.registry.connector(source.connector);
    // A stream needs no turns: it is followed as soon as it is there. Where both are possible, the poll brings what it missed.
    if (!source || !connector?.poll) return;
    if (source.organizationId !== job.scope.organizationId) throw new Error('The job names another organisation.');
    const signal = AbortSignal.any([job.signal, AbortSignal.timeout(LONGEST_POLL_MS)]);
    const reading = new Reading({ ...options, log: job.log }, source, connector, job.scope, 'poll');
    const waitUntil = await reading.waitUntil();
    if (waitUntil) return reading.postpone(waitUntil);
    try {
      let more = false;
      for await (const batch of connector.poll(reading.context(signal), reading.cursor)) {
        await reading.store(batch);
        more = batch.more;
        if (signal.aborted) break;
      }
      await reading.succeeded(more || signal.aborted);
    } catch (error) {
      await reading.failed(error, true);
    }
  };
}
