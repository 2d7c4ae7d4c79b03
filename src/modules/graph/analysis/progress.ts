/** What a long computation asks of its caller, seldom enough to cost nothing. */
export interface Watch {
  /** Told how much is done, 0 to 1, never less than before. */
  onProgress?: (done: number) => void;
  /** Asked whether to give up; `true` ends the computation with `AnalysisStopped`. */
  shouldStop?: () => boolean;
}

/** The caller wanted no result any more; nothing was kept. */
export class AnalysisStopped extends Error {
  constructor() {
    super('The analysis was stopped before its end.');
    this.name = 'AnalysisStopped';
  }
}

/** Reports progress and gives up if asked to. */
export function checkpoint(watch: Watch | undefined, done: number): void {
  if (!watch) return;
  if (watch.shouldStop?.()) throw new AnalysisStopped();
  watch.onProgress?.(done);
}
