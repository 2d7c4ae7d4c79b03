import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; this file runs from `dist/bench/support`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Running {
  pid: number;
  /** What it printed where it said it was ready. */
  said: string;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

const PROFILED = process.env['BENCH_PROFILE'];

/** `--cpu-prof` for the servers under measurement when BENCH_PROFILE names a folder. */
const profiling = (): string[] => (PROFILED ? ['--cpu-prof', `--cpu-prof-dir=${PROFILED}`] : []);

/** Runs `vinculo <verb>` of this build and answers once a line on stdout matches `ready`. Throws what it said if it ends before. */
export function vinculo(args: string[], env: Record<string, string>, ready: RegExp): Promise<Running> {
  return launch([join(root, 'bin/vinculo.js'), ...args], env, ready);
}

/** The same for any script of ours on this Node. */
export async function launch(args: string[], env: Record<string, string>, ready: RegExp): Promise<Running> {
  const child = spawn(process.execPath, [...profiling(), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const said = await new Promise<string>((done, failed) => {
    const hear = (chunk: Buffer) => {
      output += chunk;
      const found = ready.exec(output);
      if (found) done(found[1] ?? found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', code => failed(new Error(`${args.join(' ')} ended with ${code}:\n${output}`)));
  });
  return { pid: child.pid!, said, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** Runs `vinculo <verb>` to its end and answers what it printed. */
export function run(args: string[], env: Record<string, string>): string {
  return execFileSync(process.execPath, [join(root, 'bin/vinculo.js'), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
    encoding: 'utf8',
  });
}

/** A process of ours that answers messages; `name` is a file of `bench/`. */
export interface Helper {
  pid: number;
  ask<Answer>(question: object): Promise<Answer>;
  end(): void;
}

export function helper(name: string): Helper {
  const child = fork(join(root, 'dist/bench', `${name}.js`), { cwd: root });
  let failure: Error | undefined;
  child.once('exit', code => {
    failure = new Error(`${name} ended with ${code}`);
  });
  return {
    pid: child.pid!,
    ask: question =>
      new Promise((done, failed) => {
        const lost = (code: number | null) => failed(new Error(`${name} ended with ${code}`));
        if (failure) return failed(failure);
        child.once('exit', lost);
        child.once('message', answer => {
          child.off('exit', lost);
          done(answer as never);
        });
        child.send(question);
      }),
    end: () => void (child.connected && child.disconnect()),
  };
}

/** Answers each message with what `answer` makes of it. */
export function answering<Question, Answer extends object | null>(
  answer: (question: Question) => Promise<Answer>,
): void {
  process.on('message', async question => process.send!((await answer(question as Question)) ?? {}));
}

const TICK_MS = 10;

/** Processor time of a process in milliseconds, user and system, to 10 ms (Linux). */
export function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The same for a process with all it started, those included that have ended: a PostgreSQL server with its connections. */
export function cpuOfFamily(parent: number): number {
  const timesOf = (fields: string[], ...places: number[]) =>
    places.reduce((sum, place) => sum + Number(fields[place]) * TICK_MS, 0);
  let sum = timesOf(statOf(parent), 11, 12, 13, 14);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const fields = statOf(Number(entry));
      if (Number(fields[1]) === parent) sum += timesOf(fields, 11, 12);
    } catch {
      // It ended while we looked.
    }
  }
  return sum;
}

/** Fields from the state on: a process's name may hold blanks. */
const statOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');

/** Largest resident memory so far, in megabytes (Linux). */
export function peakMemoryOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Resident memory now, in megabytes (Linux). */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
