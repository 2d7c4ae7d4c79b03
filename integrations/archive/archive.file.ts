import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ArchiveError } from './faults.js';

/** Small on purpose: a compressed piece can grow a thousandfold, and one piece at a time is held inflated. */
const PIECE = 16 * 1024;

export interface ArchiveFile {
  /** Bytes on disk; 0 for a pipe. */
  size: number;
  /** Bytes of the file, as stored, that were read so far. */
  readonly position: number;
  /** The content, inflated where it is gzip by its first two bytes. Throws `ArchiveError` after all that could be read. */
  chunks(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

export async function openArchiveFile(path: string): Promise<ArchiveFile> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    const why = { ENOENT: 'there is no such file', EACCES: 'you may not read it' }[error.code ?? ''] ?? error.message;
    throw new ArchiveError(`${path} cannot be opened: ${why}.`);
  });
  const facts = await file.stat();
  if (facts.isDirectory()) {
    await file.close();
    throw new ArchiveError(`${path} is a folder, not a file.`);
  }
  let position = 0;
  async function* stored(): AsyncGenerator<Buffer> {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, null);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
  return {
    size: facts.isFile() ? facts.size : 0,
    get position() {
      return position;
    },
    async *chunks() {
      const pieces = stored();
      const first = await pieces.next();
      if (first.done) return;
      const whole = preceded(first.value, pieces);
      yield* first.value[0] === 0x1f && first.value[1] === 0x8b ? inflated(path, whole) : whole;
    },
    close: () => file.close(),
  };
}

async function* preceded(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

/**
 * Inflates piece by piece. A stream that fails drops what it had ready; here everything before the fault is handed over
 * first, so that a truncated file gives every row it still has.
 */
async function* inflated(path: string, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  gunzip.on('error', error => {
    failure = error;
  });
  const closed = new Promise<void>(done => gunzip.once('close', done));
  try {
    for await (const piece of pieces) {
      await Promise.race([new Promise<void>(done => gunzip.write(piece, () => done())), closed]);
      yield* ready.splice(0);
      if (failure) break;
    }
    if (!failure) {
      gunzip.end();
      await closed;
      yield* ready.splice(0);
    }
  } finally {
    gunzip.destroy();
  }
  if (failure) {
    const what = failure.message.includes('unexpected end') ? 'ends in the middle' : 'is damaged';
    throw new ArchiveError(`${path} ${what}: the compressed data cannot be read any further.`);
  }
}
