import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import type { Heard, Replayed } from './stream.subscribers.js';
import type { Written } from './stream.writer.js';
import { makeKey, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { cpuOf, helper, peakMemoryOf, vinculo } from './support/processes.js';
import { rounded, say, table } from './support/statistics.js';

const MISSED = 10_000;

/** A thousand sockets on one document while posts come in through `ingest` from another process; then a long replay. */
export async function measureStream(flags: Set<string>): Promise<void> {
  const isQuick = flags.has('--quick');
  const sockets = isQuick ? 100 : 1000;
  const perSecond = 20;
  const seconds = isQuick ? 5 : 60;
  const cluster = await openCluster('stream', { fresh: true });
  const organizationId = await makeOrganization(cluster);
  const key = makeKey(cluster, 'OWNER');
  const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
  const subscribers = helper('stream.subscribers');
  const writer = helper('stream.writer');
  const { ownerUrl, appUrl } = cluster;
  try {
    say(machine(cluster.version));
    const url = `${server.said.replace('http', 'ws')}/graphql`;
    await writer.ask({ open: { ownerUrl, appUrl, organizationId } });
    await subscribers.ask({ connect: { url, key, sockets } });
    // What the first posts compile and connect is not what a minute costs.
    await write(writer, 'warm', 2 * perSecond, perSecond);
    const before = cpuOf(server.pid);
    const listening = cpuOf(subscribers.pid);
    const started = performance.now();
    const written = await write(writer, 'live', seconds * perSecond, perSecond);
    const elapsed = (performance.now() - started) / 1000;
    const heard = await subscribers.ask<Heard>({ collect: { run: 'live', written } });
    const cpu = cpuOf(server.pid) - before;
    say(`${rounded(sockets)} sockets on one document, ${perSecond} posts/s for ${rounded(elapsed)} s.\n`);
    const rows = [
      ['delivered', rounded(heard.delivered)],
      ['deliveries/s', rounded(heard.delivered / elapsed)],
      ['lost', rounded(heard.lost)],
      ['twice or out of order', rounded(heard.wrong)],
      ['commit to socket, p50 ms', rounded(heard.p50, 1)],
      ['commit to socket, p99 ms', rounded(heard.p99, 1)],
      ['commit to socket, longest ms', rounded(heard.longest, 1)],
      ["server's CPU per delivery, µs", rounded((cpu * 1000) / heard.delivered, 1)],
      ["server's CPU, share of one core", rounded(cpu / 1000 / elapsed, 2)],
      ["subscribers' CPU, share of one core", rounded((cpuOf(subscribers.pid) - listening) / 1000 / elapsed, 2)],
      ['load of the machine afterwards', rounded(loadavg()[0]!, 2)],
    ];
    say(table(['live', ''], rows));

    await subscribers.ask({ leave: {} });
    await write(writer, randomBytes(4).toString('hex'), MISSED, null);
    const replayed = await subscribers.ask<Replayed>({ replay: { url, key, missed: MISSED } });
    say();
    say(
      table(
        ['replay to one subscriber', ''],
        [
          ['events', rounded(replayed.events)],
          ['seconds', rounded(replayed.seconds, 2)],
          ['twice or out of order', rounded(replayed.wrong)],
        ],
      ),
    );
    say(`\nThe server's largest resident memory: ${rounded(peakMemoryOf(server.pid))} MB.`);
  } finally {
    subscribers.end();
    writer.end();
    await server.stop();
    await cluster.close();
  }
}

/** Writes so many posts, one a transaction at an even pace, or in batches as fast as it goes; answers when each was committed. */
const write = (
  writer: ReturnType<typeof helper>,
  run: string,
  posts: number,
  perSecond: number | null,
): Promise<Written> => writer.ask<Written>({ write: { run, posts, perSecond } });
