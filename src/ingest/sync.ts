import { POLL_TASK, scheduleForgotten } from '../modules/social/index.js';
import type { Task } from '../platform/jobs.js';
import { type Leadership, seekLeadership } from './leadership.js';
import { pollTask } from './polls.js';
import { followStreams, type StreamsOptions } from './streams.js';

export interface SyncOptions extends StreamsOptions {
  ownerUrl: string;
}

/** What drives every source of every organisation: tasks for the queue, and the streams. */
export interface Sync {
  tasks: Record<string, Task>;
  crontab: string;
  /** Joins the processes of which one follows the streams. */
  start(): void;
  /** Ends the streams of this process; each has stored where it stands. */
  stop(): Promise<void>;
}

const SCHEDULE_TASK = 'source:schedule';

/**
 * Polled sources are read by jobs of the queue, one waiting at a time for each, in whichever process is free. Streamed sources
 * are followed in one process of all, and polled too where their network allows it, with a cursor for each way. Both store a batch and its cursor together, and only when the cursor is still the one
 * the batch follows; so nothing is lost or doubled, whatever is killed when.
 */
export function openSync(options: SyncOptions): Sync {
  const { database, registry, ownerUrl, log } = options;
  const polled = registry.connectors.filter(connector => connector.poll).map(connector => connector.kind);
  const forgotten = async () => {
    const count = await scheduleForgotten(database.system, polled);
    if (count > 0) log.info({ count }, 'sources that had no turn were given one');
  };
  let leadership: Leadership | null = null;
  return {
    tasks: { [POLL_TASK]: pollTask(options), [SCHEDULE_TASK]: forgotten },
    crontab: `* * * * * ${SCHEDULE_TASK} ?jobKey=${SCHEDULE_TASK}`,
    start() {
      leadership ??= seekLeadership({ ownerUrl, log, lead: signal => followStreams(options, signal) });
      forgotten().catch(error => log.warn({ err: error }, 'sources could not be looked through'));
    },
    async stop() {
      await leadership?.stop();
      leadership = null;
    },
  };
}
