// How well, and how fast, records of the same person are found.
import { measureGenerated } from './matching.generated.js';
import { measureIncremental } from './matching.incremental.js';
import { measureMillion } from './matching.million.js';
import { measureResearch } from './matching.research.js';

export async function measureMatching(flags: ReadonlySet<string>): Promise<void> {
  if (flags.has('--million')) {
    await measureMillion(1_000_000);
    return measureIncremental(1_000_000);
  }
  if (flags.has('--incremental')) return measureIncremental(20_000);
  if (!flags.has('--people')) await measureResearch();
  await measureGenerated(20_000, 60_000);
}
