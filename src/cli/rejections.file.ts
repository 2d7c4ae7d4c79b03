import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Rejection } from '../../integrations/archive/index.js';

export interface RejectionsFile {
  add(rejection: Rejection): Promise<void>;
  close(): Promise<void>;
}

/**
 * The rows that could not be taken, as CSV with line, column, reason and the row itself. It appears under its name when the
 * import ends, so that two imports at once do not write into one another. Without a rejected row there is none, unless it
 * was asked for.
 */
export function openRejectionsFile(path: string, wasAskedFor: boolean): RejectionsFile {
  const draft = `${path}.${process.pid}`;
  let file: FileHandle | null = null;
  async function opened(): Promise<FileHandle> {
    if (!file) {
      await mkdir(dirname(path), { recursive: true });
      file = await open(draft, 'w', 0o600);
      await file.write('line,column,reason,row\n');
    }
    return file;
  }
  return {
    async add({ line, column, reason, row }) {
      await (await opened()).write(`${[String(line), column ?? '', reason, row].map(quoted).join(',')}\n`);
    },
    async close() {
      if (wasAskedFor) await opened();
      if (file) {
        await file.close();
        await rename(draft, path);
      } else {
        // What an earlier import rejected says nothing about this one.
        await rm(path, { force: true });
      }
    },
  };
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
