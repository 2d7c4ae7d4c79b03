import pg from 'pg';
import type { Logger } from '../platform/logger.js';

export interface Leadership {
  stop(): Promise<void>;
}

interface LeadershipOptions {
  ownerUrl: string;
  log: Logger;
  /** Runs while this process leads; its signal aborts when it no longer does. Must end soon after. */
  lead(signal: AbortSignal): Promise<void>;
}

/** Any constant: the processes of one database agree by it on who follows the streams. */
const LOCK = 5_207_113_400;
const LOOK_MS = 1000;
const ANSWER_MS = 5000;

/**
 * One process of all that share a database leads, by an advisory lock on a connection of its own. PostgreSQL lets go of the
 * lock when the process dies, however it dies, and another takes over within a second or so.
 */
export function seekLeadership({ ownerUrl, log, lead }: LeadershipOptions): Leadership {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await seekOnce(ownerUrl, stopping.signal, lead, log).catch(error => {
        if (!stopping.signal.aborted)
          log.warn({ err: error }, 'the lead of the streams was lost or could not be sought');
      });
      await sleep(LOOK_MS, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Holds one connection, until it is lost or the process stops. */
async function seekOnce(
  ownerUrl: string,
  stopping: AbortSignal,
  lead: LeadershipOptions['lead'],
  log: Logger,
): Promise<void> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'vinculo-streams',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  try {
    await client.connect();
    const over = AbortSignal.any([stopping, lost.signal]);
    while (!over.aborted) {
      const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [LOCK]);
      if (rows[0]?.leads) break;
      await sleep(LOOK_MS, over);
    }
    if (over.aborted) return;
    log.info({}, 'this process follows the streams');
    const leading = lead(over);
    try {
      while (!over.aborted) {
        await sleep(LOOK_MS, over);
        // A connection that died without a word shows only when it is asked something.
        if (!over.aborted) await client.query('select 1');
      }
    } finally {
      lost.abort();
      await leading;
    }
  } finally {
    await client.end().catch(() => {});
  }
}

/** Resolves after `milliseconds`, or as soon as the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    if (signal.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, Math.max(milliseconds, 0));
    signal.addEventListener('abort', end);
  });
}
