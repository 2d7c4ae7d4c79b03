import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../platform/errors.js';
import type { ChosenSeeds, SeedInput } from './seeds.thread.js';

// A thread runs what is built, also where this file is run from its source.
const BUILT = dirname(fileURLToPath(import.meta.url)).replace(/(\/|\\)(dist\1)?src(?=\1modules)/, '$1dist$1src');

const LONGEST_MS = 30_000;
/** Objects only: ties and samples lie outside of it, in typed arrays that are bounded by themselves. */
const MOST_HEAP_MB = 512;

/** Chooses seeds in a thread of its own, which is ended when it takes longer than `longestMs`: UNAVAILABLE. Throws what it threw. */
export async function chooseSeeds(input: SeedInput, longestMs = LONGEST_MS): Promise<ChosenSeeds> {
  const worker = new Worker(join(BUILT, 'seeds.thread.js'), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ChosenSeeds>();
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', code => reject(new Error(`The thread that chooses seeds ended with ${code} and said nothing.`)));
  const timer = setTimeout(
    () => reject(new AppError('UNAVAILABLE', 'Choosing whom to speak to took too long. Try again later.')),
    longestMs,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
