import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isAlive } from '../../src/platform/database/processes.js';
import { eventually } from './subscriber.js';

const run = promisify(execFile);
const PYTHON = '/usr/bin/python3';
const PACKAGES = '/usr/lib/python3/dist-packages';
const SETPRIV = '/usr/bin/setpriv';
const NEEDED = [
  SETPRIV,
  '/usr/bin/trytond',
  `${PACKAGES}/proteus`,
  ...['sale', 'account_invoice_stock', 'product_price_list', 'sale_price_list'].map(
    module => `${PACKAGES}/trytond/modules/${module}`,
  ),
];
const PREPARE = join(import.meta.dirname, '../servers/tryton/prepare.py');

/** Whether Debian's tryton-server, its modules for sales and tryton-proteus are installed. */
export function hasTrytond(): boolean {
  return NEEDED.every(path => existsSync(path));
}

/** A real Tryton of a bakery: EUR, 21 %, 10 % and 4 % tax, three products, a price list, 100 loaves in stock. */
export interface Trytond {
  /** What an owner types in: its address, database, user and password. */
  settings: { url: string; database: string; username: string; password: string };
  /** Asks as one of the bakery's own people, the administrator. */
  rpc<T = any>(method: string, ...params: unknown[]): Promise<T>;
  rpcWith<T = any>(context: object, method: string, ...params: unknown[]): Promise<T>;
  close(): Promise<void>;
}

const ADMINISTRATOR = 'a long phrase for the administrator';
const PASSWORD = 'Masa-madre_1890+Trigo';

export async function openTrytond(): Promise<Trytond> {
  const prepared = await prepareDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'trytond-'));
  let child: ChildProcess | undefined;
  const close = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await copyFile(prepared, join(folder, 'crm.sqlite'));
    const port = await freePort();
    const config = await writeConfig(folder, port);
    // It goes with this process, also where that is killed and closes nothing.
    child = spawn(SETPRIV, ['--pdeathsig', 'KILL', '/usr/bin/trytond', '-c', config, '-d', 'crm'], { stdio: 'ignore' });
    const url = `http://127.0.0.1:${port}`;
    // Said once the tables are loaded, so that no test waits for that.
    const asks = await eventually(() => signIn(url).catch(() => undefined), 90);
    return { settings: { url, database: 'crm', username: 'crm', password: PASSWORD }, ...asks, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Half a minute's work, done once a machine for each version of the packages and of what is put in. */
async function prepareDatabase(): Promise<string> {
  const { stdout } = await run('dpkg-query', ['-W', 'tryton-*']);
  const key = createHash('sha256')
    .update(stdout)
    .update(await readFile(PREPARE))
    .update(await readFile(import.meta.filename));
  // The fiscal years are those around today.
  const name = `vinculo-trytond-${key.update(String(new Date().getUTCFullYear())).digest('hex').slice(0, 16)}.sqlite`;
  const prepared = join(tmpdir(), name);
  const lock = `${prepared}.lock`;
  if (!(await isOurs(lock, prepared))) return prepared;
  const folder = await mkdtemp(join(tmpdir(), 'trytond-'));
  try {
    const config = await writeConfig(folder, 0);
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, ADMINISTRATOR);
    await writeFile(join(folder, 'crm.sqlite'), '');
    // Also read by what is imported before the configuration is.
    const env = { ...process.env, TRYTONPASSFILE: passwordFile, TRYTOND_CONFIG: config };
    const admin = (...rest: string[]) => run('/usr/bin/trytond-admin', ['-c', config, '-d', 'crm', ...rest], { env });
    await admin('--all', '--email', 'admin@acme.example');
    const modules = ['sale', 'account_invoice_stock', 'product_price_list', 'sale_price_list'];
    await admin('-u', ...modules, '--activate-dependencies');
    await run(PYTHON, ['-W', 'ignore', PREPARE, config, 'crm'], { env });
    // The name is taken by a whole file, whoever else writes one.
    await copyFile(join(folder, 'crm.sqlite'), `${prepared}.${process.pid}`);
    await rename(`${prepared}.${process.pid}`, prepared);
    return prepared;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(lock, { force: true });
  }
}

/** Of test files that begin at the same time one prepares, and the others wait for it. False: it is done. */
async function isOurs(lock: string, prepared: string): Promise<boolean> {
  for (;;) {
    if (existsSync(prepared)) return false;
    const isTaken = await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
      () => false,
      () => true,
    );
    if (!isTaken) return true;
    const holder = await readFile(lock, 'utf8').catch(() => '');
    // One that was killed leaves its lock behind.
    if (holder && !isAlive(Number(holder))) await rm(lock, { force: true });
    await setTimeout(200);
  }
}

async function writeConfig(folder: string, port: number): Promise<string> {
  const config = join(folder, 'trytond.conf');
  const passwords = join(folder, 'passlib.ini');
  // Passwords that are quick to check: a second for each sign-in would be most of the time that tests take.
  await writeFile(passwords, '[passlib]\nschemes = pbkdf2_sha512\npbkdf2_sha512__default_rounds = 1\n');
  const sections = {
    database: [`uri = sqlite://`, `path = ${folder}`],
    web: [`listen = 127.0.0.1:${port}`],
    password: [`passlib = ${passwords}`],
  };
  await writeFile(
    config,
    Object.entries(sections)
      .map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`)
      .join(''),
  );
  return config;
}

async function signIn(url: string): Promise<Pick<Trytond, 'rpc' | 'rpcWith'>> {
  const ask = async (method: string, params: unknown[], authorization?: string) => {
    const response = await fetch(`${url}/crm/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify({ id: 1, method, params }),
    });
    if (!response.ok) throw new Error(`Tryton answers ${response.status} to ${method}.`);
    const body = (await response.json()) as { result?: any; error?: unknown };
    if (body.error) throw new Error(`${method}: ${JSON.stringify(body.error)}`);
    return body.result;
  };
  const [user, session] = await ask('common.db.login', ['admin', { password: ADMINISTRATOR }, 'en']);
  const authorization = `Session ${Buffer.from(`admin:${user}:${session}`).toString('base64')}`;
  const context = await ask('model.res.user.get_preferences', [true, {}], authorization);
  const rpcWith: Trytond['rpcWith'] = (more, method, ...params) =>
    ask(method, [...params, { ...context, ...more }], authorization);
  return { rpcWith, rpc: (method, ...params) => rpcWith({}, method, ...params) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
