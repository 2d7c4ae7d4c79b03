import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp } from '../support/app.js';
import { type JetstreamServer, startAppView, startJetstream } from '../support/jetstream-server.js';
import { eventually } from '../support/subscriber.js';

const PROGRAM = fileURLToPath(new URL('../support/app-process.js', import.meta.url));
const AUTHOR = { did: 'did:plc:visitor7cccccccccccccccc', handle: 'vecina.example', displayName: 'Vecina' };

let server: JetstreamServer;
let view: Awaited<ReturnType<typeof startAppView>>;
let settings: Record<string, string>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  server = await startJetstream({ version: 1 });
  view = await startAppView([AUTHOR]);
  settings = { BLUESKY_JETSTREAM_URL: server.url, BLUESKY_APPVIEW_URL: view.url };
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.close();
  await view.close();
});

let written = 0;
/** Somebody writes on the network; two posts never share a moment. */
function write(text: string): void {
  written += 1;
  const timeUs = Date.now() * 1000 + written;
  server.publish(
    JSON.stringify({
      did: AUTHOR.did,
      time_us: timeUs,
      kind: 'commit',
      commit: {
        rev: `3mrev${written}`,
        operation: 'create',
        collection: 'app.bsky.feed.post',
        rkey: `3mlive${String(written).padStart(7, '0')}`,
        record: { $type: 'app.bsky.feed.post', createdAt: new Date(timeUs / 1000).toISOString(), text, langs: ['es'] },
        cid: `bafyreif${String(written).padStart(51, 'a')}`,
      },
    }),
  );
}

async function follow(client: Client, query: string): Promise<string> {
  const { createSource } = await client.data(
    `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id } userErrors { field code message } } }`,
    { input: { kind: 'KEYWORD', network: 'BLUESKY', query } },
  );
  expect(createSource.userErrors).toEqual([]);
  return createSource.source.id;
}
const textsOf = async (client: Client, source: string): Promise<string[]> => {
  const query = `query ($source: ID!) { posts(first: 200, filter: { sourceId: { eq: $source } }, orderBy: [{ field: RECEIVED_AT }]) { edges { node { text } } } }`;
  const { posts } = await client.data(query, { source });
  return posts.edges.map((edge: { node: { text: string } }) => edge.node.text);
};
const look = async (client: Client, id: string) =>
  (
    await client.data(
      `query ($id: ID!) { source(id: $id) { state lastSuccessAt lagSeconds problem { class message } gaps { totalCount } } }`,
      { id },
    )
  ).source;
const act = (client: Client, name: string, id: string) =>
  client.data(`mutation ($id: ID!) { ${name}(input: { id: $id }) { userErrors { message } } }`, { id });
/** The stream has told where it stands, so from here on nothing can be missed. */
const isListening = (client: Client, id: string) => eventually(async () => (await look(client, id)).lastSuccessAt);

test('what is written is there at once; a cut connection is resumed, a pause caught up with, a removal final', async () => {
  const app = await openTestApp(settings);
  try {
    const owner = await (await app.organization()).as('OWNER');
    const id = await follow(owner, 'panadería');
    await isListening(owner, id);
    write('La panaderia de la esquina');
    write('Nada que ver');
    await eventually(async () => (await textsOf(owner, id)).length === 1);
    const { rows } = await app.app.database.system.query(`select cursor from sources where cursor is not null`);
    expect(rows[0].cursor).toMatchObject({ host: server.host });

    server.drop();
    write('Otra panaderia, mientras nadie miraba');
    await eventually(async () => (await textsOf(owner, id)).length === 2);
    expect(server.requests.at(-1)!.get('cursor')).toMatch(/^\d{16}$/);
    expect(await look(owner, id)).toMatchObject({
      state: 'ACTIVE',
      problem: null,
      lagSeconds: 0,
      gaps: { totalCount: 0 },
    });

    await act(owner, 'pauseSource', id);
    await eventually(() => server.connections() === 0);
    write('Panaderia cerrada por vacaciones');
    await act(owner, 'resumeSource', id);
    await eventually(async () => (await textsOf(owner, id)).length === 3);

    await act(owner, 'removeSource', id);
    await eventually(() => server.connections() === 0);
    expect(await textsOf(owner, id)).toHaveLength(3);
  } finally {
    await app.close();
  }
});

test('a stream is followed by one process of many, and by another once that one is killed: nothing is lost or doubled', async () => {
  const app = await openTestApp({ ...settings, WORKER: 'off' });
  try {
    const owner = await (await app.organization()).as('OWNER');
    const first = await start(app);
    const second = await start(app);
    const id = await follow(owner, 'bizcocho');
    await isListening(owner, id);
    expect(server.connections()).toBe(1);
    const wanted: string[] = [];
    const say = (count: number) => {
      for (let at = 0; at < count; at += 1) {
        wanted.push(`Bizcocho número ${wanted.length}`);
        write(wanted.at(-1)!);
      }
    };
    say(150);
    await eventually(async () => (await textsOf(owner, id)).length > 0);
    // Whichever follows the stream dies in the middle of it; the other takes over.
    first.kill('SIGKILL');
    say(30);
    await eventually(async () => (await textsOf(owner, id)).length === wanted.length, 20);
    second.kill('SIGKILL');
    say(10);
    await start(app);
    await eventually(async () => (await textsOf(owner, id)).length === wanted.length, 20);
    expect((await textsOf(owner, id)).sort()).toEqual([...wanted].sort());
    expect(await look(owner, id)).toMatchObject({ gaps: { totalCount: 0 } });
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await app.close();
  }
}, 60_000);

async function start({ app }: TestApp): Promise<ChildProcess> {
  const { url } = app.database.dataSource.options as { url: string };
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...process.env,
      ...settings,
      NODE_OPTIONS: '',
      PORT: '0',
      OWNER_URL: app.database.system.options.connectionString,
      APP_URL: url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  await once(child.stdout!, 'data');
  return child;
}
