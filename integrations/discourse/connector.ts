import {
  type CheckResult,
  type Connector,
  ConnectorError,
  type Network,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { askFor, type DiscourseConfig, type DiscourseContext, notDiscourse } from './discourse.client.js';
import { aboutSchema, sessionSchema } from './discourse.schema.js';
import { isDeleted, postEvent } from './post.event.js';
import { parseWebhook, subscribe, verifyWebhook } from './post.hook.js';
import { type DiscourseCursor, readPosts } from './post.reader.js';
import { findSent, LONGEST_POST, postAt, remove, render, send } from './post.reply.js';

export type { DiscourseConfig } from './discourse.client.js';
export type { DiscourseCursor } from './post.reader.js';

/** A Discourse forum: every public post, answers, and private messages that are sent to us. */
export function discourseConnector(): Connector<DiscourseConfig, DiscourseCursor> {
  return {
    kind: 'discourse',
    version: 1,
    network: 'DISCOURSE' as Network,
    capabilities: {
      inbound: { webhook: true, stream: false, poll: true },
      reply: { public: true, private: true },
      edits: { notified: true, detectable: true },
      deletions: { notified: true, detectable: true },
      threadDepth: 1000,
      textLimit: { max: LONGEST_POST, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: false,
    },
    connection: {
      fields: [
        {
          name: 'username',
          kind: 'setting',
          required: true,
          description: 'The user of the forum who answers, and whom the API key is for.',
        },
        {
          name: 'apiKey',
          kind: 'secret',
          required: true,
          description: 'An API key for that user, from Admin, API in the forum.',
        },
        {
          name: 'webhookSecret',
          kind: 'secret',
          required: false,
          description:
            'The secret of a webhook that was set up by hand in Admin, API, Webhooks; needed when the key may not do so.',
        },
      ],
    },
    configure,
    secretsGoTo: ({ site }) => site,
    check,
    async *poll(context, cursor) {
      try {
        yield* readPosts(context, cursor);
      } catch (error) {
        // Whatever failed because we were told to stop is no failure.
        if (!context.signal.aborted) throw error;
      }
    },
    subscribe,
    verifyWebhook,
    parseWebhook,
    async refetch(context, ref) {
      const post = await postAt(context, ref);
      return post && !isDeleted(post) ? postEvent(post, context.config) : 'gone';
    },
    render,
    send,
    findSent,
    delete: remove,
  };
}

async function check(context: DiscourseContext): Promise<CheckResult> {
  const { config } = context;
  try {
    if (!config.apiKey) {
      const about = aboutSchema.safeParse(await askFor(context, '/about.json'));
      if (!about.success) throw notDiscourse();
      const account = { handle: config.handle, displayName: about.data.about.title, url: config.site };
      return { ok: true, account, grants: { reply: { public: false, private: false } } };
    }
    const session = sessionSchema.safeParse(await askFor(context, '/session/current.json'));
    if (!session.success) throw notDiscourse();
    const { id, username, name } = session.data.current_user;
    const url = `${config.site}/u/${encodeURIComponent(username)}`;
    return {
      ok: true,
      account: { id: `${config.host}/u/${id}`, handle: config.handle, displayName: name || username, url },
    };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
    throw error;
  }
}

/** `query` is the forum's address; https is assumed when it has no scheme. */
function configure(source: SourceDescription): DiscourseConfig {
  if (source.kind !== 'ACCOUNT') throw invalid('A forum is followed as an account, by its address.');
  const address = source.query.trim();
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  if (!url?.hostname || !/[.:]|^localhost$/.test(url.hostname)) throw invalid('This is not the address of a forum.');
  const given: Record<string, unknown> = { ...source.settings, ...source.credentials };
  const [username, apiKey, webhookSecret] = ['username', 'apiKey', 'webhookSecret'].map(name =>
    String(given[name] ?? '').trim(),
  );
  if (apiKey && !username) throw invalid('An API key needs the name of its user.');
  const isPrivate = url.protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (apiKey && !isPrivate) throw invalid('With an API key the address must begin with https://.');
  const path = url.pathname.replace(/\/+$/, '');
  return {
    site: url.origin + path,
    handle: (url.origin + path).replace(/^https:\/\//, ''),
    host: url.host + path,
    ...(username && { username }),
    ...(apiKey && { apiKey }),
    ...(webhookSecret && { webhookSecret }),
  };
}

function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
