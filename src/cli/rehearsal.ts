import type { Writer } from '../ingest/ingest.service.js';
import type { Batches } from './import.pipeline.js';

/** Carries a result out of a transaction that must not stay. */
class Rehearsed extends Error {
  constructor(readonly result: unknown) {
    super('rolled back on purpose');
  }
}

/** Does all that `writer` does, and takes it back: what a dry run says is what the database itself would have said. */
export function rehearsing(writer: Writer): Writer {
  return {
    async write<Result>(...[scope, work]: Parameters<typeof writer.write<Result>>): Promise<Result> {
      try {
        return await writer.write<Result>(scope, async tx => {
          throw new Rehearsed(await work(tx));
        });
      } catch (error) {
        if (error instanceof Rehearsed) return error.result as Result;
        throw error;
      }
    },
  };
}

/** What an earlier batch took back again cannot be found in the database, so a dry run remembers itself what it has seen. */
export function remembering<Item>(batches: Batches<Item>): Batches<Item> {
  const seen = new Set<string>();
  return {
    ...batches,
    async write(items) {
      const fresh = items.filter(item => !seen.has(batches.fingerprint(item)));
      for (const item of fresh) seen.add(batches.fingerprint(item));
      const { unchanged, ...written } = fresh.length > 0 ? await batches.write(fresh) : { imported: 0, unchanged: 0 };
      return { ...written, unchanged: unchanged + items.length - fresh.length };
    },
  };
}
