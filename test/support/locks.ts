import type { TestApp } from './app.js';

/**
 * Runs two pieces of work at the same time: `first` up to where it waits for what it is given, then `second` until it waits for
 * a lock of the first or is done; then both to their ends.
 */
export async function whileHeld<First, Second>(
  test: TestApp,
  first: (held: () => Promise<void>) => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const one = first(() => {
    reached.resolve();
    return released.promise;
  });
  await Promise.race([reached.promise, one]);
  let isDone = false;
  const two = second().finally(() => {
    isDone = true;
  });
  while (!isDone && !(await isAnybodyWaiting(test))) await new Promise(done => setTimeout(done, 5));
  released.resolve();
  return Promise.all([one, two]);
}

async function isAnybodyWaiting(test: TestApp): Promise<boolean> {
  const { rows } = await test.app.database.system.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`,
  );
  return rows.length > 0;
}
