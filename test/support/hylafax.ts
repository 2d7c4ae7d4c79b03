import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SBIN = '/usr/sbin';
const SPOOL = '/var/spool/hylafax';
/** Its programs give up root's rights for those of the spool's owner, and refuse to begin without. */
export const isHylafaxInstalled =
  existsSync(`${SBIN}/faxq`) && existsSync(`${SBIN}/hfaxd`) && existsSync(`${SPOOL}/bin`) && process.getuid?.() === 0;

/** A real HylaFAX with a spool of its own and without a modem: jobs wait in its queue. */
export interface Hylafax {
  port: number;
  spool: string;
  /** Puts a file where a modem's would be, under a new name; answers the name. */
  receive(bytes: Buffer): Promise<string>;
  /** Names of the files that describe the jobs that wait. */
  queued(): Promise<string[]>;
  close(): Promise<void>;
}

export async function startHylafax(): Promise<Hylafax> {
  const spool = await mkdtemp(join(tmpdir(), 'hylafax-'));
  await cp(SPOOL, spool, {
    recursive: true,
    dereference: true,
    filter: from => !/\/(FIFO|log|recvq|sendq|doneq|docq)\/?./.test(from.slice(SPOOL.length)),
  });
  await mkdir(join(spool, 'etc'), { recursive: true });
  for (const name of ['config', 'pagesizes', 'typerules', 'setup.cache', 'dialrules', 'hfaxd.conf', 'lutRS18.pcf'])
    if (existsSync(`/etc/hylafax/${name}`)) await copyFile(`/etc/hylafax/${name}`, join(spool, 'etc', name));
  await writeFile(join(spool, 'etc/hosts.hfaxd'), '127.0.0.1\nlocalhost\n', { mode: 0o600 });
  execFileSync('chown', ['-R', 'uucp:uucp', spool]);
  await chmod(spool, 0o755);
  await chmod(join(spool, 'tmp'), 0o1777);
  const port = await freePort();
  const running = [
    spawn(`${SBIN}/faxq`, ['-D', '-q', spool], { stdio: 'ignore' }),
    spawn(`${SBIN}/hfaxd`, ['-d', '-q', spool, '-l', '127.0.0.1', '-i', String(port)], { stdio: 'ignore' }),
  ];
  let count = 0;
  const close = async () => {
    for (const child of running.toReversed()) await stop(child);
    await rm(spool, { recursive: true, force: true });
  };
  try {
    await reachable(port);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    spool,
    async receive(bytes) {
      count += 1;
      const name = `fax${String(count).padStart(9, '0')}.tif`;
      const path = join(spool, 'recvq', name);
      await writeFile(path, bytes, { mode: 0o644 });
      execFileSync('chown', ['uucp:uucp', path]);
      return name;
    },
    queued: async () => (await readdir(join(spool, 'sendq'))).filter(name => /^q\d+$/.test(name)),
    close,
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(hard);
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}

async function reachable(port: number): Promise<void> {
  const limit = Date.now() + 15_000;
  for (;;) {
    const isOpen = await new Promise<boolean>(done => {
      const socket = net.connect(port, '127.0.0.1');
      socket.once('data', () => {
        socket.destroy();
        done(true);
      });
      socket.once('error', () => done(false));
    });
    if (isOpen) return;
    if (Date.now() > limit) throw new Error('HylaFAX did not start in time.');
    await new Promise(done => setTimeout(done, 50));
  }
}
