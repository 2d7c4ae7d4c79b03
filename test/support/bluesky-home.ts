import { blueskyConnector } from '../../integrations/bluesky/connector.js';
import type { NotificationCursor } from '../../integrations/bluesky/notification.reader.js';
import type { Batch, Draft, ParentPost, PostKind, Rendered, SendCommand } from '../../src/ingest/connector.js';
import { newId } from '../../src/platform/ids.js';
import { startBlueskyServer } from './bluesky-server.js';
import { contextFor } from './connector-context.js';

export const BAKERY = 'did:plc:bakery7aaaaaaaaaaaaaaaaa';
export const CUSTOMER = 'did:plc:customer7bbbbbbbbbbbbbbb';
export const NOW = new Date('2026-11-18T12:00:00Z');

/** A bakery's account on a server of its own, and the adapter that was given its password. */
export async function openHome(options: Parameters<typeof startBlueskyServer>[0] = {}) {
  const server = await startBlueskyServer(options);
  const connector = blueskyConnector({ jetstreamUrl: 'ws://127.0.0.1:9', serviceUrl: server.url });
  const source = {
    kind: 'ACCOUNT' as const,
    query: 'panaderia.example',
    settings: { identifier: 'panaderia.example' },
    credentials: { appPassword: server.password },
  };
  const context = contextFor(connector, source, { now: () => NOW });
  return { server, connector, source, context };
}

export type Home = Awaited<ReturnType<typeof openHome>>;

export async function read({ connector, context }: Home, cursor: NotificationCursor | null) {
  const batches = (await Array.fromAsync(
    connector.poll!(context, cursor as never),
  )) as unknown as Batch<NotificationCursor>[];
  return {
    events: batches.flatMap(batch => batch.events),
    cursor: batches.at(-1)!.cursor,
    gaps: batches.flatMap(batch => batch.gap ?? []),
  };
}

export const PARENT: ParentPost = {
  ref: { id: `at://${CUSTOMER}/app.bsky.feed.post/3mquestion01` },
  kind: 'MENTION' as PostKind,
  author: { id: CUSTOMER, handle: 'customer.example' },
  own: false,
  text: '¿Hay pan?',
  occurredAt: NOW,
  replyTo: {
    cid: 'bafyreiquestion',
    rootUri: `at://${BAKERY}/app.bsky.feed.post/3mroot0000001`,
    rootCid: 'bafyreiroot',
  },
};

export function render({ connector, context }: Home, draft: Partial<Draft>, parent: ParentPost | null = PARENT) {
  return connector.render!(context, { text: '', visibility: 'public', ...draft }, parent);
}

export function command(at: Home, text: string, given: Partial<SendCommand> = {}): SendCommand {
  const rendered = render(at, { text, language: 'es' }) as Rendered;
  return {
    key: newId(),
    kind: 'reply',
    visibility: 'public',
    parent: PARENT,
    rendered,
    media: [],
    firstTriedAt: NOW,
    ...given,
  };
}
