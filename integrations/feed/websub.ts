import { createHmac } from 'node:crypto';
import {
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type Hook,
  type HookContext,
  type RawRequest,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import type { FeedDocument } from './feed.document.js';
import { httpUrl } from './feed.document.js';

/** Asked of a hub, in seconds; it may grant less. */
const LEASE_SECONDS = 10 * 86_400;
/** When to subscribe again, in ms: how long a hub really grants it tells later, and none that is known grants less than days. */
const RENEW_MS = 86_400_000;
const METHODS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);
const LONGEST_CHALLENGE = 2000;

/** Where a feed is announced: `self` is the address a hub knows it by. */
export interface Announced {
  hubs: string[];
  self: string;
}

/** From the Link headers, which go before, or else from the feed itself (W3C WebSub, 4). */
export function announcedBy(linkHeader: string | undefined, feed: FeedDocument, url: string): Announced {
  const links = linksOf(linkHeader ?? '', url);
  const hubs = links.filter(({ rels }) => rels.includes('hub')).map(({ href }) => href);
  const self = links.find(({ rels }) => rels.includes('self'))?.href ?? feed.selfUrl;
  return { hubs: hubs.length > 0 ? hubs : (feed.hubs ?? []), self: self ?? url };
}

/** RFC 8288, as far as hubs use it. */
function linksOf(header: string, base: string): { href: string; rels: string[] }[] {
  return [...header.slice(0, 10_000).matchAll(/<([^<>]{1,2000})>((?:\s*;[^,<]{0,500})*)/g)].flatMap(
    ([, target, rest]) => {
      const href = httpUrl(target, base);
      const rel = rest?.match(/;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i);
      const rels = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
      return href ? [{ href, rels }] : [];
    },
  );
}

/** Asks the first hub that takes it; a feed without a hub is polled as before. */
export async function subscribeAt(
  { http, now }: ConnectorContext<unknown>,
  { hubs, self }: Announced,
  hook: Hook,
): Promise<{ renewAt?: Date }> {
  let refusal: ConnectorError | undefined;
  const callback = new URL(hook.url);
  // The hub gives it back with its question, which so proves that it is about the feed we asked for.
  callback.searchParams.set('topic_key', topicKey(hook.secret, self));
  for (const hub of hubs.slice(0, 3)) {
    const form = {
      'hub.mode': 'subscribe',
      'hub.topic': self,
      'hub.callback': callback.href,
      'hub.lease_seconds': String(LEASE_SECONDS),
      'hub.secret': hook.secret,
    };
    const response = await http.request({ method: 'POST', url: hub, form, bucket: 'hub' });
    if (response.status < 300) return { renewAt: new Date(now().getTime() + RENEW_MS) };
    refusal ??= new ConnectorError(
      faultOfStatus(response, { message: `The hub answered ${response.status}.`, scope: 'endpoint', now: now() }),
    );
  }
  if (refusal) throw refusal;
  return {};
}

function topicKey(secret: string, topic: string): string {
  return createHmac('sha256', secret).update(`websub ${topic}`).digest('base64url');
}

/**
 * A hub's question whether we asked, or its notice that there is something new. What it brings along is not used: the feed is
 * read where it lies, so that a notice can at most make us look. A bad signature is answered as a good one (W3C WebSub, 7.1).
 */
export function verifyHub({ hookSecret }: HookContext<unknown>, request: RawRequest): WebhookVerdict {
  if (request.method === 'GET') {
    const topic = request.query['hub.topic'] ?? '';
    const challenge = request.query['hub.challenge'] ?? '';
    const isAsked =
      hookSecret !== undefined && isSameSecret(request.query['topic_key'] ?? '', topicKey(hookSecret, topic));
    const isReadable = challenge !== '' && challenge.length <= LONGEST_CHALLENGE;
    if (request.query['hub.mode'] === 'subscribe' && isAsked && isReadable) {
      return { kind: 'challenge', status: 200, body: challenge, type: 'text/plain' };
    }
    return { kind: 'reject', status: 404, reason: 'Nobody here asked for this.' };
  }
  const [method, said = ''] = (request.headers['x-hub-signature'] ?? '').split('=', 2);
  const isSigned =
    hookSecret !== undefined &&
    METHODS.has(method!) &&
    isSameSecret(said.toLowerCase(), createHmac(method!, hookSecret).update(request.body).digest('hex'));
  if (!isSigned) return { kind: 'reject', status: 202, reason: 'The signature is not that of the subscription.' };
  return { kind: 'events', response: { status: 202 } };
}
