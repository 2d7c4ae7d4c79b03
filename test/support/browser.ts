import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';

const CHROMIUM = '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

/** A page of a real browser, driven over its own protocol. */
export interface Page {
  goto(url: string): Promise<void>;
  /** What an expression is worth in the page, awaited; it must be JSON. */
  evaluate<Result>(expression: string): Promise<Result>;
  /** Types into what has the focus. */
  type(text: string): Promise<void>;
  press(key: 'Enter' | 'Escape' | 'Tab'): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  /** What the console and uncaught errors said. */
  complaints: string[];
}

export interface Browser {
  page(): Promise<Page>;
  close(): Promise<void>;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];
const KEYS = { Enter: [13, '\r'], Escape: [27, ''], Tab: [9, ''] } as const;

export async function openBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'vinculo-browser-'));
  const process = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const connection = await connect(await addressOf(process));
  return {
    async page() {
      const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
      return openPage(connection, sessionId);
    },
    async close() {
      const exited = new Promise(done => process.once('exit', done));
      await connection.send('Browser.close').catch(() => process.kill());
      await exited;
      connection.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** The browser says where it listens once it does. */
function addressOf(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    process.once('exit', () => reject(new Error(`The browser ended: ${said.slice(-500)}`)));
    process.stderr!.on('data', chunk => {
      said += chunk;
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) resolve(found[1]!);
    });
  });
}

type Listener = (method: string, parameters: any) => void;

interface Connection {
  send(method: string, parameters?: object, sessionId?: string): Promise<any>;
  listen(sessionId: string, listener: Listener): void;
  close(): void;
}

async function connect(url: string): Promise<Connection> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const asked = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Listener>();
  let last = 0;
  socket.on('message', raw => {
    const { id, method, params, result, error, sessionId } = JSON.parse(String(raw));
    if (id === undefined) listeners.get(sessionId)?.(method, params);
    else if (error) asked.get(id)?.reject(new Error(error.message));
    else asked.get(id)?.resolve(result);
    asked.delete(id);
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        last += 1;
        asked.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) }));
      }),
    listen: (sessionId, listener) => listeners.set(sessionId, listener),
    close: () => socket.terminate(),
  };
}

async function openPage(connection: Connection, sessionId: string): Promise<Page> {
  const send = (method: string, parameters?: object) => connection.send(method, parameters, sessionId);
  const complaints: string[] = [];
  let loaded = () => {};
  connection.listen(sessionId, (method, parameters) => {
    if (method === 'Page.loadEventFired') loaded();
    if (method === 'Runtime.exceptionThrown') complaints.push(parameters.exceptionDetails.exception?.description ?? '');
    if (method === 'Log.entryAdded') complaints.push(parameters.entry.text);
  });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  return {
    complaints,
    async goto(url) {
      const done = new Promise<void>(resolve => {
        loaded = resolve;
      });
      await send('Page.navigate', { url });
      await done;
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    type: text => send('Input.insertText', { text }),
    async press(key) {
      const [windowsVirtualKeyCode, text] = KEYS[key];
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, windowsVirtualKeyCode, text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode });
    },
    resize: (width, height) =>
      send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 }),
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot', { format: 'png' })).data, 'base64'),
  };
}
