import type { Rejection } from './faults.js';
import type { RawRecord } from './record.splitter.js';

/** One row of an archive. Reading a cell throws `RowFault` when it is not there or is not text. */
export interface Row {
  line: number;
  bytes: Buffer;
  /** The text of a cell; empty where the row has none. */
  cell(column: string): string;
}

/** What turns records into rows, once the first of them have told the columns. */
export interface RowReader {
  columns: string[];
  read(record: RawRecord): Row | Rejection;
}
