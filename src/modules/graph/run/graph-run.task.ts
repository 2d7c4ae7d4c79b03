import type { Pool } from 'pg';
import type { JobContext } from '../../../platform/jobs.js';
import { catchUpWithPresent, rebuildEdges } from '../edge.service.js';
import { GraphRunKind } from '../graph-run.entity.js';
import type { FromThread, ThreadInput } from './graph.thread.types.js';
import { RunRecord } from './graph-run.service.js';
import { runThread } from './threads.js';

/** How often a run says how far it is, and looks whether it has been called off. */
const LOOK_MS = 500;
const MOST_ATTEMPTS = 5;

export interface RunOptions {
  system: Pool;
  ownerUrl: string;
}

/**
 * Does one run, from its row to its results. A run whose process dies is begun again by the queue; until its last transaction is
 * committed what was there before holds. Throws so that the queue tries again, and gives up after five attempts.
 */
export async function runGraph(
  { runId, organizationId }: { runId: string; organizationId: string },
  { system, ownerUrl }: RunOptions,
  { signal }: Pick<JobContext, 'signal'>,
): Promise<void> {
  const record = new RunRecord(system, organizationId, runId);
  const begun = await record.begin();
  if (!begun) return;
  try {
    if (begun.kind === GraphRunKind.REBUILD) {
      await record.advance('REBUILDING', 0);
      await rebuildEdges(system, organizationId);
    }
    await catchUpWithPresent(system, AbortSignal.any([signal, AbortSignal.timeout(30_000)]));
    const end = await analyseInThread({ ownerUrl, organizationId }, record, signal);
    if (end.kind === 'done') await record.end('DONE', end);
    else if (end.kind === 'stopped' && !signal.aborted) await record.end('CANCELLED');
    // Stopped with its process, or somebody else is at it: the queue takes it up again.
    else throw new Error('The run was interrupted.');
  } catch (error) {
    const { rows } = await system.query<{ attempts: number }>(
      'select attempts from graph_runs where organization_id = $1 and id = $2',
      [organizationId, runId],
    );
    if ((rows[0]?.attempts ?? 0) >= MOST_ATTEMPTS && !signal.aborted) {
      await record.end('FAILED', { problem: error instanceof Error ? error.message : String(error) });
    }
    throw error;
  }
}

async function analyseInThread(
  input: Omit<ThreadInput, 'stop'>,
  record: RunRecord,
  signal: AbortSignal,
): Promise<FromThread> {
  const stop = new SharedArrayBuffer(4);
  const giveUp = () => void Atomics.store(new Int32Array(stop), 0, 1);
  let at: { phase: string; progress: number } = { phase: 'LOADING', progress: 0 };
  const looking = setInterval(() => {
    record.advance(at.phase, at.progress).then(
      cancelled => cancelled && giveUp(),
      () => {},
    );
  }, LOOK_MS);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await runThread<ThreadInput, FromThread>('graph.thread.js', { ...input, stop }, message => {
      if (message.kind === 'progress') at = message;
    });
  } finally {
    clearInterval(looking);
    signal.removeEventListener('abort', giveUp);
  }
}
