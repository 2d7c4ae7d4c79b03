import { loadavg } from 'node:os';
import { newId } from '../src/platform/ids.js';
import { keyOf, type Opened, type Published, STREAMS } from './soak.network.js';
import { type Cluster, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { cpuOf, cpuOfFamily, helper, memoryOf, type Running, vinculo } from './support/processes.js';
import { quantile, rounded, say, table, wallClock } from './support/statistics.js';

/** When the server is killed, as shares of the whole time: the last life is long enough to see whether memory stays. */
const KILLS = [0.15, 0.35, 0.55];
const LOOK_MS = 200;
const SOON_MS = 1000;
/** Without progress for so long, what is missing is taken for lost. */
const PATIENCE_MS = 30_000;

interface Sample {
  at: number;
  /** Of the stream that is furthest behind: how old the last post stored is. */
  lagMs: number;
  memory: number | null;
}

/** Four streams into a server that is killed three times: what is lost, what comes twice, how far it falls behind. */
export async function measureSoak(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const given = [...flags].map(flag => /^--rate=(\d+)$/.exec(flag)?.[1]).find(Boolean);
  const perSecond = Number(given ?? (isQuick ? 400 : 2000));
  const seconds = isQuick ? 20 : 120;
  const cluster = await openCluster('soak', { fresh: true });
  const network = helper('soak.network');
  let server: Running | undefined;
  try {
    say(machine(cluster.version));
    const organizationId = await makeOrganization(cluster);
    const { host } = await network.ask<Opened>({ open: {} });
    await follow(cluster, organizationId, host);
    const settings = {
      ...serverSettings(cluster.directory),
      BLUESKY_JETSTREAM_URL: `ws://${host}`,
      BLUESKY_APPVIEW_URL: `http://${host}`,
    };
    const start = () => vinculo(['start'], settings, /ready at (http:\/\/[^/\s]+)/);
    server = await start();

    const samples: Sample[] = [];
    const lives: { pid: number; cpu: number }[] = [];
    let looking = true;
    const look = (async () => {
      while (looking) {
        const lagMs = await lagOf(cluster, host);
        if (lagMs !== null) samples.push({ at: wallClock(), lagMs, memory: memoryNow(server!.pid) });
        await new Promise(done => setTimeout(done, LOOK_MS));
      }
    })();
    const postgres = cpuOfFamily(cluster.postmaster);
    const started = wallClock();
    const publishing = network.ask<Published>({ publish: { perSecond, seconds } });
    const kills: { at: number; backAt: number }[] = [];
    for (const share of KILLS) {
      await new Promise(done => setTimeout(done, started + share * seconds * 1000 - wallClock()));
      lives.push({ pid: server.pid, cpu: cpuOf(server.pid) });
      process.kill(server.pid, 'SIGKILL');
      const at = wallClock();
      server = await start();
      kills.push({ at, backAt: wallClock() });
    }
    const published = await publishing;
    const endedAt = wallClock();
    const total = published.last.reduce((sum, last) => sum + last, 0);
    const drainedAt = await drained(cluster, total);
    looking = false;
    await look;
    lives.push({ pid: server.pid, cpu: cpuOf(server.pid) });

    say(
      `${rounded(total)} posts in ${STREAMS.length} streams, ${rounded(total / published.seconds)}/s for ${rounded(published.seconds)} s.\n`,
    );
    const found = await account(cluster, organizationId, published.last);
    const cpu = lives.reduce((sum, life) => sum + life.cpu, 0);
    const calm = samples.filter(
      ({ at }) => at > started + 5000 && at < endedAt && !kills.some(kill => at > kill.at && at < kill.at + 15_000),
    );
    const lags = calm.map(({ lagMs }) => lagMs);
    say(
      table(
        ['soak', ''],
        [
          ['lost', rounded(found.lost)],
          ['twice, or that nobody said', rounded(found.wrong)],
          ['announced other than once', rounded(found.announcedWrongly)],
          ['gaps recorded', rounded(found.gaps)],
          ['stored/s, to the last one', rounded(total / ((drainedAt - started) / 1000))],
          ['behind at the end of publishing, s', rounded((drainedAt - endedAt) / 1000, 1)],
          [
            'lag while nothing is killed, p50 / p99 ms',
            `${rounded(quantile(lags, 0.5))} / ${rounded(quantile(lags, 0.99))}`,
          ],
          ["server's CPU per post, ms", rounded(cpu / total, 2)],
          ["PostgreSQL's CPU per post, ms", rounded((cpuOfFamily(cluster.postmaster) - postgres) / total, 2)],
          ['load of the machine afterwards', rounded(loadavg()[0]!, 2)],
        ],
      ),
    );
    say();
    say(
      table(
        ['after SIGKILL, s', 'server is ready', 'lag under a second', 'largest lag'],
        kills.map(({ at, backAt }, index) => {
          const until = kills[index + 1]?.at ?? drainedAt;
          const after = samples.filter(sample => sample.at > at && sample.at < until);
          const soon = after.find(sample => sample.at > backAt && sample.lagMs < SOON_MS);
          const seconds = (moment: number) => rounded((moment - at) / 1000, 1);
          return [
            `kill ${index + 1}`,
            seconds(backAt),
            soon ? seconds(soon.at) : 'never',
            rounded(Math.max(...after.map(({ lagMs }) => lagMs)) / 1000, 1),
          ];
        }),
      ),
    );
    const lastLife = samples.filter(({ at, memory }) => memory !== null && at > kills.at(-1)!.backAt);
    say(`\nResident memory in the last life by tenths, MB: ${tenths(lastLife.map(({ memory }) => memory!))}.`);
  } finally {
    network.end();
    await server?.stop();
    await cluster.close();
  }
}

/** Each stream is a source; its cursor, whose rest by four names the stream, begins before anything was said. */
async function follow({ pool }: Cluster, organizationId: string, host: string): Promise<void> {
  const beginning = Math.floor((wallClock() * 1000 - 10_000_000) / 4) * 4;
  for (const [stream, word] of STREAMS.entries())
    await pool.query(
      `insert into sources (organization_id, id, connector, network, kind, query, cursor) values ($1, $2, 'bluesky', 'BLUESKY', 'KEYWORD', $3, $4)`,
      [organizationId, newId(), word, JSON.stringify({ host, timeUs: beginning + stream, handedOver: '' })],
    );
}

async function lagOf({ pool }: Cluster, host: string): Promise<number | null> {
  const { rows } = await pool.query<{ at: number | null }>(
    `select min((cursor ->> 'timeUs')::float8) / 1000 as at from sources where cursor ->> 'host' = $1 and cursor ? 'key'`,
    [host],
  );
  return rows[0]?.at ? wallClock() - rows[0].at : null;
}

/** Null between two lives. */
function memoryNow(pid: number): number | null {
  try {
    const megabytes = memoryOf(pid);
    return Number.isNaN(megabytes) ? null : megabytes;
  } catch {
    return null;
  }
}

/** When the last post was stored, or when there was no more progress. */
async function drained({ pool }: Cluster, total: number): Promise<number> {
  let [before, progressAt] = [-1, wallClock()];
  for (;;) {
    const { rows } = await pool.query<{ count: number }>('select count(*)::integer as count from posts');
    const { count } = rows[0]!;
    if (count !== before) [before, progressAt] = [count, wallClock()];
    if (count >= total || wallClock() - progressAt > PATIENCE_MS) return progressAt;
    await new Promise(done => setTimeout(done, LOOK_MS));
  }
}

/** Compares what is stored with what was said, id by id. */
async function account({ pool }: Cluster, organizationId: string, last: number[]) {
  const said = new Set(
    last.flatMap((count, stream) => Array.from({ length: count }, (_, at) => keyOf(stream, at + 1))),
  );
  const { rows } = await pool.query<{ key: string; announced: number }>(
    `with told as (
       select subject_id, count(*)::integer as times from events
        where organization_id = $1 and type = 'post.received' group by subject_id)
     select split_part(p.external_id, '/', 5) as key, coalesce(t.times, 0) as announced
       from posts p left join told t on t.subject_id = p.id where p.organization_id = $1`,
    [organizationId],
  );
  const stored = new Set(rows.map(({ key }) => key));
  const { rows: gaps } = await pool.query('select 1 from source_gaps');
  return {
    lost: [...said].filter(key => !stored.has(key)).length,
    wrong: rows.length - stored.size + [...stored].filter(key => !said.has(key)).length,
    announcedWrongly: rows.filter(({ announced }) => announced !== 1).length,
    gaps: gaps.length,
  };
}

function tenths(values: number[]): string {
  const size = values.length / 10;
  return Array.from({ length: 10 }, (_, at) =>
    rounded(
      Math.max(...values.slice(Math.floor(at * size), Math.max(Math.ceil((at + 1) * size), Math.floor(at * size) + 1))),
    ),
  ).join(' ');
}
