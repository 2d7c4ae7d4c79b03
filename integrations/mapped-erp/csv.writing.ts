import { access, link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type ErpContext, ErpError, type ErpKind, type ErpRecords, type Unsaved } from '../../src/erp/port.js';
import { folderBelow } from './folder.js';
import type { CsvWrite, Mapping } from './mapping.js';
import { findAll, textOf, valuesOf } from './values.js';

/** Beside what is dropped there is a copy of all that ever was: the ERP takes the file away, and we still know that it was there. */
const KEPT = 'sent';

/**
 * Drops a file that the ERP takes in. Its name is made of the key, so that it is there once; its id is the key until the ERP tells of
 * the record itself.
 */
export async function writeCsv<Kind extends ErpKind>(
  kind: Kind,
  write: CsvWrite,
  record: Unsaved<ErpRecords[Kind]>,
  key: string,
  { context, mapping }: { context: ErpContext; mapping: Mapping },
): Promise<ErpRecords[Kind]> {
  // The same file once more would be a second order.
  if (kind === 'ORDER' && record.externalId !== undefined)
    throw new ErpError('REFUSED', 'By files the ERP takes new orders only; call it off there.', { field: 'status' });
  const { folder, kept, name } = await placesOf(write, key, context);
  const whole = { ...record, key };
  const rows = (write.each ? findAll(whole, write.each) : [whole]).map(item =>
    valuesOf({ ...whole, ...(write.each && { line: item }) }, write.columns, mapping.lookups),
  );
  const text = stringify(
    rows.map(row => Object.fromEntries(Object.keys(write.columns).map(column => [column, textOf(row[column]) ?? '']))),
    { header: true, columns: Object.keys(write.columns), delimiter: write.delimiter, escape_formulas: false },
  );
  const pending = join(kept, `${name}.pending`);
  await writeFile(pending, Buffer.from(text, write.encoding));
  // A link appears with all it holds or not at all, and never over another file; a change takes the place of what is still there.
  if (record.externalId === undefined) await link(pending, join(folder, name)).catch(ignoring('EEXIST'));
  else {
    const change = join(kept, `${name}.change`);
    await rm(change, { force: true });
    await link(pending, change);
    await rename(change, join(folder, name));
  }
  await rename(pending, join(kept, name));
  return { ...record, externalId: record.externalId ?? key } as ErpRecords[Kind];
}

/** What was dropped under this key, whether or not the ERP has taken it away. */
export async function findCsv<Kind extends ErpKind>(
  write: CsvWrite,
  key: string,
  { context }: { context: ErpContext },
): Promise<ErpRecords[Kind] | null> {
  const { kept, name } = await placesOf(write, key, context);
  const isThere = await access(join(kept, name)).then(
    () => true,
    () => false,
  );
  return isThere ? ({ externalId: key } as ErpRecords[Kind]) : null;
}

async function placesOf(write: CsvWrite, key: string, context: ErpContext) {
  const folder = await folderBelow(context.folder, write.folder);
  const kept = await folderBelow(context.folder, join(write.folder, KEPT));
  const name = write.file.replaceAll('{key}', key.replaceAll(/[^\w.-]/g, '_'));
  if (/[\\/]/.test(name)) throw new ErpError('REFUSED', 'A file has a name without folders.');
  return { folder, kept, name };
}

const ignoring = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
};
