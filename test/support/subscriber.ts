import { createClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { comparePositions, type Position } from '../../src/events/index.js';
import type { TestApp } from './app.js';

export interface Subscriber<Result> {
  /** Everything delivered so far, in order. */
  received: Result[];
  errors: unknown[];
  /** Close codes of the socket. */
  closes: { code: number; reason: string }[];
  /** Waits until `enough` of what was received, or throws after `seconds`. */
  until(enough: (received: Result[]) => boolean, seconds?: number): Promise<Result[]>;
  close(): Promise<void>;
}

/** Subscribes over a real WebSocket, without ever reconnecting by itself. */
export function subscribe<Result = any>(
  url: string,
  authorization: string,
  query: string,
  variables: object = {},
): Subscriber<Result> {
  const received: Result[] = [];
  const errors: unknown[] = [];
  const closes: { code: number; reason: string }[] = [];
  const client: SocketClient = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: 0,
    connectionParams: { authorization },
    on: { closed: event => closes.push(event as { code: number; reason: string }) },
    onNonLazyError: () => {},
  });
  client.subscribe<Result>(
    { query, variables: variables as Record<string, unknown> },
    {
      next: result => (result.errors ? errors.push(...result.errors) : received.push(result.data as Result)),
      error: error => (Array.isArray(error) ? errors.push(...error) : errors.push(error)),
      complete: () => {},
    },
  );
  return {
    received,
    errors,
    closes,
    async until(enough, seconds = 15) {
      const end = Date.now() + seconds * 1000;
      while (!enough(received)) {
        if (Date.now() > end) throw new Error(`Only ${received.length} events came; errors: ${JSON.stringify(errors)}`);
        await new Promise(done => setTimeout(done, 5));
      }
      return received;
    },
    close: async () => {
      await client.dispose();
    },
  };
}

/** Waits for a condition, never for a time. */
export async function eventually<Value>(
  probe: () => Value | Promise<Value>,
  seconds = 15,
): Promise<NonNullable<Value>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<Value>;
    if (Date.now() > end) throw new Error('It never happened.');
    await new Promise(done => setTimeout(done, 10));
  }
}

/**
 * Waits until all that is committed so far has been told. A subscription without a cursor hears whatever is told from then on, also
 * of what was done just before: somebody's transaction, even in another database of the same server, may hold the feed back.
 */
export async function toldSoFar({ app }: TestApp): Promise<void> {
  const { rows } = await app.database.system.query<Position>(
    'select tx::text as tx, id::text as id from events order by events.tx desc, events.id desc limit 1',
  );
  await eventually(() => !rows[0] || comparePositions(app.feed.reached, rows[0]) >= 0);
}
