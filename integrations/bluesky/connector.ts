import {
  type CheckResult,
  type Connection,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type ExternalIdentity,
  type InboundEvent,
  type Network,
  type PostKind,
} from '../../src/ingest/connector.js';
import { type AccountClient, accountSessions } from './account.session.js';
import { type AppView, appView, getWithAxios, type HttpGet } from './appview.client.js';
import { connectJetstream, type JetstreamConnection } from './jetstream.client.js';
import type { JetstreamVersion } from './jetstream.frames.js';
import { type NotificationCursor, readNotifications } from './notification.reader.js';
import { type Followed, identityOf, kindFor, toUpsert } from './post.event.js';
import { parsePostUri, readPostRecord } from './post.record.js';
import { LONGEST_TEXT, render } from './post.render.js';
import { deletePost, findSentPost, sendPost } from './post.sender.js';
import { type BlueskyConfig, configure, invalid } from './source.config.js';
import { CURSOR_VERSION, type JetstreamCursor } from './stream.cursor.js';
import { followStream } from './stream.follower.js';
import { fault, limitsOf } from './xrpc.faults.js';

export type { HttpGet } from './appview.client.js';
export type { BlueskyConfig } from './source.config.js';
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
  /** Where accounts sign in that name no server of their own. Default `https://bsky.social`. */
  serviceUrl?: string;
  /** How far back the servers keep events. Default 36. */
  lookBackHours?: number;
  /** How many of the posts handed over last are recognised when they are deleted or edited. Default 2,000. */
  rememberedPosts?: number;
}

const PUBLIC_JETSTREAMS = [
  'wss://jetstream1.us-east.bsky.network',
  'wss://jetstream2.us-east.bsky.network',
  'wss://jetstream1.us-west.bsky.network',
  'wss://jetstream2.us-west.bsky.network',
];
const PUBLIC_APP_VIEW = 'https://public.api.bsky.app';
const PUBLIC_SERVICE = 'https://bsky.social';

const connection: Connection = {
  fields: [
    {
      name: 'identifier',
      kind: 'setting',
      required: true,
      description: 'The handle of the account, such as bakery.bsky.social, or its DID.',
    },
    {
      name: 'appPassword',
      kind: 'secret',
      required: true,
      description:
        'An app password, made in Bluesky under Settings, Privacy and security, App passwords; not the password itself.',
    },
    {
      name: 'service',
      kind: 'setting',
      required: false,
      description:
        'The address of the server the account lives on, when that is not Bluesky’s own (https://bsky.social).',
    },
  ],
};

/**
 * Bluesky. Read from the public Jetstream without a key: mentions of, replies to and quotes of an account, or posts that hold
 * words; with an account's app password also from its notifications, and answered. Reposts and likes are not followed, direct
 * messages neither read nor sent.
 */
export function blueskyConnector(options: BlueskyOptions = {}): Connector<BlueskyConfig, JetstreamCursor> {
  const addresses = options.jetstreamUrl === undefined ? PUBLIC_JETSTREAMS : [options.jetstreamUrl].flat();
  const appViewUrl =
    options.appViewUrl === undefined && options.jetstreamUrl === undefined ? PUBLIC_APP_VIEW : options.appViewUrl;
  const view = appViewUrl ? appView(appViewUrl, options.httpGet ?? getWithAxios) : undefined;
  const version = options.jetstreamVersion ?? 1;
  const lookBackHours = options.lookBackHours ?? 36;
  const rememberedPosts = options.rememberedPosts ?? 2000;
  const open = accountSessions();
  const accountOf = (context: ConnectorContext<BlueskyConfig>) =>
    context.config.access && open(context, context.config.access);
  const senderOf = (context: ConnectorContext<BlueskyConfig>) => {
    const account = accountOf(context);
    if (account) return account;
    const message = 'This account was connected for reading only';
    throw new ConnectorError({ class: 'auth', message, scope: 'account' });
  };

  return {
    kind: 'bluesky',
    version: CURSOR_VERSION,
    network: 'BLUESKY' as Network.BLUESKY,
    capabilities: {
      inbound: { webhook: false, stream: true, poll: true },
      reply: { public: true, private: false },
      edits: { notified: true, detectable: view !== undefined },
      deletions: { notified: true, detectable: view !== undefined },
      threadDepth: 1000,
      textLimit: { max: LONGEST_TEXT, unit: 'graphemes' },
      media: true,
      idempotency: 'deterministicId',
      receipts: false,
      historyDays: lookBackHours / 24,
    },
    connection,
    limitsOf,
    configure: source => configure(source, options.serviceUrl ?? PUBLIC_SERVICE),
    secretsGoTo: ({ access }) => access?.service ?? '',
    check: context =>
      check(context, view, accountOf(context), () =>
        connectJetstream({ addresses, version, cursor: null, signal: context.signal }),
      ),

    listen: (context, cursor) =>
      followStream(
        context,
        {
          addresses,
          version,
          view,
          lookBackHours,
          rememberedPosts,
          followed: async () => {
            const account = accountOf(context);
            await refuseEnded(account);
            return resolve(context, view, account);
          },
        },
        cursor,
      ),

    async *poll(context, cursor) {
      const account = accountOf(context);
      try {
        const followed = account && (await resolve(context, view, account));
        // Notifications are told to nobody but the account itself.
        if (followed?.kind !== 'ACCOUNT' || followed.did !== (await account?.whoami())?.did) return;
        // The product keeps a cursor of its own for each way of reading, so this one is never the stream's.
        const own = cursor as unknown as NotificationCursor | null;
        for await (const batch of readNotifications(context, account!, followed, own)) {
          yield { ...batch, cursor: batch.cursor as unknown as JetstreamCursor };
        }
      } catch (error) {
        if (!context.signal.aborted) throw error;
      }
    },

    render: ({ config }, draft, parent) => render(config, draft, parent),
    send: (context, command) => sendPost(context, senderOf(context), command),
    findSent: (context, command) => findSentPost(senderOf(context), command),
    delete: (context, ref) => deletePost(senderOf(context), ref),
    ...(view && { refetch: (context, ref) => refetch(context, view, accountOf(context), ref.id) }),
  };
}

/**
 * The stream needs nobody's leave, but an account whose access ended is not followed by halves: its owner is to know. That its server
 * cannot be reached just now is no reason not to listen.
 */
async function refuseEnded(account: AccountClient | undefined): Promise<void> {
  await account?.whoami().catch(error => {
    if (error instanceof ConnectorError && error.fault.class === 'auth') throw error;
  });
}

async function resolve(
  { config, signal }: ConnectorContext<BlueskyConfig>,
  view: AppView | undefined,
  account: AccountClient | undefined,
): Promise<Followed> {
  if (config.kind === 'KEYWORD') return config;
  if (config.account.startsWith('did:')) return { kind: 'ACCOUNT', did: config.account };
  if (account && config.account === config.access?.identifier) {
    return { kind: 'ACCOUNT', did: (await account.whoami()).did };
  }
  if (!view) throw invalid('Without an AppView an account can only be followed by its DID');
  return { kind: 'ACCOUNT', did: await view.resolveHandle(config.account, signal) };
}

async function check(
  context: ConnectorContext<BlueskyConfig>,
  view: AppView | undefined,
  account: AccountClient | undefined,
  connect: () => Promise<JetstreamConnection>,
): Promise<CheckResult> {
  try {
    // A session we remember proves nothing; the server is asked.
    await account?.call({ method: 'com.atproto.server.getSession' });
    const followed = await resolve(context, view, account);
    (await connect()).close();
    return {
      ok: true,
      ...(followed.kind === 'ACCOUNT' && { account: await describe(followed.did, view, account, context) }),
      grants: { reply: { public: account !== undefined } },
    };
  } catch (error) {
    return { ok: false, problem: error instanceof ConnectorError ? error.fault : fault('unknown', String(error)) };
  }
}

async function describe(
  did: string,
  view: AppView | undefined,
  account: AccountClient | undefined,
  context: ConnectorContext<BlueskyConfig>,
): Promise<ExternalIdentity> {
  // Reading works without the profile, so its absence is no problem to report.
  const profile = await view?.profile(did, context.signal).catch(() => undefined);
  const own = await account?.whoami();
  return profile ?? { ...identityOf(did), ...(own?.did === did && { handle: own.handle.toLowerCase() }) };
}

/** The post as it stands now, or `gone`. Its kind is worked out anew, so a post that no longer matches stays a MENTION. */
async function refetch(
  context: ConnectorContext<BlueskyConfig>,
  view: AppView,
  account: AccountClient | undefined,
  uri: string,
): Promise<InboundEvent | 'gone'> {
  const parts = parsePostUri(uri);
  if (!parts) throw invalid('Not the address of a Bluesky post');
  const followed = await resolve(context, view, account);
  const stored = await view.post(parts, context.signal);
  if (!stored) return 'gone';
  const record = readPostRecord(stored.record);
  if (!record) throw new ConnectorError(fault('unknown', 'The stored record is not a post'));
  const kind = kindFor(followed, record, parts.did) ?? ('MENTION' as PostKind);
  const event = toUpsert(
    { ...parts, cid: stored.cid, record, seenAt: stored.indexedAt, edited: false },
    kind,
    followed,
  );
  await view.describeAuthors([event], context.signal, () => {});
  return event;
}
