import { readConfig } from '../platform/config.js';
import { openDatabase } from '../platform/database/open.js';
import type { Stop } from '../platform/process.js';
import { inspect } from './doctor.checks.js';
import { failureOf } from './failure.js';
import type { Check, Finding } from './finding.js';
import { print } from './verb.js';

/** Runs every check and says of each whether it is ok, or why not. Exit code 1 when one is not. */
export async function doctor(stop: Stop, { json = false }: { json?: boolean }): Promise<number> {
  const findings: Finding[] = [];
  const note: Check = async (name, work) => {
    if (stop.requested) return false;
    const finding = await work().then(
      detail => ({ name, ok: true, detail }),
      error => ({ name, ok: false, detail: failureOf(error).message }),
    );
    findings.push(finding);
    if (!json) print(`${finding.ok ? 'ok     ' : 'NOT OK '} ${finding.name}: ${finding.detail}`);
    return finding.ok;
  };
  await examine(note);
  const ok = findings.every(finding => finding.ok);
  if (json) print(JSON.stringify({ ok, checks: findings }));
  return stop.requested ? stop.exitCode : ok ? 0 : 1;
}

async function examine(check: Check): Promise<void> {
  const isConfigured = await check('configuration', async () => {
    readConfig();
    return 'every setting is understood';
  });
  if (!isConfigured) return;
  let access: Awaited<ReturnType<typeof openDatabase>> | undefined;
  const isReachable = await check('database', async () => {
    access = await openDatabase(readConfig());
    return `found at ${access.place}`;
  });
  if (!access) return;
  try {
    if (isReachable) await inspect(access, readConfig(), check);
  } finally {
    await access.close();
  }
}
