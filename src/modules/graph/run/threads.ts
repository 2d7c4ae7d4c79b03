import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

// A thread runs what is built, also where this file is run from its source.
const BUILT = dirname(fileURLToPath(import.meta.url)).replace(/(\/|\\)(dist\1)?src(?=\1modules)/, '$1dist$1src');

/**
 * Runs a file of this folder as a thread until it ends, and answers the last message it sent; the ones before go to `onMessage`.
 * Throws what it threw.
 */
export async function runThread<Input, Message>(
  file: string,
  workerData: Input,
  onMessage: (message: Message) => void = () => {},
): Promise<Message> {
  const worker = new Worker(join(BUILT, file), { workerData });
  try {
    return await new Promise((done, failed) => {
      let last: Message | undefined;
      worker.on('message', (message: Message) => {
        last = message;
        onMessage(message);
      });
      worker.once('error', failed);
      worker.once('exit', code =>
        last === undefined ? failed(new Error(`The thread ${file} ended with ${code} and said nothing.`)) : done(last),
      );
    });
  } finally {
    await worker.terminate();
  }
}
