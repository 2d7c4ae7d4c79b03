import {
  type Batch,
  type CheckResult,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type ExternalIdentity,
  type Fault,
  type InboundEvent,
  type Network,
  type PostKind,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { type AppView, appView, getWithAxios, type HttpGet } from './appview.client.js';
import { connectJetstream, type JetstreamConnection } from './jetstream.client.js';
import type { JetstreamVersion } from './jetstream.frames.js';
import { type KeywordQuery, parseKeywordQuery } from './keyword.query.js';
import { type Followed, identityOf, kindFor, toUpsert } from './post.event.js';
import { isHandle, parsePostUri, readPostRecord } from './post.record.js';
import { CURSOR_VERSION, type JetstreamCursor } from './stream.cursor.js';
import { type StreamReader, streamReader } from './stream.reader.js';
import { fault } from './xrpc.faults.js';

export type { HttpGet } from './appview.client.js';
export type { JetstreamCursor } from './stream.cursor.js';

export interface BlueskyOptions {
  /** Servers to read from, in order of preference. Default: the four public ones. */
  jetstreamUrl?: string | readonly string[];
  /** 1 is `/subscribe`, 2 is `network.bsky.jetstream.subscribeEvents`. Default 1. */
  jetstreamVersion?: JetstreamVersion;
  /**
   * Where handles are resolved and profiles read. Default: the public one of the public network, none for a network of your
   * own; `null` for none. Without one, accounts are followed by DID only and authors have no handle.
   */
  appViewUrl?: string | null;
  httpGet?: HttpGet;
  /** How far back the servers keep events. Default 36. */
  lookBackHours?: number;
  /** How many of the posts handed over last are recognised when they are deleted or edited. Default 2,000. */
  rememberedPosts?: number;
}

/** A source as it is followed; an account by DID, or by handle until the stream is opened. */
export type BlueskyConfig = { kind: 'ACCOUNT'; account: string } | { kind: 'KEYWORD'; query: KeywordQuery };

const PUBLIC_JETSTREAMS = [
  'wss://jetstream1.us-east.bsky.network',
  'wss://jetstream2.us-east.bsky.network',
  'wss://jetstream1.us-west.bsky.network',
  'wss://jetstream2.us-west.bsky.network',
];
const PUBLIC_APP_VIEW = 'https://public.api.bsky.app';

/** A matching post waits at most this long for others to share its batch. */
const FLUSH_AFTER_MS = 250;
const LARGEST_BATCH = 100;
/** While nothing matches, the position is still handed over this often, so that resuming is cheap. */
const IDLE_BATCH_AFTER_MS = 3000;

/**
 * Bluesky, read from the public Jetstream without a key: mentions of, replies to and quotes of an account, or posts that hold
 * words. Reposts and likes are not followed.
 */
export function blueskyConnector(options: BlueskyOptions = {}): Connector<BlueskyConfig, JetstreamCursor> {
  const addresses = options.jetstreamUrl === undefined ? PUBLIC_JETSTREAMS : [options.jetstreamUrl].flat();
  const appViewUrl =
    options.appViewUrl === undefined && options.jetstreamUrl === undefined ? PUBLIC_APP_VIEW : options.appViewUrl;
  const view = appViewUrl ? appView(appViewUrl, options.httpGet ?? getWithAxios) : undefined;
  const version = options.jetstreamVersion ?? 1;
  const lookBackHours = options.lookBackHours ?? 36;

  return {
    kind: 'bluesky',
    version: CURSOR_VERSION,
    network: 'BLUESKY' as Network.BLUESKY,
    capabilities: {
      inbound: { webhook: false, stream: true, poll: false },
      reply: { public: false, private: false },
      edits: { notified: true, detectable: view !== undefined },
      deletions: { notified: true, detectable: view !== undefined },
      threadDepth: 1000,
      textLimit: { max: 300, unit: 'graphemes' },
      media: true,
      idempotency: 'deterministicId',
      receipts: false,
      historyDays: lookBackHours / 24,
    },
    configure,
    check: context =>
      check(context, view, () => connectJetstream({ addresses, version, cursor: null, signal: context.signal })),

    async *listen(context, cursor) {
      let connection: JetstreamConnection | undefined;
      try {
        const followed = await resolve(context.config, view, context.signal);
        connection = await connectJetstream({ addresses, version, cursor, signal: context.signal });
        const { host, start } = connection;
        context.log.info({ host, start }, 'Bluesky stream open');
        const reader = streamReader({
          followed,
          version,
          host,
          start,
          cursor,
          lookBackHours,
          now: context.now(),
          rememberedPosts: options.rememberedPosts ?? 2000,
          onAccountChange: did => view?.forget(did),
        });
        yield* batches(context, connection, reader, view);
      } catch (error) {
        // Whatever failed because we were told to stop is no failure.
        if (!context.signal.aborted) throw error;
      } finally {
        connection?.close();
      }
    },

    ...(view && { refetch: (context, ref) => refetch(context, view, ref.id) }),
  };
}

function configure(source: SourceDescription): BlueskyConfig {
  const query = source.query.trim();
  if (source.kind === 'ACCOUNT') {
    const account = query.replace(/^@/, '').replace(/^https:\/\/bsky\.app\/profile\/([^/?#]+).*$/, '$1');
    if (/^did:[a-z]+:[A-Za-z0-9._:%-]+$/.test(account)) return { kind: 'ACCOUNT', account };
    if (isHandle(account)) return { kind: 'ACCOUNT', account: account.toLowerCase() };
    throw invalid('An account is a handle such as bakery.example.com or a DID such as did:plc:…');
  }
  if (source.kind === 'KEYWORD') {
    try {
      return { kind: 'KEYWORD', query: parseKeywordQuery(query) };
    } catch (cause) {
      throw invalid((cause as Error).message);
    }
  }
  throw invalid('On Bluesky an account or keywords can be followed, not a feed');
}

function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}

async function resolve(config: BlueskyConfig, view: AppView | undefined, signal: AbortSignal): Promise<Followed> {
  if (config.kind === 'KEYWORD') return config;
  if (config.account.startsWith('did:')) return { kind: 'ACCOUNT', did: config.account };
  if (!view) throw invalid('Without an AppView an account can only be followed by its DID');
  return { kind: 'ACCOUNT', did: await view.resolveHandle(config.account, signal) };
}

async function check(
  context: ConnectorContext<BlueskyConfig>,
  view: AppView | undefined,
  connect: () => Promise<JetstreamConnection>,
): Promise<CheckResult> {
  try {
    const followed = await resolve(context.config, view, context.signal);
    (await connect()).close();
    return { ok: true, ...(followed.kind === 'ACCOUNT' && { account: await accountOf(followed.did, view, context) }) };
  } catch (error) {
    const problem: Fault = error instanceof ConnectorError ? error.fault : fault('unknown', String(error));
    return { ok: false, problem };
  }
}

async function accountOf(
  did: string,
  view: AppView | undefined,
  context: ConnectorContext<BlueskyConfig>,
): Promise<ExternalIdentity> {
  // Reading works without the profile, so its absence is no problem to report.
  const profile = await view?.profile(did, context.signal).catch(() => undefined);
  return profile ?? identityOf(did);
}

async function* batches(
  context: ConnectorContext<BlueskyConfig>,
  connection: JetstreamConnection,
  reader: StreamReader,
  view: AppView | undefined,
): AsyncGenerator<Batch<JetstreamCursor>> {
  let events: InboundEvent[] = [];
  // The first batch is due at once: from then on a restart has a position, even if nothing ever happened.
  let dueAt = performance.now();
  while (!context.signal.aborted) {
    // Looked at before the frames, so that none that came before the end is left behind.
    const failure = connection.failure();
    let more = false;
    for (let frame = connection.next(); frame !== undefined; frame = connection.next()) {
      const event = reader.read(frame);
      if (event && events.push(event) === 1) dueAt = Math.min(dueAt, performance.now() + FLUSH_AFTER_MS);
      more = events.length >= LARGEST_BATCH;
      if (more) break;
    }
    const hasEnded = failure !== undefined && !more;
    // Asking again from the cursor would bring the same frame, for ever.
    if (hasEnded && failure.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      reader.skipTo(context.now(), 'An event was too large to be received');
    }
    const isDue = more || hasEnded || performance.now() >= dueAt;
    if (isDue && (events.length > 0 || reader.hasMoved())) {
      warnOfSkipped(context, connection, reader);
      await view?.describeAuthors(events, context.signal, problem => {
        context.log.warn({ problem }, 'Bluesky profiles could not be read; authors are known by DID for now');
      });
      if (context.signal.aborted) return;
      const gap = reader.takeGap();
      yield { events, cursor: reader.cursor(), ...(gap && { gap }), more };
      events = [];
    }
    if (isDue) dueAt = performance.now() + IDLE_BATCH_AFTER_MS;
    if (hasEnded) throw new ConnectorError(failure);
    if (!more) await connection.wait(dueAt - performance.now());
  }
}

function warnOfSkipped(
  context: ConnectorContext<BlueskyConfig>,
  connection: JetstreamConnection,
  reader: StreamReader,
): void {
  const malformed = reader.takeMalformed();
  if (malformed) context.log.warn(malformed, 'Bluesky events that could not be read were skipped');
  const oversized = connection.takeOversized();
  if (oversized > 0) context.log.warn({ count: oversized }, 'Bluesky events beyond 1 MiB were skipped');
}

/** The post as it stands now, or `gone`. Its kind is worked out anew, so a post that no longer matches stays a MENTION. */
async function refetch(
  context: ConnectorContext<BlueskyConfig>,
  view: AppView,
  uri: string,
): Promise<InboundEvent | 'gone'> {
  const parts = parsePostUri(uri);
  if (!parts) throw invalid('Not the address of a Bluesky post');
  const followed = await resolve(context.config, view, context.signal);
  const stored = await view.post(parts, context.signal);
  if (!stored) return 'gone';
  const record = readPostRecord(stored.record);
  if (!record) throw new ConnectorError(fault('unknown', 'The stored record is not a post'));
  const kind = kindFor(followed, record) ?? ('MENTION' as PostKind);
  const event = toUpsert(
    { ...parts, cid: stored.cid, record, seenAt: stored.indexedAt, edited: false },
    kind,
    followed,
  );
  await view.describeAuthors([event], context.signal, () => {});
  return event;
}
