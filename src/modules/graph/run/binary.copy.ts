import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

// Widths of a row in PostgreSQL's binary COPY format: https://www.postgresql.org/docs/current/sql-copy.html ("Binary Format").
const HEADER = 19;
const FIELD_COUNT = 2;
const LENGTH = 4;

/** Bytes of a column's value; all columns of what is read here have a fixed width and are never null. */
export const UUID = 16;
export const FLOAT8 = 8;
export const INT4 = 4;

/**
 * Reads the rows of a query through COPY, without an object for any of them. `row` gets the place of each value by its column:
 * `view.getFloat64(at(1))` is the second column of a row of doubles.
 */
export async function copyRows(
  client: PoolClient,
  query: string,
  widths: readonly number[],
  row: (view: DataView, start: number) => void,
): Promise<number> {
  const width = FIELD_COUNT + widths.reduce((sum, bytes) => sum + LENGTH + bytes, 0);
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  let rest: Buffer = Buffer.alloc(0);
  let isBegun = false;
  let count = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    if (!isBegun) {
      if (bytes.length < HEADER) {
        rest = bytes;
        continue;
      }
      at = HEADER + view.getInt32(HEADER - 4);
      isBegun = true;
    }
    // The end is told by a row of -1 columns, shorter than any other.
    while (at + width <= bytes.length && view.getInt16(at) === widths.length) {
      row(view, at);
      at += width;
      count++;
    }
    rest = bytes.subarray(at);
  }
  return count;
}

/** Where the value of each column begins, counted from the start of its row. */
export function placesOf(widths: readonly number[]): number[] {
  const places: number[] = [];
  let at = FIELD_COUNT;
  for (const width of widths) {
    places.push(at + LENGTH);
    at += LENGTH + width;
  }
  return places;
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const ROWS_A_CHUNK = 4096;

/** Writes `count` rows into a table through COPY. `row` puts the values of one, and answers false where the last of them is null. */
export async function writeRows(
  client: PoolClient,
  table: string,
  widths: readonly number[],
  count: number,
  row: (index: number, view: DataView, start: number) => boolean,
): Promise<void> {
  const width = FIELD_COUNT + widths.reduce((sum, bytes) => sum + LENGTH + bytes, 0);
  const last = widths.at(-1)!;
  const stream = client.query(copyFrom(`copy ${table} from stdin (format binary)`));
  const put = async (bytes: Buffer) => {
    if (!stream.write(bytes)) await once(stream, 'drain');
  };
  await put(Buffer.concat([SIGNATURE, Buffer.alloc(8)]));
  for (let begin = 0; begin < count; begin += ROWS_A_CHUNK) {
    const end = Math.min(count, begin + ROWS_A_CHUNK);
    const bytes = Buffer.alloc((end - begin) * width);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    for (let index = begin; index < end; index++) {
      view.setInt16(at, widths.length);
      let place = at + FIELD_COUNT;
      for (const bytesOfColumn of widths) {
        view.setInt32(place, bytesOfColumn);
        place += LENGTH + bytesOfColumn;
      }
      const hasLast = row(index, view, at);
      if (!hasLast) view.setInt32(place - last - LENGTH, -1);
      at = hasLast ? place : place - last;
    }
    await put(bytes.subarray(0, at));
  }
  const end = Buffer.alloc(FIELD_COUNT);
  end.writeInt16BE(-1);
  const finished = new Promise<void>((done, failed) => {
    stream.once('finish', done);
    stream.once('error', failed);
  });
  stream.end(end);
  await finished;
}
