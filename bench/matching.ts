// How well, and how fast, records of the same person are found.
import { measureGenerated } from './matching.generated.js';
import { measureMillion } from './matching.million.js';
import { measureResearch } from './matching.research.js';

export async function measureMatching(flags: ReadonlySet<string>): Promise<void> {
  if (flags.has('--million')) return measureMillion(1_000_000);
  if (!flags.has('--people')) await measureResearch();
  await measureGenerated(20_000, 60_000);
}
