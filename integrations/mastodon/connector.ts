import {
  type CheckResult,
  type Connection,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
} from '../../src/ingest/connector.js';
import { oauthOf } from './app.registration.js';
import { type InstanceClient, instanceClients, readAnswer } from './instance.client.js';
import { limitsOf } from './instance.faults.js';
import { configure, invalid, type MastodonConfig } from './source.config.js';
import { eventOf, identityOf, idIn } from './status.event.js';
import { LONGEST_TEXT, render, type TextRules } from './status.render.js';
import { deleteStatus, findSentStatus, sendStatus } from './status.sender.js';
import { status } from './status.shape.js';
import { followStream, isStreamed } from './stream.follower.js';
import { kindFor, type MastodonCursor, readTimeline, viewOf } from './timeline.reader.js';

export type { MastodonConfig } from './source.config.js';
export type { MastodonCursor } from './timeline.reader.js';

export interface MastodonOptions {
  /** Where an instance is reached; `https://` and its host unless given. */
  originOf?: (host: string) => string;
  /** Lets streams be read from private addresses: for tests, and for instances on an intranet. Default false. */
  allowPrivateAddresses?: boolean;
}

const fields: Connection['fields'] = [
  {
    name: 'instance',
    kind: 'setting',
    required: true,
    description: 'The server the account lives on, such as mastodon.social.',
  },
  {
    name: 'accessToken',
    kind: 'secret',
    required: false,
    description:
      'The access token of an application made under Preferences, Development, where signing in by browser is not wanted.',
  },
];

/**
 * Mastodon and what speaks its API: mentions of an account, answers to it and messages for it; or posts with hashtags; or, where the
 * instance searches, with words. Each account belongs to one instance, and sees what that instance sees.
 */
export function mastodonConnector(options: MastodonOptions = {}): Connector<MastodonConfig, MastodonCursor> {
  const { originOf = host => `https://${host}`, allowPrivateAddresses = false } = options;
  const open = instanceClients();
  // What an instance said of its limits while we were there; `render` may not ask it.
  const rules = new Map<string, TextRules>();

  return {
    kind: 'mastodon',
    version: 1,
    network: 'MASTODON' as Network.MASTODON,
    capabilities: {
      inbound: { webhook: false, stream: true, poll: true },
      reply: { public: true, private: true },
      edits: { notified: true, detectable: true },
      deletions: { notified: true, detectable: true },
      threadDepth: 1000,
      textLimit: { max: LONGEST_TEXT, unit: 'graphemes' },
      media: true,
      idempotency: 'native',
      receipts: false,
    },
    connection: { fields, oauth: oauthOf(originOf) },
    limitsOf,
    configure: source => configure(source, originOf),
    secretsGoTo: ({ origin }) => origin,

    async check(context) {
      const client = open(context);
      const result = await check(context, client);
      if (result.ok) rules.set(context.config.origin, await client.describe());
      return result;
    },

    async *poll(context, cursor) {
      try {
        const client = open(context);
        const view = await viewOf(context, client);
        yield* readTimeline(context, client, view, cursor);
      } catch (error) {
        if (!context.signal.aborted) throw error;
      }
    },
    streams: isStreamed,
    listen: (context, cursor) => followStream(context, open(context), cursor, { allowPrivateAddresses }),
    refetch: (context, ref) => refetch(context, open(context), ref.id),

    render({ config }, draft, parent) {
      const known = rules.get(config.origin);
      const maxCharacters = config.maxCharacters ?? known?.maxCharacters ?? LONGEST_TEXT;
      return render(config, { maxCharacters, charactersPerUrl: known?.charactersPerUrl ?? 23 }, draft, parent);
    },
    send: (context, command) => sendStatus(context, open(context), command),
    findSent: (context, command) => findSentStatus(open(context), command),
    delete: (context, ref) => deleteStatus(open(context), ref),
  };
}

async function check(context: ConnectorContext<MastodonConfig>, client: InstanceClient): Promise<CheckResult> {
  const { config } = context;
  try {
    // What we remember proves nothing; the instance is asked.
    const own = config.accessToken ? await client.whoami({ anew: true }) : undefined;
    const view = await viewOf(context, client);
    const { maxCharacters } = await client.describe();
    const isOpen = own !== undefined;
    // Instances may keep their timelines for those who are signed in.
    if (config.kind === 'TAGS') {
      const path = `/api/v1/timelines/tag/${encodeURIComponent(config.query.first)}`;
      await client.call({ path, query: { limit: 1 } });
    }
    return {
      ok: true,
      ...(own && { account: identityOf(own, view) }),
      grants: { reply: { public: isOpen, private: isOpen }, textLimit: maxCharacters },
    };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
    return { ok: false, problem: { class: 'unknown', message: String(error), scope: 'endpoint' } };
  }
}

async function refetch(
  context: ConnectorContext<MastodonConfig>,
  client: InstanceClient,
  ref: string,
): Promise<InboundEvent | 'gone'> {
  const id = idIn({ id: ref }, context.config.instance);
  if (!id) throw invalid('Not a post of this instance');
  const view = await viewOf(context, client);
  const path = `/api/v1/statuses/${encodeURIComponent(id)}`;
  const response = await client.call({ path, accepts: [404, 410] });
  if (response.status === 404 || response.status === 410) return 'gone';
  const given = readAnswer(response, status, path);
  return eventOf(given, view, kindFor(context.config, given, view));
}
