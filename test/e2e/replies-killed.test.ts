import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Network } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { eventually } from '../support/subscriber.js';

const PROGRAM = fileURLToPath(new URL('../support/reply-process.js', import.meta.url));

let app: TestApp;
let echo: EchoNetwork;
const running: ChildProcess[] = [];

beforeAll(async () => {
  echo = await openEchoNetwork();
  // Here replies are only written; others send them.
  app = await openTestApp({ WORKER: 'off' }, { adapters: [echo.connector] });
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await app?.close();
  await echo?.close();
});

async function startSender(): Promise<ChildProcess> {
  const { url: appUrl } = app.app.database.dataSource.options as { url: string };
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      OWNER_URL: app.ownerUrl,
      APP_URL: appUrl,
      ECHO_URL: echo.url,
      CLAIM_MS: '3000',
      PORT: '0',
      ALLOW_PRIVATE_ADDRESSES: 'true',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  await once(child.stdout!, 'data');
  return child;
}

test('a process killed between the network and its own record sends nothing twice and loses nothing', async () => {
  const ours = await answeringOn(app, { network: Network.TELEGRAM });
  const { reply } = await ours.reply(await ours.hear('q1'), 'A las ocho.');
  const isStored = new Promise<void>(done => {
    // The network has it, and its answer never comes.
    echo.onStored = () => {
      done();
      return new Promise(() => {});
    };
  });
  const first = await startSender();
  await isStored;
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect((await ours.shown(reply!.id)).state).toBe('SENDING');

  echo.onStored = undefined;
  await startSender();
  await eventually(async () => (await ours.shown(reply!.id)).state === 'SENT', 120);
  expect(echo.messages).toHaveLength(1);
  expect((await ours.shown(reply!.id)).externalId).toBe('m1');
}, 180_000);
