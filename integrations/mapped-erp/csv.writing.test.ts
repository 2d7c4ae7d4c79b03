import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeCsv } from './csv.writing.js';

const WRITE = {
  to: 'csv',
  folder: 'in',
  file: 'row-{key}.csv',
  delimiter: ';',
  encoding: 'utf8',
  columns: { Name: '$.name' },
};

test('a change takes the place of a file that was not fetched yet, and an order is never dropped twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'erp-'));
  const way = { context: { folder }, mapping: { lookups: {} } } as never;
  try {
    await writeCsv('CUSTOMER', WRITE as never, { name: 'Café Luna' } as never, 'c1', way);
    await writeCsv('CUSTOMER', WRITE as never, { name: 'Café Sol', externalId: '7' } as never, 'c1', way);
    expect(await readFile(join(folder, 'in', 'row-c1.csv'), 'utf8')).toBe('Name\nCafé Sol\n');
    await expect(writeCsv('ORDER', WRITE as never, { externalId: '9' } as never, 'o1', way)).rejects.toMatchObject({
      code: 'REFUSED',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
