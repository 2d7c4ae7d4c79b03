import {
  type CheckResult,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type ExternalRef,
  type InboundEvent,
  type Network,
} from '../../src/ingest/connector.js';
import { configure, connectionOf, invalid, type XConfig } from './account.config.js';
import { type Accounts, openAccounts } from './account.reader.js';
import { openClient, type XClient } from './api.client.js';
import { fault, limitsOf } from './api.faults.js';
import type { Dialect } from './api.fields.js';
import { PREMIUM_TEXT_LIMIT, render, TEXT_LIMIT } from './draft.render.js';
import { findSent, hide, remove, send } from './outbox.sender.js';
import { readAgain } from './post.reader.js';
import { pageShape } from './post.shapes.js';
import { signInWithX } from './sign.in.js';
import { openStreamHub } from './stream.hub.js';
import { readStream } from './stream.reader.js';
import { readTimeline, type XCursor } from './timeline.reader.js';
import { parseWebhook, viewerOf } from './webhook.events.js';
import { verifyWebhook } from './webhook.signature.js';
import { subscribe } from './webhook.subscription.js';

export interface XOptions {
  /** Where X is instead of api.x.com, as `http://host:port`: for tests. */
  origin?: string;
}

type Context = ConnectorContext<XConfig>;

/**
 * X (Twitter): mentions of an account, or a search, by polling; the search by stream too; an account also by webhooks; answers,
 * posts and direct messages with the account's own keys.
 */
export function xConnector(options: XOptions = {}): Connector<XConfig, XCursor> {
  const dialect: Dialect = new Map();
  const accounts = openAccounts();
  const hub = openStreamHub({ ...options, dialect });
  const clientFor = (context: Context) => openClient(context, options);

  async function readerFor(context: Context, client: XClient, cursor: XCursor | null) {
    const followedId = cursor?.userId ?? (await accounts.followedId(context, client));
    return { client, dialect, viewer: viewerOf(context.config, followedId) };
  }

  return {
    kind: 'x',
    version: 1,
    network: 'TWITTER' as Network.TWITTER,
    capabilities: {
      inbound: { webhook: true, stream: true, poll: true },
      reply: { public: true, private: true, onlyIfSummoned: true },
      edits: { notified: false, detectable: true },
      // Of our own posts only; those of others are found gone when they are read again.
      deletions: { notified: false, detectable: true },
      threadDepth: 1000,
      textLimit: { max: TEXT_LIMIT, unit: 'weighted' },
      media: true,
      idempotency: 'duplicateError',
      receipts: false,
      historyDays: 7,
    },
    connection: connectionOf(signInWithX(options)),
    limitsOf,
    configure,
    check(context) {
      accounts.forget();
      return check(context, clientFor(context), accounts);
    },

    async *poll(context, cursor) {
      try {
        const client = clientFor(context);
        yield* readTimeline(context, cursor, await readerFor(context, client, cursor));
      } catch (error) {
        // Whatever failed because we were told to stop is no failure.
        if (!context.signal.aborted) throw error;
      }
    },

    // Mentions have no stream, and a stream needs the app's own token: polls and webhooks bring these.
    streams: ({ follows, keys }) => follows.kind === 'KEYWORD' && keys.bearerToken !== undefined,
    async *listen(context, cursor) {
      try {
        const { follows, keys } = context.config;
        if (follows.kind === 'ACCOUNT' || !keys.bearerToken) return await untilAborted(context.signal);
        const reader = await readerFor(context, clientFor(context), cursor);
        yield* readStream(context, cursor, { hub, viewer: reader.viewer, reader });
      } catch (error) {
        if (!context.signal.aborted) throw error;
      }
    },

    async subscribe(context, hook) {
      const client = clientFor(context);
      const userId = context.config.userId ?? (await accounts.followedId(context, client));
      if (!userId) throw invalid('X calls us for an account, not for a search.');
      return subscribe(context, client, hook, userId);
    },
    verifyWebhook,
    parseWebhook,
    refetch: (context, ref) => refetch(context, ref),

    render,
    async send(context, command) {
      const client = clientFor(context);
      try {
        return await send(context, client, command);
      } catch (error) {
        if (!(error instanceof ConnectorError) || error.fault.class !== 'duplicate') throw error;
        // The same text again is refused: most likely it was we, the time before.
        const sent = await findSent(context, { client, accounts, dialect }, command);
        return sent ? { state: 'sent', ...sent } : { state: 'failed', fault: error.fault };
      }
    },
    findSent: (context, command) => findSent(context, { client: clientFor(context), accounts, dialect }, command),
    delete: (context, ref) => remove(context, clientFor(context), ref),
    hide: (context, ref, hidden) => hide(clientFor(context), ref, hidden),
  };

  async function refetch(context: Context, ref: ExternalRef): Promise<InboundEvent | 'gone'> {
    const client = clientFor(context);
    const { viewer } = await readerFor(context, client, null);
    return readAgain(context, { client, dialect, viewer }, ref);
  }
}

/** Whose keys these are, or that the app's token is good. Only the first costs something: a cent. */
async function check(context: Context, client: XClient, accounts: Accounts): Promise<CheckResult> {
  const { keys, follows, isEnterprise, isPremium } = context.config;
  try {
    if (keys.accessToken) {
      return {
        ok: true,
        account: await accounts.own(context, client),
        grants: {
          reply: { onlyIfSummoned: !isEnterprise },
          ...(isPremium && { textLimit: PREMIUM_TEXT_LIMIT }),
        },
      };
    }
    const grants = { reply: { public: false, private: false } };
    if (!keys.bearerToken) return { ok: false, problem: fault('auth', 'No keys of X were given.') };
    if (follows.kind === 'ACCOUNT' && follows.handle)
      return { ok: true, account: await accounts.byHandle(context, client, follows.handle), grants };
    await client.ask('get', { path: 'tweets/search/stream/rules' }, pageShape);
    return { ok: true, grants };
  } catch (error) {
    return { ok: false, problem: error instanceof ConnectorError ? error.fault : fault('unknown', String(error)) };
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
