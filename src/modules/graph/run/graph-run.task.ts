import type { Pool } from 'pg';
import type { JobContext } from '../../../platform/jobs.js';
import { catchUpWithPresent, rebuildEdges } from '../edge.service.js';
import { GraphRunKind } from '../graph-run.entity.js';
import type { FromThread, ThreadInput } from './graph.thread.types.js';
import { RunRecord } from './graph-run.service.js';
import { runThread } from './threads.js';

/** How often a run says how far it is, and looks whether it has been called off. */
const LOOK_MS = 500;
const CATCH_UP_MS = 30_000;

export interface RunOptions {
  system: Pool;
  ownerUrl: string;
}

/**
 * Does one run, from its row to its results. A run whose process dies is begun again, five times at most; until its results are
 * written what was there before holds. Throws so that the queue tries again.
 */
export async function runGraph(
  { runId, organizationId }: { runId: string; organizationId: string },
  { system, ownerUrl }: RunOptions,
  { signal }: Pick<JobContext, 'signal'>,
): Promise<void> {
  const record = new RunRecord(system, organizationId, runId);
  const begun = await record.begin();
  if (!begun) return;
  const over = new AbortController();
  const at = { phase: begun.kind === GraphRunKind.REBUILD ? 'REBUILDING' : 'LOADING', progress: 0 };
  const look = () =>
    record.advance(at.phase, at.progress).then(
      isCalledOff => isCalledOff && over.abort(),
      () => {},
    );
  const looking = setInterval(look, LOOK_MS);
  const stop = AbortSignal.any([signal, over.signal]);
  try {
    if (begun.kind === GraphRunKind.REBUILD) await rebuildEdges(system, organizationId, stop);
    await catchUpWithPresent(system, AbortSignal.any([stop, AbortSignal.timeout(CATCH_UP_MS)]));
    const end = await analyseInThread({ ownerUrl, organizationId }, stop, message => Object.assign(at, message));
    if (end.kind === 'done') return await record.end('DONE', end);
    if (end.kind === 'busy') await record.giveBack();
    stop.throwIfAborted();
    throw new Error('Another worker is at it.');
  } catch (error) {
    // Called off, and not stopped together with its process: then the queue takes it up again.
    if (over.signal.aborted && !signal.aborted) return await record.end('CANCELLED');
    if (signal.aborted) await record.giveBack();
    throw error;
  } finally {
    clearInterval(looking);
  }
}

async function analyseInThread(
  input: Omit<ThreadInput, 'stop'>,
  signal: AbortSignal,
  onProgress: (at: { phase: string; progress: number }) => void,
): Promise<FromThread> {
  const stop = new SharedArrayBuffer(4);
  const giveUp = () => void Atomics.store(new Int32Array(stop), 0, 1);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await runThread<ThreadInput, FromThread>(
      'graph.thread.js',
      { ...input, stop },
      {
        onMessage(message) {
          if (message.kind === 'progress') onProgress({ phase: message.phase, progress: message.progress });
        },
      },
    );
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
