import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
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

async function exclusively<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  for (;;) {
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = await readFile(lock, 'utf8').catch(() => '');
      // An empty file is a lock being written; one whose owner is dead was left by a kill.
      if (owner !== '' && !isAlive(Number(owner))) await removeStale(lock);
      await sleep(25);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Takes a dead owner's lock away; gives it back when somebody else was quicker and it is a live one by now. */
async function removeStale(lock: string): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  try {
    await rename(lock, aside);
    if (isAlive(Number(await readFile(aside, 'utf8')))) await link(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
