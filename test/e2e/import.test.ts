import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newId } from '../../src/platform/ids.js';
import { dataFolder, type Finished, launch, run, sharedFile, until } from '../support/command.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

const TWEETS = sharedFile('airline-tweets.csv.gz');
const HIGGS = sharedFile('higgs-interactions-early.csv.gz');
const TWEETS_MAP = 'id=id,author=author,text=text,occurredAt=created_at';
const whereTheDataIs = (file: string | null) => (file ? test : test.skip);

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let pool: pg.Pool;
let settings: Record<string, string>;

beforeAll(async () => {
  [database, folder] = await Promise.all([cloneDatabase(), dataFolder()]);
  pool = new pg.Pool({ connectionString: database.ownerUrl });
  settings = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, DATA_DIR: folder.path };
  if (!TWEETS) process.stderr.write('Imports of real data are skipped: ../shared/data is not here.\n');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await folder.remove();
});

async function organization(slug: string): Promise<string> {
  const id = newId();
  await pool.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [id, slug]);
  return id;
}

async function counts(id: string): Promise<{ posts: number; authors: number; events: number; interactions: number }> {
  const { rows } = await pool.query(
    `select (select count(*)::int from posts where organization_id = $1) as posts,
            (select count(*)::int from social_identities where organization_id = $1 and authored) as authors,
            (select count(*)::int from events where organization_id = $1 and type = 'post.received') as events,
            (select count(*)::int from interactions where organization_id = $1) as interactions`,
    [id],
  );
  return rows[0];
}

const posts = (file: string, slug: string, map: string, ...more: string[]) => [
  ...['import', 'posts', file, '--organization', slug, '--network', 'X', '--kind', 'MENTION', '--map', map, '--json'],
  ...more,
];

const summaryOf = ({ stdout, stderr }: Finished) => {
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as { read: number; imported: number; unchanged: number; rejected: number };
};

async function written(name: string, content: string): Promise<string> {
  const file = join(folder.path, name);
  await writeFile(file, content);
  return file;
}

const MAP = 'id=id,author=author,text=text,occurredAt=at';
const AT = '2024-05-31T18:30:00Z';

describe('importing an archive', () => {
  test('takes what can be taken, says why not of the rest, and adds nothing twice', async () => {
    const id = await organization('small');
    const file = await written(
      'small.csv',
      `id,author,text,at\n1,ana,hi @bea,${AT}\n2,@Bea,hi,yesterday\n3,bea,"it, said",${AT}\n1,ana,hi @bea,${AT}\n`,
    );
    const first = await run(posts(file, 'small', MAP), settings);
    expect(first.code).toBe(0);
    expect(summaryOf(first)).toEqual({ read: 4, imported: 2, unchanged: 1, rejected: 1 });
    expect(await readFile(join(folder.path, 'small.csv.rejected.csv'), 'utf8')).toBe(
      `line,column,reason,row\n3,at,"""yesterday"" is not a date such as 2024-05-31T18:30:00Z, ""2024-05-31 18:30:00+02"" or seconds since 1970, and not in the future","2,@Bea,hi,yesterday"\n`,
    );
    const again = await run(posts(file, 'small', MAP), settings);
    expect(summaryOf(again)).toEqual({ read: 4, imported: 0, unchanged: 3, rejected: 1 });
    expect(await counts(id)).toEqual({ posts: 2, authors: 2, events: 2, interactions: 1 });
  });

  test('keeps what a text says now when a later archive tells it otherwise', async () => {
    const id = await organization('edited');
    const row = { id: '1', author: 'ana', at: AT };
    const before = await written('before.ndjson', JSON.stringify({ ...row, text: 'good' }));
    const after = await written('after.ndjson', JSON.stringify({ ...row, text: 'bad' }));
    await run(posts(before, 'edited', MAP), settings);
    expect(summaryOf(await run(posts(after, 'edited', MAP), settings))).toMatchObject({ imported: 1, unchanged: 0 });
    const { rows } = await pool.query('select text from posts where organization_id = $1', [id]);
    expect(rows).toEqual([{ text: 'bad' }]);
  });

  test('does everything in a dry run and keeps nothing of it', async () => {
    const id = await organization('dry');
    const lines = Array.from({ length: 30 }, (_, at) => `${at % 20},ana,hi ${at % 20},${AT}\n`).join('');
    const file = await written('dry.csv', `id,author,text,at\n${lines}`);
    const { stdout } = await run(posts(file, 'dry', MAP, '--dry-run', '--batch', '7'), settings);
    expect(JSON.parse(stdout)).toEqual({ read: 30, imported: 20, unchanged: 10, rejected: 0 });
    expect(await counts(id)).toEqual({ posts: 0, authors: 0, events: 0, interactions: 0 });
  });

  test('refuses in one sentence what it cannot begin with', async () => {
    await organization('refusals');
    const file = await written('refusals.csv', `id,author,text,at\n1,ana,hi,${AT}\n`);
    const refused = async (args: string[]) => {
      const { code, stdout, stderr } = await run(args, settings);
      expect([code, stdout]).toEqual([1, '']);
      return stderr;
    };
    const wrongColumn = posts(file, 'refusals', MAP.replace('text=text', 'text=body'));
    expect(await refused(wrongColumn)).toBe(
      '--map: there is no column "body". The columns are id, author, text, at.\n',
    );
    expect(await refused(posts(file, 'nobody', MAP))).toMatch(/^There is no organisation "nobody"\..*\n$/);
    expect(await refused(posts('/nowhere.csv', 'refusals', MAP))).toMatch(/there is no such file/);
    expect(await refused(posts(file, 'refusals', MAP, '--network', 'MYSPACE'))).toMatch(/^--network: "MYSPACE" is not/);
  });

  test('of interactions names both ends, by any kind there is', async () => {
    const id = await organization('contacts');
    const file = await written(
      'contacts.csv',
      `a,b,at,k\n1,2,${AT},REPOST\n2,1,${AT},like\n3,3,${AT},REPLY\n1,2,${AT},POKE\n`,
    );
    const args = ['import', 'interactions', file, '--organization', 'contacts', '--network', 'TWITTER', '--json'];
    const again = [...args, '--map', 'from=a,to=b,occurredAt=at,kind=k'];
    expect(summaryOf(await run(again, settings))).toEqual({ read: 4, imported: 3, unchanged: 0, rejected: 1 });
    expect(summaryOf(await run(again, settings))).toEqual({ read: 4, imported: 0, unchanged: 3, rejected: 1 });
    expect(await counts(id)).toMatchObject({ posts: 0, authors: 0, interactions: 3 });
  });
});

describe('importing 14,640 real posts', () => {
  const EXPECTED = { posts: 14_485, authors: 7_701, events: 14_485 };

  whereTheDataIs(TWEETS)(
    'ends with each once when two imports run at once, and a third adds nothing',
    async () => {
      const id = await organization('airlines');
      const args = posts(TWEETS!, 'airlines', TWEETS_MAP);
      const [one, other] = (await Promise.all([run(args, settings), run(args, settings)])).map(summaryOf);
      expect(await counts(id)).toMatchObject(EXPECTED);
      expect(one!.imported + other!.imported).toBe(14_485);
      expect(summaryOf(await run(args, settings))).toEqual({
        read: 14_640,
        imported: 0,
        unchanged: 14_640,
        rejected: 0,
      });
      const { rows } = await pool.query(
        `select count(*)::int as unknown
           from posts p cross join lateral regexp_matches(p.text, '^@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])') as found
          where p.organization_id = $1 and not exists (
            select from social_identities i where i.organization_id = $1 and i.handle_key = lower(found[1]))`,
        [id],
      );
      expect(rows).toEqual([{ unknown: 0 }]);
    },
    120_000,
  );

  whereTheDataIs(TWEETS)(
    'that is killed half-way loses nothing and doubles nothing when it is run again',
    async () => {
      const id = await organization('killed');
      const args = posts(TWEETS!, 'killed', TWEETS_MAP);
      const first = launch(args, settings);
      await until(async () => (await counts(id)).posts >= 4_000, 'the import is under way', 60);
      first.child.kill('SIGKILL');
      await first.ended;
      const { posts: kept } = await counts(id);
      expect(kept).toBeLessThan(14_485);
      const again = summaryOf(await run(args, settings));
      expect(again.unchanged).toBeGreaterThanOrEqual(kept);
      expect(await counts(id)).toMatchObject(EXPECTED);
    },
    120_000,
  );
});

whereTheDataIs(HIGGS)(
  '179,086 real interactions are imported, each once',
  async () => {
    const id = await organization('higgs');
    const args = [
      'import',
      'interactions',
      HIGGS!,
      '--organization',
      'higgs',
      '--network',
      'X',
      '--json',
      '--batch',
      '2000',
    ];
    const { read, imported } = summaryOf(
      await run([...args, '--map', 'from=from,to=to,occurredAt=at,kind=kind'], settings),
    );
    expect([read, imported]).toEqual([179_086, 179_086]);
    expect((await counts(id)).interactions).toBe(179_086);
  },
  120_000,
);
