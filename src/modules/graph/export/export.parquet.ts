import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportedEdge } from './export.rows.js';

/** Rows a row group: what an engine hands to one task. */
const ROWS_A_GROUP = 100_000;

const required = { repetition_type: 'REQUIRED' } as const;

/**
 * Writes the ties as a Parquet file for engines such as Spark GraphFrames: `src` and `dst` are identities, as it calls them.
 * Answers how many ties were written. Throws the signal's reason when it is told to stop; what was written until then stays.
 */
export async function exportParquet(
  batches: AsyncIterable<ExportedEdge[]>,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    createdBy: 'vinculo',
    schema: [
      { name: 'root', num_children: 6 },
      { name: 'src', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...required },
      { name: 'dst', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...required },
      { name: 'kinds', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...required },
      { name: 'count', type: 'INT32', ...required },
      { name: 'weight', type: 'DOUBLE', ...required },
      { name: 'last_at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', ...required },
    ],
  });
  let rows: ExportedEdge[] = [];
  let count = 0;
  const flush = async () => {
    await writer.write({
      columnData: [
        { name: 'src', data: rows.map(row => row.from) },
        { name: 'dst', data: rows.map(row => row.to) },
        { name: 'kinds', data: rows.map(row => row.kinds.join(' ')) },
        { name: 'count', data: rows.map(row => row.count) },
        { name: 'weight', data: rows.map(row => row.weight) },
        { name: 'last_at', data: rows.map(row => new Date(row.lastAt)) },
      ],
      rowGroupSize: ROWS_A_GROUP,
    });
    count += rows.length;
    rows = [];
  };
  for await (const edges of batches) {
    signal.throwIfAborted();
    rows.push(...edges);
    if (rows.length >= ROWS_A_GROUP) await flush();
  }
  if (rows.length > 0) await flush();
  await writer.finish();
  return count;
}
