import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

const SERVER = 'redis-server';

/** Whether Debian's package is installed here. */
export function hasRedis(): boolean {
  return spawnSync(SERVER, ['--version']).status === 0;
}

/** A server that keeps nothing, on a free port of loopback. */
export async function startRedis(): Promise<{ address: string; close(): Promise<void> }> {
  const port = await freePort();
  const arguments_ = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(SERVER, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', code => reject(new Error(`Redis ended (${code})`)));
    child.stdout.on('data', said => /Ready to accept connections/.test(String(said)) && resolve());
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
