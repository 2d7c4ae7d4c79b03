import { z } from 'zod';
import {
  type Connector,
  ConnectorError,
  type InboundEvent,
  type Network,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { askReddit, limitsOf, type RedditConfig } from './api.client.js';
import { kindOf, poll, type RedditCursor, thingsOf } from './listing.reader.js';
import { findSent, LONGEST_TEXT, render, send } from './reply.sender.js';
import { redditOAuth } from './sign.in.js';
import { isGone, thingEvent } from './thing.event.js';

export interface RedditOptions {
  /** Of the API; Reddit's own unless given. */
  origin?: string;
  /** Where people sign in and tokens are given. */
  site?: string;
}

const me = z.object({
  id: z.string(),
  name: z.string(),
  icon_img: z.string().optional().catch(undefined),
  subreddit: z
    .object({ title: z.string().optional(), public_description: z.string().optional() })
    .nullish()
    .catch(undefined),
});

/** Reddit: the inbox of an account, what is new in a subreddit, or a search; answers, messages and deleting our own. */
export function redditConnector({
  origin = 'https://oauth.reddit.com',
  site = 'https://www.reddit.com',
}: RedditOptions = {}): Connector<RedditConfig, RedditCursor> {
  return {
    kind: 'reddit',
    version: 1,
    network: 'REDDIT' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: true, private: true },
      edits: { notified: false, detectable: true },
      deletions: { notified: false, detectable: true },
      threadDepth: 1000,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: false,
    },
    // A sign-in brings the token, so no example of what an owner gives shows that searches are followed too.
    follows: ['ACCOUNT', 'KEYWORD'],
    connection: {
      fields: [
        {
          name: 'username',
          kind: 'setting',
          required: true,
          description: 'The name of your Reddit account, without u/.',
        },
        {
          name: 'clientId',
          kind: 'setting',
          required: true,
          description: 'The id under the name of your approved app of the type "web app", at reddit.com/prefs/apps.',
        },
        { name: 'clientSecret', kind: 'secret', required: true, description: 'The secret shown beside it.' },
      ],
      oauth: redditOAuth(site),
    },
    configure,
    limitsOf,

    async check(context) {
      try {
        const found = me.safeParse(await askReddit(context, origin, '/api/v1/me'));
        if (!found.success)
          return {
            ok: false,
            problem: { class: 'transient', message: 'Reddit did not say who we are.', scope: 'endpoint' },
          };
        const { id, name, icon_img: avatarUrl, subreddit } = found.data;
        if (name.toLowerCase() !== context.config.username.toLowerCase())
          return {
            ok: false,
            problem: {
              class: 'auth',
              message: `The sign-in is that of u/${name}.`,
              scope: 'account',
              code: 'OTHER_ACCOUNT',
            },
          };
        return {
          ok: true,
          account: {
            id: `t2_${id}`,
            handle: name,
            displayName: subreddit?.title || `u/${name}`,
            url: `https://www.reddit.com/user/${name}`,
            ...(subreddit?.public_description && { bio: subreddit.public_description }),
            ...(avatarUrl && { avatarUrl }),
          },
        };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    poll: (context, cursor) => poll(context, origin, cursor),
    async refetch(context, { id }): Promise<InboundEvent | 'gone'> {
      const [thing] = await thingsOf(context, origin, [id]);
      if (!thing || isGone(thing)) return 'gone';
      return thingEvent(thing, kindOf(thing), context.config.username) ?? 'gone';
    },

    render: (_context, draft, parent) => render(draft, parent),
    send: (context, command) => send(context, origin, command),
    findSent: (context, command) => findSent(context, origin, command),
    async delete(context, { id }) {
      // Reddit says the same whether it was there or not.
      await askReddit(context, origin, '/api/del', { method: 'POST', form: { id } });
    },
  };
}

function configure({ kind, query, settings, credentials }: SourceDescription): RedditConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const words = query.trim();
  if (kind === 'FEED' || words === '') refuse('On Reddit an account of yours, a subreddit or a search is followed.');
  const accessToken = text(credentials?.['accessToken']);
  if (!accessToken) refuse('Reddit is read only by an account that has signed in.');
  const isAccount = kind === 'ACCOUNT';
  const username = (text(settings?.['username']) || (isAccount ? words : '')).replace(/^\/?u\/|^@/i, '');
  if (!/^[\w-]{3,20}$/.test(username)) refuse('The name of a Reddit account has 3 to 20 letters, digits, _ and -.');
  const name = /^\/?r\/(\w{2,50})\/?$/i.exec(words)?.[1];
  return {
    clientId: text(settings?.['clientId']),
    accessToken,
    username,
    follows: isAccount
      ? { what: 'inbox' }
      : name
        ? { what: 'subreddit', name }
        : { what: 'search', words: words.slice(0, 512) },
  };
}
