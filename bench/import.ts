import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { examplePosts, scaleOf } from '../src/demo/index.js';
import { type Cluster, cache, makeOrganization, openCluster, SLUG } from './support/cluster.js';
import { machine } from './support/machine.js';
import { memoryOf, root } from './support/processes.js';
import { median, rounded, say, table } from './support/statistics.js';

const BATCH = 500;
const IN_FLIGHT = 2;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const MAPPING =
  'id=id,author=author,authorId=authorId,displayName=displayName,followers=followers,text=text,occurredAt=occurredAt,url=url,inReplyTo=inReplyTo,kind=kind';

/** `vinculo import posts` beside a bare multi-row insert of the same posts; with `--million` also how its memory goes. */
export async function measureImport(flags: Set<string>): Promise<void> {
  const count = flags.has('--quick') ? 5000 : 100_000;
  const archive = await archiveOf(count);
  const cluster = await openCluster('import', { fresh: true });
  try {
    say(machine(cluster.version));
    say(`${rounded(count)} posts, ${rounded(statSync(archive).size / 1e6)} MB of NDJSON.\n`);
    const imports: Imported[] = [];
    const inserts: number[] = [];
    await makeOrganization(cluster);
    for (let round = 0; round < (flags.has('--quick') ? 1 : ROUNDS); round++) {
      await empty(cluster);
      imports.push(await importing(cluster, archive, count));
      const inserted = await insertBare(cluster, IN_FLIGHT);
      inserts.push(inserted);
    }
    const perSecond = median(imports.map(({ seconds }) => count / seconds));
    const withTies = median(imports.map(imported => count / imported.withTies));
    const bare = median(inserts);
    const first = imports[0]!;
    say(
      table(
        ['', 'posts/s', 'ratio'],
        [
          ['vinculo import posts', rounded(perSecond), rounded(perSecond / bare, 2)],
          ['… until its ties are added up, too', rounded(withTies), rounded(withTies / bare, 2)],
          [`bare insert, ${BATCH} a statement, ${IN_FLIGHT} at once`, rounded(bare), '1.00'],
        ],
      ),
    );
    say(`\nThe import left ${first.left}. Its largest resident memory: ${rounded(Math.max(...first.memory))} MB.`);
    if (flags.has('--million')) await measureMemory(cluster);
  } finally {
    await cluster.close();
  }
}

async function measureMemory(cluster: Cluster): Promise<void> {
  const count = 1_000_000;
  const archive = await archiveOf(count);
  await empty(cluster);
  say(`\n${rounded(count)} posts, ${rounded(statSync(archive).size / 1e6)} MB:`);
  const { seconds, memory } = await importing(cluster, archive, count);
  say(`${rounded(count / seconds)} posts/s. Resident memory by tenths of the way, MB:`);
  const tenth = memory.length / 10;
  const tenths = Array.from({ length: 10 }, (_, at) =>
    Math.max(...memory.slice(Math.floor(at * tenth), Math.ceil((at + 1) * tenth))),
  );
  say(tenths.map(megabytes => rounded(megabytes)).join(' '));
}

/** NDJSON of so many generated posts, as an archive of one network would have them; kept for the next run. */
async function archiveOf(count: number): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `posts-${count}.ndjson`);
  if (existsSync(file)) return file;
  const people = Math.max(100, Math.round(count / 10));
  const scale = scaleOf({
    seed: 'import',
    now: new Date('2026-11-01T12:00:00Z'),
    customers: people,
    identities: people * 2,
    // A good third of the example is said on the one network an archive is of.
    posts: count * 4,
  });
  await pipeline(
    function* () {
      let written = 0;
      for (const { event, network } of examplePosts(scale)) {
        if (network !== 'TWITTER' || event.editedAt) continue;
        if (written === count) return;
        written++;
        const { ref, author, text, occurredAt, kind, parent } = event;
        const line = {
          id: ref.id,
          author: author.handle,
          authorId: author.id,
          displayName: author.displayName,
          followers: author.followersCount,
          text,
          occurredAt,
          url: ref.url,
          kind,
          inReplyTo: parent?.id,
        };
        yield `${JSON.stringify(line)}\n`;
      }
    },
    createWriteStream(`${file}.new`),
  );
  renameSync(`${file}.new`, file);
  return file;
}

const TABLES = [
  'interactions',
  'identity_edges',
  'identity_links',
  'posts',
  'conversations',
  'social_identities',
  'events',
  'match_queue',
];

async function empty({ pool }: Cluster): Promise<void> {
  await pool.query(`drop table if exists bare_posts; truncate ${TABLES.join(', ')} cascade`);
  await pool.query('checkpoint');
}

interface Imported {
  /** To the last commit of what was read. */
  seconds: number;
  /** To the end of the command, when its ties are added up as well. */
  withTies: number;
  /** Resident megabytes, every 200 ms. */
  memory: number[];
  left: string;
}

async function importing({ directory, pool }: Cluster, archive: string, count: number): Promise<Imported> {
  const options = ['--organization', SLUG, '--network', 'TWITTER', '--map', MAPPING, '--json'];
  const profile = process.env['BENCH_PROFILE'];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      join(root, 'bin/vinculo.js'),
      'import',
      'posts',
      archive,
      ...options,
    ],
    { cwd: root, env: { ...process.env, DATA_DIR: directory }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const memory: number[] = [];
  const timer = setInterval(() => {
    try {
      memory.push(memoryOf(child.pid!));
    } catch {
      // It has just ended.
    }
  }, 200);
  let printed = '';
  let seconds = Number.NaN;
  // It says what it has kept as soon as that is committed, and then adds up the ties of it.
  child.stdout.on('data', chunk => {
    printed += chunk;
    seconds = (performance.now() - started) / 1000;
  });
  await new Promise(done => child.once('close', done));
  const withTies = (performance.now() - started) / 1000;
  clearInterval(timer);
  const summary = JSON.parse(printed.trim().split('\n').at(-1)!) as { imported: number };
  if (summary.imported !== count) throw new Error(`The import kept ${printed.trim()} of ${count} posts.`);
  const { rows } = await pool.query(
    `select ${TABLES.map(name => `(select count(*) from ${name}) as ${name}`).join(', ')}`,
  );
  const left = Object.entries(rows[0] as Record<string, string>)
    .map(([name, rows]) => `${rounded(Number(rows))} ${name}`)
    .join(', ');
  return { seconds, withTies, memory, left };
}

/** Posts a second when what the import left in `posts` is inserted by itself into a table with the same columns and indexes. */
async function insertBare({ ownerUrl, pool }: Cluster, connections: number): Promise<number> {
  await pool.query('drop table if exists bare_posts');
  await pool.query('create table bare_posts (like posts including all)');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows, fields } = await client.query({
    text: 'select * from posts order by received_at, external_id',
    types: { getTypeParser: () => (value: string) => value },
    rowMode: 'array',
  });
  await client.end();
  const columns = fields.map(field => field.name).join(', ');
  const workers = new pg.Pool({ connectionString: ownerUrl, max: connections });
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) =>
    rows.slice(at * BATCH, (at + 1) * BATCH),
  );
  const started = performance.now();
  let next = 0;
  const work = async () => {
    for (let batch = batches[next++]; batch; batch = batches[next++]) {
      const places = batch.map(
        (row, line) => `(${row.map((_: unknown, at: number) => `$${line * fields.length + at + 1}`).join(',')})`,
      );
      await workers.query(`insert into bare_posts (${columns}) values ${places.join(',')}`, batch.flat());
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - started) / 1000;
  await workers.end();
  await pool.query('drop table bare_posts');
  return rows.length / seconds;
}
