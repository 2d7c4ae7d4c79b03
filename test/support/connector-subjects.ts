import { blueskyConnector } from '../../integrations/bluesky/connector.js';
import { fixture, openFeedServer } from '../../integrations/feed/test.server.js';
import type { SourceDescription } from '../../src/ingest/connector.js';
import type { AnyConnector } from '../../src/ingest/registry.js';
import { fixtureLines } from './jetstream-follow.js';
import { startAppView, startJetstream } from './jetstream-server.js';

/** How the network behind an adapter can misbehave. */
export type Trouble = 'limited' | 'broken' | 'malformed' | 'silent' | 'gone';

/** An adapter before its recorded payloads, served on loopback. */
export interface Subject {
  connector: AnyConnector;
  source: SourceDescription;
  /** Where reading begins so that everything recorded is read; null for the very beginning. */
  beginning: unknown;
  /** How many posts the recording leads to. */
  posts: number;
  /** Has everything that is served been read at this cursor? Polls end by themselves. */
  isAtEnd(cursor: unknown): boolean;
  /** Serves what was edited since, where the recording does not hold an edit already. */
  edit?(): void;
  close(): Promise<void>;
}

export interface SubjectKind {
  name: string;
  open(trouble?: Trouble): Promise<Subject>;
}

async function openFeed(trouble?: Trouble): Promise<Subject> {
  const server = await openFeedServer();
  const url = server.serve('/feed', (_request, response) => {
    if (trouble === 'limited') response.writeHead(429, { 'retry-after': '7' }).end();
    else if (trouble === 'broken') response.writeHead(503).end();
    else if (trouble === 'malformed') response.end('<rss><channel><item><title>Hola');
    else if (trouble !== 'silent') response.end(fixture('posts-rss2.xml'));
  });
  if (trouble === 'gone') await server.close();
  return {
    connector: server.connector,
    source: { kind: 'FEED', query: url },
    beginning: null,
    posts: 2,
    isAtEnd: () => false,
    edit: () => void server.serve('/feed', fixture('posts-rss2.xml').replace('Abrimos antes', 'Abrimos aún antes')),
    close: async () => {
      if (trouble !== 'gone') await server.close();
    },
  };
}

const PROFILES = [
  { did: 'did:plc:bakery7aaaaaaaaaaaaaaaaa', handle: 'panaderia.example' },
  { did: 'did:plc:customer7bbbbbbbbbbbbbbb', handle: 'customer.example' },
  { did: 'did:plc:visitor7cccccccccccccccc', handle: 'visitor.example' },
];

async function openBluesky(trouble?: Trouble): Promise<Subject> {
  const lines = recentLines();
  const refuse =
    trouble === 'limited'
      ? { status: 429, body: '{}', headers: { 'retry-after': '7' } }
      : trouble === 'broken'
        ? { status: 503, body: 'unavailable' }
        : undefined;
  const server = await startJetstream({
    version: 1,
    lines: trouble === 'silent' ? [] : trouble === 'malformed' ? ['{"did":', '[]', 'null', ...lines] : lines,
    ...(refuse ? { refuse } : {}),
  });
  const view = await startAppView(PROFILES);
  const { host, url } = server;
  if (trouble === 'gone') await server.close();
  const times = lines.map(line => (JSON.parse(line) as { time_us: number }).time_us);
  return {
    connector: blueskyConnector({ jetstreamUrl: url, appViewUrl: view.url }),
    source: { kind: 'ACCOUNT', query: 'did:plc:bakery7aaaaaaaaaaaaaaaaa' },
    beginning: { host, timeUs: times[0]! - 1_000_000, handedOver: '' },
    posts: 5,
    isAtEnd: cursor => (cursor as { timeUs: number }).timeUs === times.at(-1),
    close: async () => {
      await view.close();
      if (trouble !== 'gone') await server.close();
    },
  };
}

/** The recorded lines as if they had been said a minute ago: servers keep a day and a half only. */
function recentLines(): string[] {
  const recorded = fixtureLines(1).map(line => JSON.parse(line));
  const shiftMs = Date.now() - 60_000 - Math.floor(recorded.at(-1).time_us / 1000);
  return recorded.map(line => {
    const record = line.commit?.record;
    line.time_us += shiftMs * 1000;
    if (record?.createdAt) record.createdAt = new Date(Date.parse(record.createdAt) + shiftMs).toISOString();
    return JSON.stringify(line);
  });
}

/** Every adapter there is. A new one is added here, and has then to pass the whole suite. */
export const SUBJECTS: SubjectKind[] = [
  { name: 'feed', open: openFeed },
  { name: 'bluesky', open: openBluesky },
];
