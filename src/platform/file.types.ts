import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

const LONGEST_NAME = 200;

/** The largest file that is kept, in bytes: 25 MiB. */
export const LARGEST_FILE = 25 * 1024 * 1024;

/** The media type of a file by its bytes: what was declared is a stranger's word. */
export async function typeOfBytes(bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found) return found.mime;
  return isUtf8(bytes) && !bytes.includes(0) ? 'text/plain' : 'application/octet-stream';
}

/** A file's name without what makes it a path or spoofs; null when nothing is left of it. */
export function plainFileName(name: string | undefined): string | null {
  const plain = name
    ?.toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}/\\]+/gu, ' ')
    .trim();
  return plain ? plain.slice(0, LONGEST_NAME).toWellFormed() : null;
}
