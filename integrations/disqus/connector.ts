import { z } from 'zod';
import {
  type Batch,
  type Connector,
  ConnectorError,
  type InboundEvent,
  type Network,
  type SourceDescription,
} from '../../src/ingest/connector.js';
import { type Comment, commentEvent, commentRef, commentSchema, dateOf, revisionOf } from './comment.event.js';
import { call, type DisqusConfig, type DisqusContext, limitsOf } from './disqus.client.js';

export interface DisqusCursor {
  /** Date of the newest comment read (RFC 3339). */
  newest?: string;
  /** Comments of the last days as they were read, oldest first. `revision` is empty for one deleted since. */
  seen: [id: string, revision: string, date: string][];
}

export interface DisqusOptions {
  /** Where the API is, without a slash at the end. */
  api?: string;
}

/** How far back each poll looks again, in ms: how long edits, late approvals and deletions are noticed. */
const OVERLAP = 3 * 86_400_000;
const PAGE = 100;
const MAX_SEEN = 3000;

/** Comments of a site that keeps them at Disqus. It can only read. */
export function disqusConnector({
  api = 'https://disqus.com/api/3.0',
}: DisqusOptions = {}): Connector<DisqusConfig, DisqusCursor> {
  return {
    kind: 'disqus',
    label: 'Disqus',
    version: 1,
    network: 'BLOG' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: false, private: false },
      edits: { notified: false, detectable: true },
      deletions: { notified: false, detectable: true },
      threadDepth: 1000,
      media: false,
      idempotency: 'none',
      receipts: false,
    },
    connection: {
      fields: [
        {
          name: 'apiKey',
          kind: 'secret',
          required: true,
          description: 'The public key of an application, from disqus.com/api/applications.',
        },
        {
          name: 'accessToken',
          kind: 'secret',
          required: false,
          description:
            'The access token of the same application, of a moderator of the forum: shows what waits for approval.',
        },
      ],
    },
    configure: source => configure(source, api),
    limitsOf,
    async check(context) {
      try {
        const { response } = await call(context, 'forums/details', { forum: context.config.forum });
        const forum = z
          .object({ id: z.string(), name: z.string().optional(), url: z.string().nullish() })
          .parse(response);
        const handle = context.config.forum;
        return { ok: true, account: { id: forum.id, handle, displayName: forum.name ?? handle } };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        return {
          ok: false,
          problem: { class: 'transient', message: 'Disqus did not say which forum this is.', scope: 'endpoint' },
        };
      }
    },
    async *poll(context, cursor) {
      try {
        yield* readComments(context, cursor);
      } catch (error) {
        // Whatever failed because we were told to stop is no failure.
        if (!context.signal.aborted) throw error;
      }
    },
    async refetch(context, ref) {
      const post = ref.id.match(/^disqus\.com\/comment\/(\d+)$/)?.[1];
      if (!post) throw invalid('This is not the id of a comment.');
      try {
        const { response } = await call(context, 'posts/details', { post, related: 'thread' });
        const comment = commentSchema.parse(response);
        return comment.isDeleted || comment.isSpam ? 'gone' : commentEvent(comment, new Map());
      } catch (error) {
        if (error instanceof ConnectorError && error.fault.class === 'not_found') return 'gone';
        throw error;
      }
    },
  };
}

async function* readComments(context: DisqusContext, cursor: DisqusCursor | null): AsyncGenerator<Batch<DisqusCursor>> {
  const { forum, accessToken } = context.config;
  const seen = new Map(cursor?.seen.map(entry => [entry[0], entry]));
  const since = cursor?.newest && new Date(Date.parse(cursor.newest) - OVERLAP).toISOString().slice(0, 19);
  let newest = cursor?.newest;
  let next: string | undefined;
  do {
    const { response, next: following } = await call(context, 'posts/list', {
      forum,
      limit: PAGE,
      order: 'asc',
      related: 'thread',
      since,
      cursor: next,
      ...(accessToken && { include: ['approved', 'unapproved', 'deleted', 'spam'] }),
    });
    const comments = readList(context, response);
    const known = new Map(comments.map(comment => [comment.id, comment]));
    const events: InboundEvent[] = [];
    for (const comment of comments) {
      const date = dateOf(comment).toISOString();
      const before = seen.get(comment.id)?.[1];
      const isGone = comment.isDeleted || comment.isSpam;
      const revision = isGone ? '' : revisionOf(comment);
      if (isGone && before)
        events.push({ op: 'delete', ref: commentRef(comment.id), occurredAt: context.now(), tombstone: true });
      if (!isGone && before !== revision) {
        const isEdit = before && before.split('.')[0] !== revision.split('.')[0];
        events.push({ ...commentEvent(comment, known), ...(isEdit && { editedAt: context.now() }) });
      }
      seen.delete(comment.id);
      seen.set(comment.id, [comment.id, revision, date]);
      // One that is dated ahead must not take the beginning of the next reading with it.
      if (dateOf(comment) <= context.now() && (!newest || date > newest)) newest = date;
    }
    if (context.signal.aborted) return;
    next = following;
    const from = newest ? new Date(Date.parse(newest) - OVERLAP).toISOString() : '';
    const kept = [...seen.values()].filter(([, , date]) => date >= from).slice(-MAX_SEEN);
    yield { events, cursor: { ...(newest && { newest }), seen: kept }, more: next !== undefined };
  } while (next !== undefined);
}

function readList(context: DisqusContext, response: unknown): Comment[] {
  const list = z.array(z.unknown()).safeParse(response);
  if (!list.success) throw invalid('Disqus answers with something else than comments.');
  const comments = list.data.flatMap(item => {
    const comment = commentSchema.safeParse(item);
    return comment.success && !Number.isNaN(dateOf(comment.data).getTime()) ? [comment.data] : [];
  });
  const unread = list.data.length - comments.length;
  if (unread > 0) context.log.warn({ count: unread }, 'comments that could not be read were skipped');
  return comments;
}

/** `query` is the forum's short name, or the address of its page at Disqus. */
function configure(source: SourceDescription, api: string): DisqusConfig {
  if (source.kind !== 'ACCOUNT') throw invalid('At Disqus a forum is followed as an account, by its short name.');
  const forum = source.query
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^([a-z\d-]+)\.disqus\.com.*$/, '$1')
    .replace(/^disqus\.com\/home\/forum\//, '')
    .replace(/\/$/, '');
  if (!/^[a-z\d-]{1,100}$/.test(forum)) throw invalid('This is not the short name of a forum at Disqus.');
  const given: Record<string, unknown> = { ...source.settings, ...source.credentials };
  const apiKey = String(given['apiKey'] ?? '').trim();
  const accessToken = String(given['accessToken'] ?? '').trim();
  if (!apiKey) throw invalid('Disqus is read with the key of an application.');
  return { forum, apiKey, api, ...(accessToken && { accessToken }) };
}

function invalid(message: string): ConnectorError {
  return new ConnectorError({ class: 'invalid', message, scope: 'message' });
}
