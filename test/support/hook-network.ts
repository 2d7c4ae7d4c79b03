import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  type AnyConnector,
  ConnectorError,
  type InboundEvent,
  Network,
  PostKind,
  type RawRequest,
  type WebhookContent,
} from '../../src/ingest/connector.js';
import type { Subject, SubjectKind } from './subjects/subject.js';

/** A network that exists in tests only: it calls, with signed JSON, about what is said under its pages. */

interface Config {
  page: string;
  secret: string;
}

const change = z.object({
  op: z.enum(['said', 'deleted']),
  page: z.string(),
  id: z.string(),
  revision: z.string().default('1'),
  at: z.number(),
  author: z.string().default('vecina'),
  text: z.string().default(''),
  parent: z.string().optional(),
  file: z.object({ name: z.string(), type: z.string(), base64: z.string() }).optional(),
});
export type Change = z.input<typeof change>;

const body = z.object({
  delivery: z.string().optional(),
  changes: z.array(z.unknown()).default([]),
  notices: z.array(z.string()).default([]),
  poll: z.boolean().default(false),
});
export type Body = z.input<typeof body>;

const TOLERANCE_SECONDS = 300;

export function hookConnector(more: Partial<AnyConnector> = {}): AnyConnector {
  return {
    kind: 'hooked',
    version: 1,
    network: Network.WEB,
    capabilities: {
      inbound: { webhook: true, stream: Boolean(more.listen), poll: Boolean(more.poll) },
      reply: { public: false, private: false },
      edits: { notified: true, detectable: false },
      deletions: { notified: true, detectable: false },
      threadDepth: 1,
      media: true,
      idempotency: 'none',
      receipts: false,
    },
    configure({ query, credentials }): Config {
      if (!query.trim()) throw new ConnectorError({ class: 'invalid', message: 'Which page?', scope: 'account' });
      return { page: query, secret: credentials?.['secret'] ?? '' };
    },
    check: async () => ({ ok: true }),
    verifyWebhook({ config, now }, { method, url, query, headers, body: bytes }) {
      const { secret } = config as Config;
      if (method === 'GET') {
        if (!secret || query['token'] !== secret) return { kind: 'reject', status: 403, reason: 'another token' };
        return { kind: 'challenge', status: 200, body: query['challenge'] ?? '' };
      }
      const at = Number(headers['x-hook-timestamp']);
      if (!(Math.abs(now().getTime() / 1000 - at) <= TOLERANCE_SECONDS))
        return { kind: 'reject', status: 401, reason: 'too old' };
      const given = Buffer.from(headers['x-hook-signature'] ?? '', 'hex');
      const wanted = Buffer.from(signatureOf(secret, at, url, bytes), 'hex');
      if (!secret || given.length !== wanted.length || !timingSafeEqual(given, wanted))
        return { kind: 'reject', status: 401, reason: 'another signature' };
      const deliveryId = headers['x-hook-delivery'];
      return { kind: 'events', ...(deliveryId ? { deliveryId } : {}) };
    },
    parseWebhook({ config }, { body: bytes }): WebhookContent {
      const parsed = body.safeParse(jsonOf(bytes));
      if (!parsed.success)
        throw new ConnectorError({
          class: 'invalid',
          message: 'This is not what the network sends.',
          scope: 'message',
        });
      const { changes, notices, poll } = parsed.data;
      return {
        events: changes.flatMap(one => eventOf(one, config as Config)),
        notices: notices.map(id => ({ id })),
        poll,
      };
    },
    ...more,
  };
}

function eventOf(given: unknown, { page }: Config): InboundEvent[] {
  const parsed = change.safeParse(given);
  if (!parsed.success || parsed.data.page !== page) return [];
  const { op, id, revision, at, author, text, parent, file } = parsed.data;
  if (op === 'deleted') return [{ op: 'delete', ref: { id }, occurredAt: new Date(at), tombstone: true }];
  return [
    {
      op: 'upsert',
      ref: { id },
      revision,
      kind: PostKind.COMMENT,
      author: { id: `id-${author}`, handle: author },
      own: author === page,
      occurredAt: new Date(at),
      text,
      media: file
        ? [
            {
              url: '',
              kind: 'file',
              content: { bytes: Buffer.from(file.base64, 'base64'), type: file.type, name: file.name },
            },
          ]
        : [],
      auto: false,
      ...(parent ? { parent: { id: parent } } : {}),
    },
  ];
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

const signatureOf = (secret: string, at: number, url: string, bytes: Buffer): string =>
  createHmac('sha256', secret).update(`${at}.${url}.`).update(bytes).digest('hex');

/** A call of the network as it is sent: signed now, unless another moment is given. */
export function signed(secret: string, url: string, content: Body | Buffer, at = Date.now()): RawRequest {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const seconds = Math.floor(at / 1000);
  const delivery = Buffer.isBuffer(content) ? undefined : content.delivery;
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'x-hook-timestamp': String(seconds),
      'x-hook-signature': signatureOf(secret, seconds, url, bytes),
      ...(delivery ? { 'x-hook-delivery': delivery } : {}),
    },
    query: Object.fromEntries(new URL(url).searchParams),
    body: bytes,
  };
}

const PAGE = 'panaderia';

async function openHookNetwork(): Promise<Subject> {
  const secret = randomBytes(16).toString('hex');
  const url = 'https://crm.example/hooks/key?app=1';
  const at = Date.now() - 3_600_000;
  const said = (id: string, text: string, more: Partial<Change> = {}): Change => ({
    op: 'said',
    page: PAGE,
    id,
    at: at + Number(id) * 1000,
    text,
    ...more,
  });
  const send = (content: Body) => signed(secret, url, content);
  const first = send({ delivery: 'd1', changes: [said('1', '¿Abrís el domingo? 🥐'), said('2', 'Gracias')] });
  const [tampered, stranger] = [Buffer.from(first.body), signed('another', url, { changes: [] })];
  tampered[tampered.length - 5]! ^= 1;
  const { 'x-hook-signature': _signature, ...unsigned } = first.headers;
  return {
    connector: hookConnector(),
    source: { kind: 'ACCOUNT', query: PAGE, credentials: { secret } },
    hooks: {
      deliveries: [
        first,
        send({ delivery: 'd2', changes: [said('3', 'Sí, de 8 a 14', { author: PAGE, parent: '1' })] }),
        send({
          delivery: 'd3',
          changes: [said('1', '¿Abrís el domingo 3? 🥐', { revision: '2' }), { bad: true }] as never,
        }),
        send({ delivery: 'd4', changes: [said('4', 'Otra cosa'), { ...said('2', ''), op: 'deleted' }] }),
      ],
      posts: 4,
      edited: 1,
      deleted: 1,
      own: 1,
      forged: [
        { ...first, body: tampered },
        { ...first, headers: unsigned },
        stranger,
        signed(secret, url, { changes: [said('9', 'tarde')] }, Date.now() - 3_600_000),
        { ...first, url: `${url}&more=1` },
      ],
      challenge: {
        request: {
          method: 'GET',
          url: `https://crm.example/hooks/key?token=${secret}&challenge=hola`,
          headers: {},
          query: { token: secret, challenge: 'hola' },
          body: Buffer.alloc(0),
        },
        body: 'hola',
      },
    },
    close: async () => {},
  };
}

export const hookNetwork: SubjectKind = { name: 'hooked', open: openHookNetwork };
