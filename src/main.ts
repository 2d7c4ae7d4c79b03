import { run } from './cli/program.js';

/** How long something that was not closed may keep a process alive that has nothing left to do. */
const GRACE_MS = 2000;

process.exitCode = await run(process.argv);
setTimeout(() => process.exit(), GRACE_MS).unref();
