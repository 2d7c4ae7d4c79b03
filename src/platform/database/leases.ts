import { link, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.js';

export interface Lease {
  release(): Promise<void>;
}

interface Actions {
  /** Runs while no other process can take or give back a lease: make sure the shared thing is up. */
  first(): Promise<void>;
  /** Runs the same way, when the last live holder leaves. */
  last(): Promise<void>;
}

let taken = 0;

/**
 * Shares something between processes by files named after their pids. Whoever is dead holds nothing, whatever file it left:
 * a killed process needs no clean-up of its own.
 */
export async function withLeases(folder: string, actions: Actions): Promise<Lease> {
  await mkdir(folder, { recursive: true });
  const mine = join(folder, `${process.pid}.${++taken}`);
  await exclusively(folder, async () => {
    await actions.first();
    await (await open(mine, 'w')).close();
  });
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      await exclusively(folder, async () => {
        await rm(mine, { force: true });
        if ((await liveHolders(folder)).length === 0) await actions.last();
      });
    },
  };
}

async function liveHolders(folder: string): Promise<string[]> {
  const live: string[] = [];
  for (const file of await readdir(folder)) {
    if (file.startsWith('lock')) continue;
    if (isAlive(Number(file.split('.')[0]))) live.push(file);
    else await rm(join(folder, file), { force: true });
  }
  return live;
}

/** Locks this process holds. In a container a restarted process often has the id of the one that was killed. */
const holding = new Set<string>();

async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  const draft = `${lock}.${process.pid}.${++taken}`;
  // Linked into place with its content: a process killed at any moment leaves a lock that names it, or none.
  await writeFile(draft, String(process.pid));
  try {
    for (;;) {
      try {
        await link(draft, lock);
        holding.add(lock);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const owner = await readFile(lock, 'utf8').catch(() => '');
        if (owner !== '' && !isHeld(lock, owner)) await removeStale(lock);
        await sleep(25);
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
    holding.delete(lock);
  }
}

const isHeld = (lock: string, owner: string): boolean =>
  Number(owner) === process.pid ? holding.has(lock) : isAlive(Number(owner));

/** Takes a dead owner's lock away; gives it back when somebody else was quicker and it is a live one by now. */
async function removeStale(lock: string): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  try {
    await rename(lock, aside);
    if (isHeld(lock, await readFile(aside, 'utf8'))) await link(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
