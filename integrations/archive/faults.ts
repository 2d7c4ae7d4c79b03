/** The archive as a whole cannot be read as asked. The message is meant for the person who asked. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** One row cannot be taken. `column` is the archive's own name of the cell at fault; null when it is the row as such. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
  constructor(
    readonly column: string | null,
    readonly reason: string,
  ) {
    super(reason);
  }
}

export interface Rejection {
  /** Line on which the row begins, from 1. */
  line: number;
  column: string | null;
  reason: string;
  /** The row as it was read, cut when it is very long; bytes that are not UTF-8 are shown as U+FFFD. */
  row: string;
}

const SHOWN_ROW = 10_000;

export function rejectionOf(line: number, fault: RowFault, bytes: Buffer): Rejection {
  return { line, column: fault.column, reason: fault.reason, row: bytes.toString('utf8', 0, SHOWN_ROW) };
}
