import { EventEmitter } from 'node:events';
import graphileWorker, { type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Scope, Tx } from './database/database.js';
import { type DeadWorkers, watchDeadWorkers } from './jobs.recovery.js';
import type { Logger } from './logger.js';

const { Logger: QueueLogger, run, runMigrations } = graphileWorker;

/** What a job is told beside its payload. */
export interface JobContext {
  /** Who it acts for: the organisation of its payload, as `system:<task>`. Throws for a job that names none. */
  readonly scope: Scope;
  /** Aborts when the worker is asked to stop: finish what is begun, begin nothing new. */
  signal: AbortSignal;
  log: Logger;
}

// biome-ignore lint/suspicious/noExplicitAny: a task knows its own payload
export type Task = (payload: any, context: JobContext) => Promise<void>;

export interface EnqueueOptions {
  /** At most one job with this key waits at a time; enqueuing it again replaces the one that waits. */
  key?: string;
  /** Not before this moment; at once unless given. */
  runAt?: Date;
  /** A job of this key that waits already keeps its own moment. */
  keepRunAt?: boolean;
}

/**
 * Enqueues a job in the caller's transaction: it exists exactly when the change does. The organisation and the request id
 * travel with it. A job is tried up to twelve times, over about three days, until it succeeds.
 */
export async function enqueue(tx: Tx, task: string, payload: object, options: EnqueueOptions = {}): Promise<void> {
  const { organizationId, requestId } = tx.scope;
  await tx.query('select enqueue_job($1, $2, $3, $4, $5)', [
    task,
    JSON.stringify({ ...payload, organizationId, requestId }),
    options.key ?? null,
    options.runAt ?? null,
    options.keepRunAt ? 'preserve_run_at' : 'replace',
  ]);
}

export interface WorkerOptions {
  ownerUrl: string;
  tasks: Record<string, Task>;
  /** Lines of a crontab in UTC: `15 * * * * events:expire ?jobKey=events:expire` (no dots in names). */
  crontab?: string;
  log: Logger;
  /** How many jobs run at a time; 4 unless given. */
  concurrency?: number;
}

export interface Worker {
  /** Takes no more jobs, tells those in flight to wrap up, and waits for them. */
  stop(): Promise<void>;
}

/** Runs background work in this process, beside others that do the same: each job runs in one of them. */
export async function openWorker({
  ownerUrl,
  tasks,
  crontab = '',
  log,
  concurrency = 4,
}: WorkerOptions): Promise<Worker> {
  // One of them listens for new jobs.
  const pool = openPool(ownerUrl, concurrency + 2, 'vinculo-worker');
  const stopping = new AbortController();
  const recovery: DeadWorkers = watchDeadWorkers({ ownerUrl, log });
  const events = new EventEmitter() as WorkerEvents;
  events.on('pool:create', ({ workerPool }) => recovery.announce(workerPool.id));
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    crontab,
    events,
    logger: queueLogger(log),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        async (payload, { job }) => {
          const given = (payload ?? {}) as { organizationId?: string; requestId?: string };
          const requestId = given.requestId ?? `job:${job.id}`;
          await task(given, {
            signal: stopping.signal,
            log: log.child({ requestId, task: name }),
            get scope() {
              if (!given.organizationId) throw new Error(`A job of ${name} names no organisation.`);
              return { organizationId: given.organizationId, actor: `system:${name}`, requestId };
            },
          });
        },
      ]),
    ),
  });
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopped ??= (async () => {
        stopping.abort();
        await runner.stop();
        await recovery.stop();
        await pool.end();
      })();
      return stopped;
    },
  };
}

/** Brings the queue's own tables up to date. Callers hold the migration lock. */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = openPool(ownerUrl, 1, 'vinculo-migrate');
  try {
    await runMigrations({ pgPool: pool, logger: new QueueLogger(() => () => {}) });
  } finally {
    await pool.end();
  }
}

/** A connection the server closes must not end the process, and the queue insists on seeing to that. */
function openPool(connectionString: string, max: number, application_name: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, application_name, options: '-c timezone=UTC' });
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return pool;
}

/** The queue tells of every job it takes and ends; only what went wrong is worth a line above debug. */
function queueLogger(log: Logger): InstanceType<typeof QueueLogger> {
  return new QueueLogger(() => (level, message, meta) => {
    const details = { err: meta?.['failure'] ?? meta?.['error'] };
    if (level === 'error') log.error(details, message);
    else if (level === 'warning') log.warn(details, message);
    else log.debug({}, message);
  });
}
