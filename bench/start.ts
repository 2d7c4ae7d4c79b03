import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FULL, openDataset } from './read.dataset.js';
import { serverSettings } from './support/cluster.js';
import { machine } from './support/machine.js';
import { vinculo } from './support/processes.js';
import { median, rounded, say } from './support/statistics.js';

const TIMES = 7;
const QUESTION = JSON.stringify({ query: '{ customers(first: 1) { edges { node { id displayName } } } }' });

/** From the command to the first answer: of a server on the database of `read`, PostgreSQL not running yet, and of the demo. */
export async function measureStart(): Promise<void> {
  const { cluster, ownerKey } = await openDataset(FULL);
  say(machine(cluster.version));
  await cluster.close();
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const started = performance.now();
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    const response = await fetch(`${server.said}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ownerKey}` },
      body: QUESTION,
    });
    const { data } = (await response.json()) as { data?: { customers: { edges: unknown[] } } };
    if (data?.customers.edges.length !== 1) throw new Error('The first answer was none.');
    times.push(performance.now() - started);
    await server.stop();
  }
  say(`start, to the first answer: median ${rounded(median(times))} ms of ${TIMES}, ${all(times)}`);
  await measureDemo();
}

async function measureDemo(): Promise<void> {
  const times: number[] = [];
  for (let time = 0; time < 3; time++) {
    // Also the embedded server's own account must be able to enter it.
    const directory = mkdtempSync(join(tmpdir(), 'vinculo-bench-demo-'));
    chmodSync(directory, 0o755);
    try {
      const started = performance.now();
      const demo = await vinculo(['demo'], { DATA_DIR: directory, PORT: '0' }, /(https?:\/\/[^/\s]+)\/graphql/);
      times.push(performance.now() - started);
      await demo.stop();
    } catch (error) {
      say(`demo: ${(error as Error).message.split('\n')[1]}`);
      return;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  say(`demo, to ready: median ${rounded(median(times))} ms of ${times.length}, ${all(times)}`);
}

const all = (times: number[]): string => `from ${rounded(Math.min(...times))} to ${rounded(Math.max(...times))}`;
