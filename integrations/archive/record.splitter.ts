/** The longest record taken, in bytes. */
export const MOST_RECORD = 1024 * 1024;

const LF = 10;
const CR = 13;
const QUOTE = 34;

export interface RawRecord {
  /** Line on which it begins, from 1. */
  line: number;
  /** Without its line end. */
  bytes: Buffer;
  /** Why it is not a record after all. */
  fault?: string;
}

/** Blank lines, at the end above all, are no rows. */
const isBlank = (bytes: Buffer): boolean => bytes.length < 100 && bytes.toString('latin1').trim() === '';

/** Where the machine stands inside a CSV record: a quote means something else in each of these. */
const FIELD_START = 0;
const PLAIN = 1;
const QUOTED = 2;
const MAYBE_CLOSED = 3;

/**
 * Cuts a stream of bytes into records, one list for each chunk: lines, or with `delimiter` CSV records, whose quoted fields
 * may hold line ends (RFC 4180). It holds at most one record and never more than `MOST_RECORD`: a record that grows past it,
 * or whose quote is still open at the end, is given up, and reading goes on with the line after the one it began on.
 */
export async function* splitRecords(
  chunks: AsyncIterable<Buffer>,
  delimiter: number | null,
): AsyncGenerator<RawRecord[]> {
  const splitter = new Splitter(delimiter);
  for await (const chunk of chunks) yield splitter.take(chunk);
  yield splitter.end();
}

class Splitter {
  /** From the beginning of the record that is being read. */
  private held: Buffer = Buffer.alloc(0);
  private scanned = 0;
  private state = FIELD_START;
  private line = 1;
  private isFirst = true;
  /** Inside the rest of a line that is too long. */
  private isSkipping = false;
  private found: RawRecord[] = [];

  constructor(private readonly delimiter: number | null) {}

  take(chunk: Buffer): RawRecord[] {
    this.held = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    if (this.isFirst && this.held.length >= 3) {
      if (this.held[0] === 0xef && this.held[1] === 0xbb && this.held[2] === 0xbf) this.held = this.held.subarray(3);
      this.isFirst = false;
    }
    this.scan();
    while (this.held.length > MOST_RECORD) {
      this.giveUp(`the row is longer than ${MOST_RECORD} bytes, or a quote in it is not closed`);
      this.scan();
    }
    return this.found.splice(0);
  }

  end(): RawRecord[] {
    while (this.held.length > 0 && !this.isSkipping) {
      if (this.state === QUOTED) {
        this.giveUp('a quote is not closed');
        if (this.isSkipping) break;
        this.scan();
      } else {
        this.emit(this.held.length);
      }
    }
    return this.found.splice(0);
  }

  private scan(): void {
    for (;;) {
      if (this.isSkipping) {
        const lineEnd = this.held.indexOf(LF);
        if (lineEnd === -1) {
          this.held = Buffer.alloc(0);
          return;
        }
        this.isSkipping = false;
        this.startAt(lineEnd + 1, 1);
      }
      const end = this.delimiter === null ? this.held.indexOf(LF, this.scanned) : this.endOfCsvRecord(this.delimiter);
      if (end === -1) {
        this.scanned = this.held.length;
        return;
      }
      this.emit(end);
    }
  }

  private endOfCsvRecord(delimiter: number): number {
    const { held } = this;
    let { state } = this;
    for (let at = this.scanned; at < held.length; at++) {
      const byte = held[at];
      if (state === QUOTED) {
        if (byte === QUOTE) state = MAYBE_CLOSED;
      } else if (byte === QUOTE && state !== PLAIN) {
        state = QUOTED;
      } else if (byte === LF) {
        this.state = state;
        return at;
      } else {
        state = byte === delimiter ? FIELD_START : PLAIN;
      }
    }
    this.state = state;
    return -1;
  }

  private emit(end: number): void {
    const last = end > 0 && this.held[end - 1] === CR ? end - 1 : end;
    // A copy, because a row may wait for its batch much longer than the chunk it lies in should live.
    const bytes = this.held.subarray(0, last);
    if (!isBlank(bytes)) this.found.push({ line: this.line, bytes: Buffer.from(bytes) });
    let lines = 1;
    if (this.delimiter !== null) {
      for (let at = this.held.indexOf(LF); at !== -1 && at < end; at = this.held.indexOf(LF, at + 1)) lines++;
    }
    this.startAt(end + 1, lines);
  }

  private giveUp(fault: string): void {
    const lineEnd = this.held.indexOf(LF);
    const end = lineEnd === -1 ? this.held.length : lineEnd;
    this.found.push({ line: this.line, bytes: Buffer.from(this.held.subarray(0, Math.min(end, 10_000))), fault });
    if (lineEnd === -1) {
      this.isSkipping = true;
      this.held = Buffer.alloc(0);
      this.scanned = 0;
      this.state = FIELD_START;
    } else {
      this.startAt(lineEnd + 1, 1);
    }
  }

  private startAt(offset: number, lines: number): void {
    this.held = this.held.subarray(offset);
    this.scanned = 0;
    this.state = FIELD_START;
    this.line += lines;
  }
}
