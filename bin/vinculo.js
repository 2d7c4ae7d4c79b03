#!/usr/bin/env node
// Plain JavaScript for any Node from 20.19 on: it hands over to the pinned Node that npm installed with the project.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PINNED = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) >= PINNED) await start();
else handOver();

async function start() {
  // Whoever handed over was killed: go with it, as if the signal had been meant for us.
  if (process.env.VINCULO_HANDED_OVER && process.channel) {
    process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
    process.channel.unref();
  }
  // What was compiled once is compiled for the next start, too.
  module.enableCompileCache();
  const main = join(root, 'dist', 'src', 'main.js');
  if (!existsSync(main)) fail('Vínculo is not built yet. Run "npm run build" in its folder first.');
  await import(pathToFileURL(main).href);
}

function handOver() {
  const node = pinnedNode();
  if (!node) {
    fail(
      `Vínculo needs Node ${PINNED}, which "npm ci" brings, and this is ${process.version}. Run "npm ci" in ${root}.`,
    );
  }
  // A session of its own, so that Ctrl-C on a terminal arrives once, through us, and not a second time from the terminal.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
    env: { ...process.env, VINCULO_HANDED_OVER: '1' },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('error', error => fail(`The pinned Node could not be started: ${error.message}`));
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function pinnedNode() {
  try {
    const home = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const file = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
