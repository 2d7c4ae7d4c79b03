import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type JetstreamServer, startJetstream } from './jetstream-server.js';

/** A real AT Protocol network of one server, and a Jetstream that is fed by its firehose. */
export interface BlueskyNetwork {
  pdsUrl: string;
  jetstream: JetstreamServer;
  close(): Promise<void>;
}

/**
 * Where `@atproto/dev-env` is installed, if anywhere: in the folder that the environment variable ATPROTO_DEV_ENV names, in
 * test/servers/atproto or beside the project's packages. It is too large to be a dependency of the project.
 */
export function findDevEnv(): string | undefined {
  for (const folder of [process.env['ATPROTO_DEV_ENV'], resolve('test/servers/atproto'), process.cwd()]) {
    if (!folder) continue;
    try {
      createRequire(join(folder, 'package.json')).resolve('@atproto/dev-env');
      return folder;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/**
 * Starts the network, follows its firehose with the protocol's own library and prints every event as a line of Jetstream
 * version 1. A process of its own, because the network's database is a native module, built for one version of Node.
 */
const NETWORK = `
  import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env';
  import { Firehose, MemoryRunner } from '@atproto/sync';
  import { lexToJson } from '@atproto/lexicon';

  const options = JSON.parse(process.env.NETWORK);
  const network = await (options.dbPostgresUrl ? TestNetwork : TestNetworkNoAppView).create(options);
  const print = value => process.stdout.write(JSON.stringify(value) + '\\n');
  let last = 0;
  const lineOf = event => {
    last = Math.max(last + 1, Date.parse(event.time) * 1000);
    const base = { did: event.did, time_us: last };
    if (event.event === 'identity') return { ...base, kind: 'identity', identity: { did: event.did, handle: event.handle, seq: event.seq, time: event.time } };
    if (event.event === 'account') return { ...base, kind: 'account', account: { active: event.active, did: event.did, seq: event.seq, time: event.time } };
    const { rev, event: operation, collection, rkey } = event;
    const kept = operation === 'delete' ? {} : { record: lexToJson(event.record), cid: event.cid.toString() };
    return { ...base, kind: 'commit', commit: { rev, operation, collection, rkey, ...kept } };
  };
  const firehose = new Firehose({
    idResolver: network.pds.ctx.idResolver,
    service: network.pds.url.replace(/^http/, 'ws'),
    unauthenticatedHandles: true,
    excludeSync: true,
    runner: new MemoryRunner({ startCursor: 0 }),
    handleEvent: event => print(lineOf(event)),
    onError: error => process.stderr.write(String(error?.stack ?? error) + '\\n'),
  });
  firehose.start();
  print({ ready: network.pds.url });
  process.stdin.resume().once('end', async () => {
    await firehose.destroy();
    await network.close();
    process.exit(0);
  });
`;

/** The Node that installed the network, for which its native parts were built. */
function nodeOf(folder: string): string {
  const note = join(folder, 'node_modules/.node');
  return process.env['ATPROTO_DEV_NODE'] ?? (existsSync(note) ? readFileSync(note, 'utf8').trim() : process.execPath);
}

/** What the network needs beside itself when it is to list notifications as the public one does. */
export interface AppViewStores {
  postgresUrl: string;
  /** Host and port. */
  redis: string;
}

function environmentOf(appView: AppViewStores | undefined): Record<string, string> {
  if (!appView) return { NETWORK: '{}' };
  const options = { dbPostgresUrl: appView.postgresUrl, dbPostgresSchema: 'network' };
  return { NETWORK: JSON.stringify(options), REDIS_HOST: appView.redis };
}

/** Throws when the network cannot be started; `ATPROTO_DEV_NODE` names another Node to run it on. */
export async function startBlueskyNetwork(folder: string, appView?: AppViewStores): Promise<BlueskyNetwork> {
  const jetstream = await startJetstream({ version: 1 });
  const child = spawn(nodeOf(folder), ['--input-type=module', '--eval', NETWORK], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_ENABLED: 'false', ...environmentOf(appView) },
  });
  const said: string[] = [];
  child.stderr.on('data', chunk => said.push(String(chunk)));
  try {
    const pdsUrl = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', code => reject(new Error(`The network ended (${code}): ${said.join('').slice(-2000)}`)));
      createInterface({ input: child.stdout }).on('line', line => {
        // What else the network's parts print is no JSON.
        if (!line.startsWith('{')) return;
        const ready = (JSON.parse(line) as { ready?: string }).ready;
        if (ready) resolve(ready);
        else jetstream.publish(line);
      });
    });
    return { pdsUrl, jetstream, close: () => stop(child, jetstream) };
  } catch (error) {
    await stop(child, jetstream);
    throw error;
  }
}

async function stop(child: ChildProcess, jetstream: JetstreamServer): Promise<void> {
  await jetstream.close();
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

const PASSWORD = 'on-loopback-only';

/** Somebody on the network: what they do goes through their own server, as from an app. */
export async function joinNetwork(pdsUrl: string, name: string) {
  const post = async (method: string, body: object, token?: string) => {
    const response = await fetch(`${pdsUrl}/xrpc/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const handle = `${name}.test`;
  const account = await post('com.atproto.server.createAccount', {
    handle,
    email: `${name}@example.com`,
    password: PASSWORD,
  });
  const repo = account['did']!;
  const collection = 'app.bsky.feed.post';
  const record = (fields: object) => ({ $type: collection, createdAt: new Date().toISOString(), ...fields });
  const write = (method: string, body: object) => post(method, { repo, collection, ...body }, account['accessJwt']);
  return {
    did: repo,
    handle,
    password: PASSWORD,
    async publish(fields: object) {
      const { uri, cid } = await write('com.atproto.repo.createRecord', { record: record(fields) });
      return { uri: uri!, cid: cid! };
    },
    async edit(uri: string, fields: object) {
      const { cid } = await write('com.atproto.repo.putRecord', {
        rkey: uri.split('/').at(-1),
        record: record(fields),
      });
      return { uri, cid: cid! };
    },
    async remove(uri: string) {
      await write('com.atproto.repo.deleteRecord', { rkey: uri.split('/').at(-1) });
    },
  };
}
