import querystring from 'node:querystring';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type {
  Batch,
  Connector,
  ConnectorContext,
  Network,
  PostKind,
  SourceDescription,
} from '../../src/ingest/connector.js';
import type { Outbound } from '../../src/platform/outbound.js';
import { siteIdentity } from './author.identity.js';
import { type EntryEvent, entryEvent } from './entry.event.js';
import { type FeedCursor, findChanges } from './feed.cursor.js';
import { httpUrl } from './feed.document.js';
import { invalidFeed, toConnectorError } from './feed.faults.js';
import { readFeed } from './feed.reader.js';
import { announcedBy, subscribeAt, verifyHub } from './websub.js';

export type { FeedCursor } from './feed.cursor.js';

export interface FeedConfig {
  url: string;
  /** Value of the Authorization header, for feeds behind a password. */
  authorization?: string;
  /** What every entry is taken for; without it, comments and posts are told apart. */
  kind?: PostKind;
  /** It is one of our own accounts: known by the feed's address, and told of what is new where the feed has a hub. */
  isAccount?: boolean;
}

export interface FeedConnectorOptions {
  outbound: Outbound;
  /** Largest feed read, in bytes, unpacked; 5 MiB unless given. */
  maxBytes?: number;
  /** Longest a feed may take, in ms; 30,000 unless given. */
  timeoutMs?: number;
}

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';
const BATCH = 100;
const TRANSLATED_AT_ONCE = 10;
/** WordPress nests ten levels of comments at most. */
const THREAD_DEPTH = 10;

const settingsSchema = z.object({ kind: z.enum(['POST', 'COMMENT', 'MENTION', 'REVIEW']).optional() });

/** Reads RSS 2, Atom and JSON Feed: posts, and comments with what they answer, called by hubs (WebSub). It can only read. */
export function feedConnector(options: FeedConnectorOptions): Connector<FeedConfig, FeedCursor> {
  async function fetchFeed(context: ConnectorContext<FeedConfig>, cursor: FeedCursor | null) {
    const { url, authorization } = context.config;
    const known = cursor?.url === url ? cursor : null;
    const response = await options.outbound.getText(url, {
      headers: {
        accept: ACCEPT,
        ...(authorization && { authorization }),
        ...(known?.etag && { 'if-none-match': known.etag }),
        ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
      },
      maxBytes: options.maxBytes,
      timeoutMs: options.timeoutMs,
      signal: context.signal,
    });
    if (response.status === 304) return undefined;
    return {
      feed: await readFeed(response.text, response.url),
      url: response.url,
      link: response.headers['link'],
      validators: { etag: response.headers['etag'], lastModified: response.headers['last-modified'] },
    };
  }

  return {
    kind: 'feed',
    label: 'Feed',
    version: 1,
    network: 'BLOG' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: false, private: false },
      edits: { notified: false, detectable: true },
      deletions: { notified: false, detectable: false },
      threadDepth: THREAD_DEPTH,
      media: true,
      idempotency: 'none',
      receipts: false,
    },
    configure,
    secretsGoTo: ({ url }) => new URL(url).origin,

    async check(context) {
      try {
        const found = await fetchFeed(context, null);
        if (!found) return { ok: true };
        const site = siteIdentity(found.feed, found.url);
        const { url, isAccount } = context.config;
        // A site has several feeds: as accounts they are told apart by their addresses, and found again by them.
        const account = isAccount ? { ...site, id: url, handle: url.replace(/^https:\/\//, '') } : site;
        return { ok: true, account };
      } catch (error) {
        return { ok: false, problem: toConnectorError(error).fault };
      }
    },

    async subscribe(context, hook) {
      try {
        const found = await fetchFeed(context, null);
        return found ? await subscribeAt(context, announcedBy(found.link, found.feed, found.url), hook) : {};
      } catch (error) {
        throw toConnectorError(error);
      }
    },
    verifyWebhook: verifyHub,
    parseWebhook: () => ({ events: [], poll: true }),

    async *poll(context, cursor): AsyncGenerator<Batch<FeedCursor>> {
      const found = await fetchFeed(context, cursor).catch(error => {
        if (context.signal.aborted) return undefined;
        throw toConnectorError(error);
      });
      if (!found) return;
      const reading = { feed: found.feed, feedUrl: found.url, kind: context.config.kind, now: context.now() };
      const entries: EntryEvent[] = [];
      for (const entry of found.feed.entries) {
        entries.push(entryEvent(entry, reading));
        // Others get their turn while a long feed is translated.
        if (entries.length % TRANSLATED_AT_ONCE === 0) await setImmediate();
      }
      const changes = findChanges(entries, cursor, context.config.url, reading.now);
      let gap = changes.gap;
      let done = 0;
      do {
        if (context.signal.aborted) return;
        const events = changes.events.slice(done, done + BATCH);
        done += events.length;
        const more = done < changes.events.length;
        // The validators come with the last batch only: with them, the rest of a broken-off reading would never be sent.
        yield { events, cursor: { ...changes.cursorAfter(done), ...(more ? {} : found.validators) }, gap, more };
        gap = undefined;
      } while (done < changes.events.length);
    },
  };
}

/** `query` is the feed's address, also of an account; https is assumed when it has no scheme. Credentials: `username` and `password`. */
function configure(source: SourceDescription): FeedConfig {
  if (source.kind === 'KEYWORD') throw invalidFeed(`A feed is followed by its address, not as ${source.kind}.`);
  const address = source.query
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://');
  const parsed = httpUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (!parsed) throw invalidFeed(`"${source.query.slice(0, 200)}" is not an http or https address.`);
  const settings = settingsSchema.safeParse(source.settings ?? {});
  if (!settings.success) throw invalidFeed('The setting "kind" must be POST, COMMENT, MENTION or REVIEW.');
  const url = new URL(parsed);
  const username = source.credentials?.['username'] ?? querystring.unescape(url.username);
  const password = source.credentials?.['password'] ?? querystring.unescape(url.password);
  // A password in an address would be shown and logged with it.
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    url: url.href,
    ...((username || password) && {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    }),
    ...(settings.data.kind && { kind: settings.data.kind as PostKind }),
    ...(source.kind === 'ACCOUNT' && { isAccount: true }),
  };
}
