import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Batch, Connector, ConnectorContext, Fault, UpsertEvent } from '../../src/ingest/connector.js';
import { type ConnectorError } from '../../src/ingest/connector.js';
import { openOutbound } from '../../src/platform/outbound.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type FeedConfig, type FeedCursor, feedConnector } from './connector.js';

export interface FeedServer {
  base: string;
  connector: Connector<FeedConfig, FeedCursor>;
  requests: http.IncomingMessage[];
  /** Answers the next requests for `path` with this. */
  serve(path: string, answer: http.RequestListener | string | Buffer): string;
  context(url: string, more?: Partial<ConnectorContext<FeedConfig>>): ConnectorContext<FeedConfig>;
  poll(url: string, cursor?: FeedCursor | null): Promise<Batch<FeedCursor>[]>;
  /** The events of a first reading. */
  read(answer: http.RequestListener | string | Buffer): Promise<UpsertEvent[]>;
  /** The fault a first reading ends in. */
  fault(answer: http.RequestListener | string | Buffer): Promise<Fault>;
  close(): Promise<void>;
}

/** The moment the tests read at. */
export const NOW = new Date('2026-03-12T08:00:00Z');

export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

export async function collect<T>(batches: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** A real server on loopback, and the connector that reads from it. */
export async function openFeedServer(options: { maxBytes?: number; timeoutMs?: number } = {}): Promise<FeedServer> {
  const answers = new Map<string, http.RequestListener>();
  const requests: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request);
    const answer = answers.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const outbound = openOutbound({ allowPrivateAddresses: true, userAgent: 'Vinculo/test' });
  const connector = feedConnector({ outbound, ...options });

  const served: FeedServer = {
    base,
    connector,
    requests,
    serve(path, answer) {
      const listener: http.RequestListener = (_, response) => response.end(answer);
      answers.set(path, typeof answer === 'function' ? answer : listener);
      return base + path;
    },
    context(url, more = {}) {
      const signal = new AbortController().signal;
      return { ...contextFor(connector, { kind: 'FEED', query: url }, { signal, now: () => NOW }), ...more };
    },
    async poll(url, cursor = null) {
      return collect(connector.poll!(served.context(url), cursor));
    },
    async read(answer) {
      const batches = await served.poll(served.serve('/feed', answer));
      return batches.flatMap(batch => batch.events as UpsertEvent[]);
    },
    async fault(answer) {
      try {
        await served.read(answer);
      } catch (error) {
        return (error as ConnectorError).fault;
      }
      throw new Error('The feed was expected to be refused.');
    },
    async close() {
      await outbound.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return served;
}

/** An RSS feed of one item for each of `items`, which are the elements inside. */
export function rss(...items: string[]): string {
  const all = items.map(item => `<item>${item}</item>`).join('\n');
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>Blog</title><link>https://blog.example/</link>${all}</channel></rss>`;
}
