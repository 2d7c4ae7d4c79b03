import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Receipt } from '../../src/ingest/connector.js';
import { CallCounts } from '../../src/platform/call.counts.js';
import { jsonOf } from '../../src/platform/json.text.js';
import { subnetOf } from '../../src/platform/subnet.js';
import { newVisitor, signForm, visitorOf } from './embed.signature.js';
import { allowedOrigin, type WebConfig } from './site.config.js';
import { widgetScript } from './widget.client.js';

/** A message as the rest of the product has it. */
export interface ShownMessage {
  externalId: string;
  own: boolean;
  text: string;
  at: Date;
  isDeleted: boolean;
  isDelivered: boolean;
  isRead: boolean;
}

/** The account of a site, as the rest of the product knows it. */
export interface Site {
  account: { displayName: string | null; handle: string; hookKey: string };
  connector: { kind: string };
  config: unknown;
  hookSecret?: string;
  hookUrl?: string;
}

/** What the routes are given: whom a key names, what a visitor may see, and how messages come in. */
export interface ChatDesk<Found extends Site> {
  find(key: string): Promise<Found | null>;
  messages(site: Found, visitor: string): Promise<ShownMessage[]>;
  change(site: Found, visitor: string, ms: number, signal: AbortSignal): Promise<boolean>;
  told(site: Found, receipts: Receipt[], requestId: string): Promise<void>;
  /** As if the network had called the account's hook. */
  receive(call: {
    key: string;
    request: { method: string; url: string; headers: Record<string, string | undefined>; body: Buffer };
    caller: string;
    requestId: string;
  }): Promise<{ status: number; body: string; headers: Record<string, string> }>;
}

const WAIT_MS = 25_000;
const MOST_BYTES = 64 * 1024;
const MINUTE_MS = 60_000;
/** In a minute, from one address. */
const MOST_NEW_VISITORS = 20;
const MOST_QUESTIONS = 300;

const seen = z.object({ ids: z.array(z.string().max(100)).max(100) });

type Keyed = { Params: { key: string }; Querystring: { after?: string } };

/** `/chat/:key…`: the widget, and what it asks for. Nothing is shown but to a page of the site, and to a visitor what is theirs. */
export function registerChat<Found extends Site>(fastify: FastifyInstance, desk: ChatDesk<Found>): void {
  const counts = new CallCounts(MINUTE_MS);
  const ending = new AbortController();
  const etag = `"${createHash('sha256').update(widgetScript).digest('base64url').slice(0, 20)}"`;

  /** The site, once it is sure that one of its pages asks; otherwise the answer is given. */
  async function siteOf(request: FastifyRequest<Keyed>, reply: FastifyReply): Promise<Found | null> {
    if (!counts.admit(subnetOf(request.ip), MOST_QUESTIONS)) {
      reply.code(429).header('retry-after', '60').send({ error: 'TOO_MANY' });
      return null;
    }
    const found = await desk.find(request.params.key);
    if (found?.connector.kind !== 'web') {
      reply.code(404).send({ error: 'NOT_FOUND' });
      return null;
    }
    const origin = allowedOrigin(found.config as WebConfig, request.headers);
    if (!origin) {
      reply.code(403).send({ error: 'FOREIGN_PAGE' });
      return null;
    }
    reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin', 'cache-control': 'no-store' });
    return found;
  }

  fastify.register(async scope => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.addHook('preClose', async () => ending.abort());

    scope.get<{ Params: { file: string } }>('/chat/:file', async (request, reply) => {
      const [, key] = /^([\w-]+)\.js$/.exec(request.params.file) ?? [];
      const site = key && counts.admit(subnetOf(request.ip), MOST_QUESTIONS) ? await desk.find(key) : null;
      if (site?.connector.kind !== 'web') return reply.code(404).type('text/plain').send('Not found.');
      reply.headers({
        'cache-control': 'public, max-age=600',
        etag,
        'content-type': 'text/javascript; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      });
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(widgetScript);
    });

    scope.options<Keyed>('/chat/:key/*', async (request, reply) => {
      if (!(await siteOf(request, reply))) return reply;
      return reply
        .headers({
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers': 'authorization, content-type',
          'access-control-max-age': '7200',
        })
        .code(204)
        .send();
    });

    scope.get<Keyed>('/chat/:key/token', async (request, reply) => {
      const site = await siteOf(request, reply);
      if (!site) return reply;
      const config = site.config as WebConfig;
      return { token: signForm(config.secret, allowedOrigin(config, request.headers)!, new Date()) };
    });

    scope.post<Keyed>('/chat/:key/visitor', async (request, reply) => {
      const site = await siteOf(request, reply);
      if (!site) return reply;
      if (!counts.admit(`new ${subnetOf(request.ip)}`, MOST_NEW_VISITORS))
        return reply.code(429).header('retry-after', '60').send({ error: 'TOO_MANY' });
      return { visitor: newVisitor(site.hookSecret!) };
    });

    scope.post<Keyed>('/chat/:key/messages', async (request, reply) => {
      const site = await siteOf(request, reply);
      if (!site) return reply;
      const { origin, referer } = request.headers;
      const answer = await desk.receive({
        key: request.params.key,
        request: {
          method: 'POST',
          url: site.hookUrl ?? `https://localhost/hooks/${request.params.key}`,
          headers: { 'content-type': 'application/json', origin, referer },
          body: bodyOf(request),
        },
        caller: subnetOf(request.ip),
        requestId: request.id,
      });
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    });

    scope.get<Keyed>('/chat/:key/messages', async (request, reply) => {
      const site = await siteOf(request, reply);
      if (!site) return reply;
      const visitor = visitorOf(site.hookSecret, tokenOf(request));
      if (!visitor) return reply.code(401).send({ error: 'UNKNOWN_VISITOR' });
      const gone = AbortSignal.any([ending.signal, leaving(reply)]);
      const shown = await whenOther(desk, site, visitor, { after: request.query.after, gone });
      if (!gone.aborted) await desk.told(site, receiptsFor(shown.undelivered, 'delivered'), request.id);
      // Whoever was let go because the product stops is not to hold it up by a connection that is kept.
      if (ending.signal.aborted) reply.header('connection', 'close');
      const { displayName, handle } = site.account;
      return { version: shown.version, by: displayName ?? handle, messages: shown.messages };
    });

    scope.post<Keyed>('/chat/:key/seen', async (request, reply) => {
      const site = await siteOf(request, reply);
      if (!site) return reply;
      const visitor = visitorOf(site.hookSecret, tokenOf(request));
      if (!visitor) return reply.code(401).send({ error: 'UNKNOWN_VISITOR' });
      const read = seen.safeParse(jsonOf(bodyOf(request)));
      if (!read.success) return reply.code(400).send({ error: 'BAD_REQUEST' });
      const told = new Set(read.data.ids.map(id => `${visitor}:${id}`));
      const unread = (await desk.messages(site, visitor)).filter(
        ({ externalId, own, isRead }) => own && !isRead && told.has(externalId),
      );
      await desk.told(
        site,
        receiptsFor(
          unread.map(({ externalId }) => externalId),
          'read',
        ),
        request.id,
      );
      return reply.code(204).send();
    });
  });
}

/** The visitor's view once it is another than `after`, or as it is when nothing happens for a while. */
async function whenOther<Found extends Site>(
  desk: ChatDesk<Found>,
  site: Found,
  visitor: string,
  { after, gone }: { after: string | undefined; gone: AbortSignal },
) {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const looked = new AbortController();
    // Listened to before it is looked, so that nothing happens in between unheard.
    const changed = desk.change(site, visitor, until - Date.now(), AbortSignal.any([gone, looked.signal]));
    try {
      const shown = shownTo(visitor, await desk.messages(site, visitor));
      if (shown.version !== after || !(await changed)) return shown;
    } finally {
      looked.abort();
    }
  }
}

/** The visitor's view: short ids, no names of people, nothing of what was deleted. `version` differs whenever it does. */
function shownTo(visitor: string, all: ShownMessage[]) {
  const theirs = all.filter(({ externalId }) => externalId.startsWith(`${visitor}:`));
  const messages = theirs.map(({ externalId, own, text, at, isDeleted, isRead }) => ({
    id: externalId.slice(visitor.length + 1),
    own,
    at: at.toISOString(),
    ...(isDeleted ? { deleted: true } : { text }),
    ...(own && isRead && { read: true }),
  }));
  return {
    messages,
    version: createHash('sha256').update(JSON.stringify(messages)).digest('base64url').slice(0, 16),
    undelivered: theirs
      .filter(({ own, isDelivered, isDeleted }) => own && !isDelivered && !isDeleted)
      .map(({ externalId }) => externalId),
  };
}

const receiptsFor = (ids: string[], state: Receipt['state']): Receipt[] =>
  ids.map(id => ({ ref: { id }, state, at: new Date() }));

const tokenOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer ([\w.-]{1,200})$/i.exec(headers.authorization ?? '')?.[1];

const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** Aborted once whoever asked no longer waits. */
function leaving(reply: FastifyReply): AbortSignal {
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return left.signal;
}
