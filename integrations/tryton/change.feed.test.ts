import { expect, test } from '@jest/globals';
import { configOf } from './account.config.js';
import { type Changed, readChanged } from './change.feed.js';
import { TrytonClient } from './client.js';
import { type Call, recordedContext } from './test.server.js';
import { datetime } from './typed.values.js';

interface Row {
  id: number;
  create_date: string;
  write_date: string | null;
}

const TRAILS = [{ model: 'party.party', root: 'id', domain: [] }];

/** A table of Tryton's, which can be written between two readings; `now` is what its server says the time is. */
function table(rows: Row[]) {
  const server = { now: '2026-11-27T12:00:00Z' };
  const { context } = recordedContext(({ method, params }: Call) => {
    const headers = { date: new Date(server.now).toUTCString() };
    const answer = (result: unknown) => ({ status: 200, text: JSON.stringify({ id: 1, result }), headers });
    if (method.endsWith('get_preferences')) return answer({ company: 1 });
    if (!method.endsWith('search_read')) return undefined;
    const [[, [, [[field]], [, [, , after]]]], , limit] = params as [
      [unknown, [string, [[keyof Row, string, unknown]], [unknown, [string, string, number]]]],
      number,
      number,
    ];
    const from = (params[0] as [unknown, [string, [[string, string, object]]]])[1][1][0][2];
    const key = (row: Row) => JSON.stringify(sortable(row[field] as string)) + String(row.id).padStart(9, '0');
    const start = JSON.stringify(Object.values(from).slice(1)) + String(after).padStart(9, '0');
    const found = rows
      .filter(row => row[field] !== null && compare(key(row), start) > 0)
      .sort((a, b) => compare(key(a), key(b)))
      .slice(0, limit);
    return answer(found.map(row => ({ id: row.id, [field]: datetime(row[field] as string) })));
  });
  const client = new TrytonClient(context, configOf(context.settings));
  return {
    server,
    /** Reads to the end, `limit` at a time. */
    async read(cursor: string | null, limit = 3): Promise<{ roots: number[]; cursor: string }> {
      const roots: number[] = [];
      for (let at = cursor, pages = 0; ; pages++) {
        if (pages > 50) throw new Error('It never ends.');
        const page: Changed = await readChanged(client, TRAILS, at, limit);
        roots.push(...page.roots);
        at = page.cursor;
        if (!page.hasMore) return { roots, cursor: at };
      }
    },
  };
}

/** Numbers compare as numbers when they are as wide. */
const sortable = (stamp: string) => Object.values(datetime(stamp)).slice(1);
const compare = (a: string, b: string): number => {
  const wide = (text: string) => text.replace(/\d+/g, digits => digits.padStart(9, '0'));
  return wide(a) < wide(b) ? -1 : wide(a) > wide(b) ? 1 : 0;
};
const made = (id: number, stamp: string, written: string | null = null): Row => ({
  id,
  create_date: stamp,
  write_date: written,
});

test('rows of one moment are all told, however they fall into pages', async () => {
  const rows = Array.from({ length: 8 }, (_, at) => made(at + 1, '2026-11-20T08:00:00.000000Z'));
  const { read } = table(rows);
  expect((await read(null)).roots).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('what is made or written later is told, and then nothing more', async () => {
  const rows = [made(1, '2026-11-20T08:00:00.000000Z')];
  const { read } = table(rows);
  const first = await read(null);
  rows.push(made(2, '2026-11-27T11:59:59.000001Z'));
  rows[0]!.write_date = '2026-11-27T11:59:59.500000Z';
  const second = await read(first.cursor);
  expect([...second.roots].sort()).toEqual([1, 2]);
  const third = await read(second.cursor);
  expect(third.roots).toEqual([]);
  rows[0]!.write_date = '2026-11-27T12:00:00.000000Z';
  expect((await read(third.cursor)).roots).toEqual([1]);
});

test('a row that shows late, behind others that were told, is not lost', async () => {
  const rows = [made(1, '2026-11-27T11:58:00.000000Z'), made(3, '2026-11-27T11:59:00.000000Z')];
  const { read } = table(rows);
  const first = await read(null);
  rows.push(made(2, '2026-11-27T11:57:30.000000Z'));
  expect((await read(first.cursor)).roots).toEqual([2]);
});

test('more than a page within the last minutes comes to an end', async () => {
  const rows = Array.from({ length: 20 }, (_, at) =>
    made(at + 1, '2026-11-27T11:59:00.000000Z', '2026-11-27T11:59:30.000000Z'),
  );
  const { read, server } = table(rows);
  const first = await read(null);
  expect(new Set(first.roots).size).toBe(20);
  expect((await read(first.cursor)).roots).toEqual([]);
  server.now = '2026-11-28T12:00:00Z';
  expect((await read(first.cursor)).roots).toEqual([]);
});

test('a cursor that is not of this adapter is refused', async () => {
  await expect(table([]).read('2026-11-27')).rejects.toMatchObject({ code: 'BROKEN' });
});
