import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.js';

/** How long a server may take to come up, recovery after a crash included, or to go down. */
const PATIENCE_MS = 120_000;

/**
 * The port of the live server on this cluster, or null. Whoever started or stopped it may have been killed meanwhile, and it
 * goes on by itself: one that is on its way up or down is waited for.
 */
export async function settledPort(cluster: string): Promise<number | null> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    const server = await liveServer(cluster);
    if (!server || server.isReady || patience.aborted) return server?.isReady ? server.port : null;
    await sleep(50);
  }
}

async function liveServer(cluster: string): Promise<{ port: number; isReady: boolean } | null> {
  const file = join(cluster, 'postmaster.pid');
  const lines = await readFile(file, 'utf8').then(
    text => text.split('\n'),
    () => [],
  );
  const pid = Number(lines[0]);
  // A file left by a killed server or an earlier boot does not count.
  if (!isAlive(pid)) return null;
  if (await isServer(pid)) return { port: Number(lines[3]), isReady: (lines[7] ?? '').includes('ready') };
  // Its number went to another program, as after a restart of a container: PostgreSQL itself would refuse to start.
  await rm(file, { force: true });
  return null;
}

/** Where the system does not say what a process runs, it is taken for a server. */
const isServer = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    command => basename(command.split('\0')[0] ?? '').startsWith('postgres'),
    () => true,
  );
