import { spawn } from 'node:child_process';

/** Whether a process with this pid exists, also when it belongs to somebody else. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export interface RunOptions {
  cwd: string;
  uid?: number;
  gid?: number;
  /** Written to its standard input. */
  input?: string;
}

/**
 * Runs a program to its end, in a session of its own: a Ctrl-C goes to everything on a terminal, and what starts or stops a
 * server must not be cut off by it. Throws, with `stderr`, when it does not end well.
 */
export async function run(file: string, args: string[], { input = '', ...options }: RunOptions): Promise<void> {
  const child = spawn(file, args, { ...options, detached: true, windowsHide: true });
  let stderr = '';
  child.stdout.resume();
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const how = await new Promise<number | string | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code, signal) => done(signal ?? code));
  });
  if (how !== 0) throw Object.assign(new Error(`${file} ended with ${how}: ${stderr.trim()}`), { stderr });
}
