import type { ChosenSeeds, SeedInput } from './seeds.thread.js';
import { runThread } from './threads.js';

const LONGEST_MS = 30_000;
/** Objects only: ties and samples lie outside of it, in typed arrays that are bounded by themselves. */
const MOST_HEAP_MB = 512;

/** Chooses seeds in a thread of its own, which is ended when it takes longer than `longestMs`: UNAVAILABLE. Throws what it threw. */
export const chooseSeeds = (input: SeedInput, longestMs = LONGEST_MS): Promise<ChosenSeeds> =>
  runThread<SeedInput, ChosenSeeds>('seeds.thread.js', input, {
    longestMs,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
