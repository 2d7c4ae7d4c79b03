import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const VINCULO = resolve('bin/vinculo.js');

/** The research data beside the project, where there is any. */
export const sharedFile = (name: string): string | null => {
  const file = resolve('../shared/data', name);
  return existsSync(file) ? file : null;
};

export interface Finished {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Finished>;
  /** The first match in what it has printed to stdout; throws with everything it said when it ends without one. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A folder of its own for `DATA_DIR`, which the account of an embedded server may enter. */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(process.env.TEST_PLACE ?? tmpdir(), 'vinculo-cli-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts the real command as a process. It sees nothing of this process's settings, nor of a `.env`. */
export function launch(args: string[], settings: Record<string, string>): Running {
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(process.execPath, [VINCULO, ...args], {
    cwd: tmpdir(),
    env: { PATH, HOME, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let heard = () => {};
  child.stdout.on('data', chunk => {
    stdout += chunk;
    heard();
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const ended = new Promise<Finished>(done => child.once('close', code => done({ code, stdout, stderr })));
  return {
    child,
    ended,
    said: pattern =>
      new Promise((done, fail) => {
        heard = () => {
          const match = pattern.exec(stdout);
          if (match) done(match);
        };
        heard();
        void ended.then(({ code }) => fail(new Error(`It ended (${code}) saying: ${stdout}${stderr}`)));
      }),
  };
}

export const run = (args: string[], settings: Record<string, string>): Promise<Finished> =>
  launch(args, settings).ended;

/** Whether a process of this id is still there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function until(condition: () => Promise<boolean> | boolean, what: string, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await new Promise(done => setTimeout(done, 20));
  }
}
