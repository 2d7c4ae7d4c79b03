import type { Stop } from '../platform/process.js';
import { CommandError } from './failure.js';

export async function demo(_stop: Stop): Promise<number> {
  throw new CommandError('The demo is not there yet.');
}
