// How well, and how fast, records of the same person are found.
import { measureResearch } from './matching.research.js';

export async function measureMatching(_flags: ReadonlySet<string>): Promise<void> {
  measureResearch();
}
