import type { ParentPost, PostKind, RawRequest, SendCommand } from '../../src/ingest/connector.js';
import { type GraphAnswer, type GraphServer, startGraph } from './graph-server.js';

export const NOW = new Date('2026-11-27T12:00:00Z');

export const source = (settings: Record<string, string>) => ({
  kind: 'ACCOUNT' as const,
  query: 'olivar',
  settings: { appId: '600', ...settings },
  credentials: { token: 'EAAB', appSecret: 'secret' },
});
export const told = (given: object): RawRequest => ({
  method: 'POST',
  url: 'https://crm.example.com/hooks/k',
  headers: {},
  query: {},
  body: Buffer.from(JSON.stringify(given)),
});
export const parent = (given: Partial<ParentPost>): ParentPost => ({
  ref: { id: 'c1' },
  kind: 'COMMENT' as PostKind,
  author: { id: '7001' },
  own: false,
  text: 'Hola',
  occurredAt: NOW,
  ...given,
});
export const command = (given: Partial<SendCommand>): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'public',
  parent: parent({ replyTo: { commentId: '1_2' } }),
  rendered: { text: 'Sí', length: 2, payload: {} },
  media: [],
  firstTriedAt: new Date(),
  ...given,
});

/** Adapters before a Graph API of their own; `close` after each test. */
export function openGraphs() {
  let server: GraphServer | undefined;
  return {
    async open<Made>(make: (options: { origin: string }) => Made, answer: GraphAnswer = () => undefined) {
      server = await startGraph(answer);
      return make({ origin: server.origin });
    },
    /** The one that was opened last. */
    get server(): GraphServer {
      return server!;
    },
    async close() {
      await server?.close();
      server = undefined;
    },
  };
}
