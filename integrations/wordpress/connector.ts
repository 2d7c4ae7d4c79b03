import {
  type CheckResult,
  type Connector,
  ConnectorError,
  type InboundEvent,
  type Network,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { clean } from '../../src/platform/html.text.js';
import { commentEvent } from './comment.event.js';
import {
  hidesComment,
  isThrownAway,
  notWordPress,
  readComments,
  surroundings,
  type WordPressCursor,
  whoAmI,
} from './comment.reader.js';
import { findSent, LONGEST_COMMENT, moderate, numberOf, render, send, trash } from './comment.reply.js';
import { ask, faultOf, get, type WordPressConfig, type WordPressContext } from './wordpress.client.js';
import { commentSchema, indexSchema } from './wordpress.schema.js';

export type { WordPressCursor } from './comment.reader.js';
export type { WordPressConfig } from './wordpress.client.js';

/** WordPress nests ten levels of comments at most. */
const THREAD_DEPTH = 10;

/** Comments of a WordPress blog by its REST interface: those that wait for approval too, with an Application Password. */
export function wordpressConnector(): Connector<WordPressConfig, WordPressCursor> {
  return {
    kind: 'wordpress',
    label: 'WordPress',
    version: 1,
    network: 'BLOG' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: true, private: false },
      edits: { notified: false, detectable: true },
      deletions: { notified: false, detectable: true },
      threadDepth: THREAD_DEPTH,
      textLimit: { max: LONGEST_COMMENT, unit: 'bytes' },
      media: false,
      idempotency: 'duplicateError',
      receipts: false,
    },
    connection: {
      fields: [
        {
          name: 'username',
          kind: 'setting',
          required: true,
          description:
            'The name you sign in to the blog with; an editor or administrator sees comments that wait for approval.',
        },
        {
          name: 'applicationPassword',
          kind: 'secret',
          required: true,
          description: 'An Application Password from Users, Profile in WordPress; not the one you sign in with.',
        },
      ],
    },
    configure,
    secretsGoTo: ({ site, api }) => api ?? site,
    check,
    async *poll(context, cursor) {
      try {
        yield* readComments(context, cursor);
      } catch (error) {
        // Whatever failed because we were told to stop is no failure.
        if (!context.signal.aborted) throw error;
      }
    },
    async refetch(context, ref): Promise<InboundEvent | 'gone'> {
      const me = await whoAmI(context);
      const query = me?.moderates ? { context: 'edit' } : {};
      const response = await ask(context, `/wp/v2/comments/${numberOf(ref)}`, { query });
      if (hidesComment(context, response.status)) return 'gone';
      if (response.status >= 300) throw new ConnectorError(faultOf(context, response));
      const comment = commentSchema.safeParse(response.json());
      if (!comment.success) throw notWordPress();
      if (isThrownAway(comment.data)) return 'gone';
      const around = await surroundings(context, [comment.data], [comment.data], me);
      return commentEvent(comment.data, around) ?? 'gone';
    },
    render,
    send,
    findSent,
    delete: trash,
    hide: moderate,
  };
}

async function check(context: WordPressContext): Promise<CheckResult> {
  const { host, site, handle } = context.config;
  try {
    const index = indexSchema.safeParse((await get(context, '/')).json());
    if (!index.success || !index.data.namespaces.includes('wp/v2')) throw notWordPress();
    const me = await whoAmI(context);
    const name = clean(index.data.name);
    return {
      ok: true,
      account: {
        id: me ? `${host}/user/${me.id}` : host,
        handle,
        displayName: name ?? host,
        url: site,
      },
      grants: { reply: { public: me !== undefined } },
    };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
    throw error;
  }
}

/** `query` is the blog's address, or that of its REST interface (…/wp-json); https is assumed when it has no scheme. */
function configure(source: SourceDescription): WordPressConfig {
  if (source.kind !== 'ACCOUNT') throw invalid('A WordPress blog is followed as an account, by its address.');
  const address = source.query.trim();
  const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`);
  if (!url?.hostname || !/[.:]|^localhost$/.test(url.hostname)) throw invalid('This is not the address of a blog.');
  const api = url.pathname.match(/^(.*\/wp-json)\/?$/)?.[1];
  const path = (api ? api.replace(/wp-json$/, '') : url.pathname).replace(/\/*$/, '/');
  const site = `${url.origin}${path}`;
  const given: Record<string, unknown> = { ...source.settings, ...source.credentials };
  const username = String(given['username'] ?? '').trim();
  // WordPress shows it in groups of four; it takes it with and without the spaces.
  const password = String(given['applicationPassword'] ?? '').trim();
  if (Boolean(username) !== Boolean(password))
    throw invalid('A user name needs its Application Password, and the other way round.');
  const isPrivate = url.protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (password && !isPrivate) throw invalid('With a password the address must begin with https://.');
  const host = `${url.host}${path}`.replace(/^www\./, '').replace(/\/$/, '');
  const shortest = api ? url.origin + api : site;
  return {
    site,
    handle: shortest.replace(/^https:\/\//, '').replace(/\/$/, ''),
    host,
    ...(api && { api: url.origin + api }),
    ...(password && { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }),
  };
}

function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
