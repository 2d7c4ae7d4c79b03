import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { AppError } from '../../../platform/errors.js';

// A thread runs what is built, also where this file is run from its source.
const BUILT = dirname(fileURLToPath(import.meta.url)).replace(/(\/|\\)(dist\1)?src(?=\1modules)/, '$1dist$1src');

export interface ThreadOptions<Message> {
  /** Told of every message. */
  onMessage?: (message: Message) => void;
  resourceLimits?: ResourceLimits;
  /** After so long it is ended: UNAVAILABLE. */
  longestMs?: number;
}

/** Runs a file of this folder as a thread until it ends, and answers the last message it sent. Throws what it threw. */
export async function runThread<Input, Message>(
  file: string,
  workerData: Input,
  { onMessage = () => {}, resourceLimits = {}, longestMs }: ThreadOptions<Message> = {},
): Promise<Message> {
  const worker = new Worker(join(BUILT, file), { workerData, resourceLimits });
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  let last: Message | undefined;
  worker.on('message', (message: Message) => {
    last = message;
    onMessage(message);
  });
  worker.once('error', reject);
  worker.once('exit', code =>
    last === undefined ? reject(new Error(`The thread ${file} ended with ${code} and said nothing.`)) : resolve(last),
  );
  const timer =
    longestMs === undefined
      ? undefined
      : setTimeout(() => reject(new AppError('UNAVAILABLE', 'It took too long. Try again later.')), longestMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
