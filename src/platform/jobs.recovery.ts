import pg from 'pg';
import type { Logger } from './logger.js';

export interface DeadWorkers {
  /** This worker lives here; jobs are locked in its name. */
  announce(workerId: string): void;
  stop(): Promise<void>;
}

const SWEEP_MS = 15_000;
/** A worker that has just begun may not have announced itself yet. */
const GRACE_SECONDS = 10;
const RECONNECT_MS = 1000;

/**
 * A killed process leaves its jobs locked, and the queue would wait four hours before it believes that. So every process holds
 * an advisory lock in its worker's name: PostgreSQL lets go of it the moment the process is gone, and whoever can then take
 * it sets the dead worker's jobs free.
 */
export function watchDeadWorkers({ ownerUrl, log }: { ownerUrl: string; log: Logger }): DeadWorkers {
  const own = new Set<string>();
  let client: pg.Client | null = null;
  let stopped = false;
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const fresh = new pg.Client({
      connectionString: ownerUrl,
      application_name: 'vinculo-worker-life',
      keepAlive: true,
    });
    fresh.on('error', () => {
      if (client === fresh) client = null;
    });
    await fresh.connect();
    client = fresh;
    for (const id of own) await fresh.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName(id)]);
    return fresh;
  }

  async function sweep(): Promise<void> {
    const connection = await connected();
    const { rows } = await connection.query<{ id: string }>(
      `select distinct locked_by as id from graphile_worker.jobs
        where locked_by is not null and locked_at < now() - make_interval(secs => $1)`,
      [GRACE_SECONDS],
    );
    for (const { id } of rows) {
      if (own.has(id)) continue;
      const taken = await connection.query<{ free: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
        [lockName(id)],
      );
      if (!taken.rows[0]?.free) continue;
      await connection.query('select graphile_worker.force_unlock_workers($1)', [[id]]);
      await connection.query('select pg_advisory_unlock(hashtextextended($1, 0))', [lockName(id)]);
      log.info({ worker: id }, 'the jobs of a worker that died are run again');
    }
  }

  function step(work: () => Promise<void>, next: number): void {
    turn = turn.then(async () => {
      if (stopped) return;
      let wait = next;
      await work().catch(error => {
        log.warn({ err: error }, 'dead workers could not be looked for');
        void client?.end().catch(() => {});
        client = null;
        wait = RECONNECT_MS;
      });
      clearTimeout(timer);
      timer = setTimeout(() => step(sweep, SWEEP_MS), wait);
      timer.unref();
    });
  }

  step(sweep, SWEEP_MS);
  return {
    announce(workerId) {
      own.add(workerId);
      step(async () => {
        const before = client;
        const connection = await connected();
        // A connection made just now took the lock with all others.
        if (before === connection)
          await connection.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName(workerId)]);
      }, SWEEP_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
      await client?.end().catch(() => {});
    },
  };
}

const lockName = (workerId: string): string => `worker:${workerId}`;
