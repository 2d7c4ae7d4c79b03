import { readFileSync } from 'node:fs';
import type {
  Batch,
  Connector,
  ConnectorContext,
  ExternalRef,
  InboundEvent,
  SourceDescription,
} from '../../src/ingest/connector.js';
import { contextFor } from './connector-context.js';

/** When the fixtures were recorded; tests run in that hour, whatever the clock says. */
export const HOUR_OF_FIXTURES = new Date('2026-11-18T11:30:00Z');

export function fixtureLines(version: 1 | 2): string[] {
  const file = new URL(`../../integrations/bluesky/fixtures/jetstream-v${version}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8').trim().split('\n');
}

export function source(kind: SourceDescription['kind'], query: string): SourceDescription {
  return { kind, query };
}

interface Position {
  timeUs: number;
  seq?: number;
}

/** Runs a connector as the product does, keeping what it hands over. Listening starts with the first `until`. */
export function follow<Config, Cursor extends Position>(
  connector: Connector<Config, Cursor>,
  description: SourceDescription,
  cursor: Cursor | null = null,
  now: () => Date = () => HOUR_OF_FIXTURES,
) {
  const batches: (Batch<Cursor> & { at: number })[] = [];
  const warnings: { details: object; message: string }[] = [];
  const abort = new AbortController();
  const context: ConnectorContext<Config> = contextFor(connector, description, {
    signal: abort.signal,
    now,
    log: { info: () => {}, warn: (details, message) => void warnings.push({ details, message }) },
  });
  let failure: unknown;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      for await (const batch of connector.listen!(context, cursor)) batches.push({ ...batch, at: performance.now() });
    } catch (error) {
      failure = error;
    }
  }

  function start(): Promise<void> {
    running ??= run();
    return running;
  }

  return {
    batches,
    warnings,
    events: (): InboundEvent[] => batches.flatMap(batch => batch.events),
    cursor: (): Cursor | null => batches.at(-1)?.cursor ?? cursor,
    gaps: () => batches.flatMap(batch => batch.gap ?? []),
    /** Has the position come to this line of the stream? */
    hasReached(line: string): boolean {
      const { time_us: timeUs, payload } = JSON.parse(line) as { time_us?: number; payload?: { seq: number } };
      const reached = batches.at(-1)?.cursor;
      return payload ? reached?.seq === payload.seq : reached?.timeUs === timeUs;
    },
    /** Waits for a condition; fails with the connector's own error when listening ended before it came true. */
    async until(condition: () => boolean): Promise<void> {
      void start();
      const deadline = performance.now() + 10_000;
      while (!condition()) {
        if (failure) throw failure;
        if (performance.now() > deadline) throw new Error('What was waited for did not happen within 10 s');
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    },
    /** Listens until the stream ends by itself, and gives the error it ended with. */
    async ended(): Promise<unknown> {
      await start();
      return failure;
    },
    async stop(): Promise<void> {
      abort.abort();
      await running;
      if (failure) throw failure;
    },
    check: () => connector.check(context),
    refetch: (ref: ExternalRef) => connector.refetch!(context, ref),
  };
}
