import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import {
  checkMapping,
  INTERACTION_FIELDS,
  interactionOf,
  openArchive,
  POST_FIELDS,
  parseMapping,
  postOf,
  type Rejection,
  RowFault,
  rejectionOf,
} from './index.js';

const MAP = 'id=id,author=author,text=text,occurredAt=at';
const HEADER = 'id,author,text,at\n';
const AT = '2024-05-31T18:30:00Z';
const DEFAULTS = { kind: 'MENTION', kinds: ['MENTION', 'COMMENT', 'REVIEW'] } as unknown as Parameters<
  typeof postOf
>[2];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vinculo-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Read {
  posts: UpsertEvent[];
  rejected: Rejection[];
  failure: Error | undefined;
}

async function read(name: string, content: string | Buffer, map = MAP): Promise<Read> {
  const file = join(folder, name);
  await writeFile(file, content);
  const archive = await openArchive(file, { delimiter: ',' });
  const mapping = parseMapping(map, POST_FIELDS);
  const result: Read = { posts: [], rejected: [], failure: undefined };
  try {
    checkMapping(mapping, archive.columns);
    for await (const rows of archive.rows()) {
      for (const row of rows) {
        try {
          if ('cell' in row) result.posts.push(postOf(row, mapping, DEFAULTS));
          else result.rejected.push(row);
        } catch (error) {
          if (!(error instanceof RowFault)) throw error;
          result.rejected.push(rejectionOf(row.line, error, (row as { bytes: Buffer }).bytes));
        }
      }
    }
  } catch (error) {
    result.failure = error as Error;
  } finally {
    await archive.close();
  }
  return result;
}

const reasons = ({ rejected }: Read) => rejected.map(({ line, column, reason }) => [line, column, reason]);

describe('a CSV archive', () => {
  test('is read with a byte order mark, quotes, line ends inside them, and either kind of line end', async () => {
    const csv = `\ufeff${HEADER}1,ana,"first, ""quoted""\nsecond line",${AT}\r\n2,bea,plain,${AT}\n\n3,carla,"",${AT}`;
    const { posts, rejected } = await read('a.csv', csv);
    expect(rejected).toEqual([]);
    expect(posts.map(post => [post.ref.id, post.author.handle, post.text])).toEqual([
      ['1', 'ana', 'first, "quoted"\nsecond line'],
      ['2', 'bea', 'plain'],
      ['3', 'carla', ''],
    ]);
  });

  test('is read the same through gzip, whatever its name', async () => {
    const { posts } = await read('archive', gzipSync(`${HEADER}1,ana,hi,${AT}\n`));
    expect(posts).toHaveLength(1);
  });

  test('says of each row it does not take the line, the column and the reason', async () => {
    const latin1 = Buffer.from([0x6e, 0x69, 0xf1, 0x6f]);
    const csv = Buffer.concat([
      Buffer.from(`${HEADER}1,ana,"two\nlines",${AT}\n2,bea\n3,carla,a stray, comma,${AT}\n,dora,no id,${AT}\n`),
      Buffer.from(`5,@,no author,${AT}\n6,eva,a date,31/05/2024\n7,fay,no such day,2024-02-30T00:00:00Z\n8,gia,`),
      latin1,
      Buffer.from(`,${AT}\n9,hilda,a nul \0,${AT}\n10,ines,"a "quote",${AT}\n11,jana,fine,${AT}\n`),
    ]);
    const result = await read('b.csv', csv);
    expect(result.posts.map(post => post.ref.id)).toEqual(['1', '11']);
    expect(reasons(result)).toEqual([
      [4, 'text', 'the row has 2 of 4 columns: text, at missing'],
      [5, null, 'the row has 5 cells for 4 columns'],
      [6, 'id', 'it is empty'],
      [7, 'author', '"@" names nobody'],
      [8, 'at', expect.stringContaining('"31/05/2024" is not a date')],
      [9, 'at', expect.stringContaining('is not a date')],
      [10, 'text', 'it is not UTF-8 text'],
      [11, 'text', 'it holds a NUL character'],
      [12, null, expect.stringContaining('quotes')],
    ]);
    expect(result.rejected[0]!.row).toBe('2,bea');
  });

  test('loses one row, not the rest of the file, to a quote that is never closed', async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `${at},ana,a row that goes on for a while ${at},${AT}\n`);
    rows[10] = `10,bea,"never closed,${AT}\n`;
    const result = await read('c.csv', HEADER + rows.join(''));
    expect(reasons(result)).toEqual([[12, null, expect.stringContaining('quote')]]);
    expect(result.posts).toHaveLength(29_999);
    expect(result.posts.at(-1)!.ref.id).toBe('29999');
  });

  test('rejects a row of more than a megabyte and reads on', async () => {
    const long = 'x'.repeat(5_000_000);
    const result = await read('d.csv', `${HEADER}1,ana,${long},${AT}\n2,bea,"${long}",${AT}\n3,carla,short,${AT}\n`);
    expect(result.posts.map(post => post.ref.id)).toEqual(['3']);
    expect(result.rejected.map(({ line }) => line)).toEqual([2, 3]);
    expect(result.rejected[0]!.row).toHaveLength(10_000);
  });

  test('that was cut off gives every row that is still whole, and says that it was', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `${at},ana,${Math.sin(at)},${AT}\n`);
    const whole = gzipSync(HEADER + rows.join(''));
    const result = await read('e.csv.gz', whole.subarray(0, Math.floor(whole.length / 2)));
    expect(result.failure?.message).toMatch(/ends in the middle/);
    expect(result.posts.length).toBeGreaterThan(8_000);
    expect(result.posts.map(post => post.ref.id)).toEqual(result.posts.map((_, at) => String(at)));

    const damaged = Buffer.from(whole);
    damaged.fill(0xff, Math.floor(whole.length * 0.75), Math.floor(whole.length * 0.75) + 64);
    const other = await read('f.csv.gz', damaged);
    expect(other.failure?.message).toMatch(/damaged/);
    expect(other.posts.length).toBeGreaterThan(12_000);

    const last = await read('g.csv.gz', whole.subarray(0, -3));
    expect(last.posts).toHaveLength(20_000);
    expect(last.failure?.message).toMatch(/ends in the middle/);
  });
});

describe('an NDJSON archive', () => {
  const line = (object: object) => `${JSON.stringify(object)}\n`;

  test('is read with nested members, and ids keep every digit', async () => {
    const ndjson = '{"id": 570306133677760513, "user": {"name": "ana"}, "text": "hi", "at": 1424776500}\n';
    const { posts } = await read('a.ndjson', ndjson, 'id=id,author=user.name,text=text,occurredAt=at');
    expect(posts[0]).toMatchObject({
      ref: { id: '570306133677760513' },
      author: { handle: 'ana' },
      occurredAt: new Date('2015-02-24T11:15:00Z'),
    });
  });

  test('says of each row it does not take why', async () => {
    const good = { id: '1', author: 'ana', text: 'hi', at: AT };
    const result = await read(
      'b.jsonl',
      [
        line(good),
        '\n',
        '[1]\n',
        '{"id":\n',
        line({ ...good, id: ['7'] }),
        line({ id: '8', text: 'x', at: AT }),
        line({ ...good, id: '9', text: 'a\0b' }),
        `{"id":"10","author":"ana","text":"\\ud800","at":"${AT}"}\n`,
        line({ ...good, id: '11' }),
      ].join(''),
    );
    expect(result.posts.map(post => post.ref.id)).toEqual(['1', '11']);
    expect(reasons(result)).toEqual([
      [3, null, 'it is not a JSON object'],
      [4, null, 'it is not JSON'],
      [5, 'id', 'it is a list or an object, not text'],
      [6, 'author', 'it is empty'],
      [7, 'text', 'it holds a NUL character'],
      [8, 'text', expect.stringContaining('surrogate')],
    ]);
  });
});

test('a column that is not there is told before anything is read, with those that are', async () => {
  const { failure } = await read('h.csv', `${HEADER}1,ana,hi,${AT}\n`, 'id=id,author=who,text=text,occurredAt=at');
  expect(failure?.message).toBe('--map: there is no column "who". The columns are id, author, text, at.');
  expect(() => parseMapping('id=id', POST_FIELDS)).toThrow('author, text, occurredAt');
  expect(() => parseMapping('id=id,colour=x', POST_FIELDS)).toThrow('there is no field "colour"');
  expect(() => parseMapping('from', INTERACTION_FIELDS)).toThrow('field=column');
});

test('a row of interactions names one of the kinds there are', async () => {
  const file = join(folder, 'i.csv');
  await writeFile(file, `a,b,at,k\n1,2,${AT},repost\n1,2,${AT},POKE\n`);
  const archive = await openArchive(file, { delimiter: ',' });
  const mapping = parseMapping('from=a,to=b,occurredAt=at,kind=k', INTERACTION_FIELDS);
  const [good, bad] = (await archive.rows().next()).value;
  await archive.close();
  expect(interactionOf(good, mapping, ['REPOST', 'LIKE'])).toMatchObject({ from: '1', to: '2', kind: 'REPOST' });
  expect(() => interactionOf(bad, mapping, ['REPOST', 'LIKE'])).toThrow('"POKE" is not one of REPOST, LIKE');
});

test('two posts are the same revision exactly when they say the same', async () => {
  const rows = `1,ana,hi,${AT}\n1,ana,hi,2024-06-01T00:00:00Z\n1,ana,ho,${AT}\n`;
  const { posts } = await read('j.csv', HEADER + rows);
  const [first, same, other] = posts.map(post => post.revision);
  expect(first).toBe(same);
  expect(first).not.toBe(other);
});
