import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type InboundEvent,
  type Network,
  type SendCommand,
  type SourceDescription,
  triedSince,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { renderPlain } from '../../src/ingest/rendering.js';
import { type Comment, comment, commentEvent, type Thread, thread } from './comment.event.js';
import { askYoutube, type YoutubeConfig } from './data.client.js';
import { googleOAuth } from './google.login.js';

/** Up to when comments were read, and how many answers the latest threads had then. */
export interface YoutubeCursor {
  until: string;
  answers?: Record<string, number>;
}

export interface YoutubeOptions {
  /** Of the Data API with its version; Google's own unless given. */
  origin?: string;
  signInUrl?: string;
  tokenUrl?: string;
}

const LONGEST_TEXT = 10_000;
const MOST_PAGES = 10;
/** Pages of threads that are looked at each time, however old: an answer does not bring its thread to the top. */
const LEAST_PAGES = 3;
/** Comments are shown late, and answers come under older ones: this much is read again every time. */
const OVERLAP_MS = 24 * 3_600_000;

const channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({ title: z.string(), customUrl: z.string().optional(), description: z.string().optional() }),
        statistics: z.object({ subscriberCount: z.coerce.number().optional() }).optional().catch(undefined),
      }),
    )
    .optional(),
});
const page = z.object({ items: z.array(z.unknown()).optional(), nextPageToken: z.string().optional() });

/** A YouTube channel: comments under all of its films, read at intervals, since YouTube calls nobody. */
export function youtubeConnector(options: YoutubeOptions = {}): Connector<YoutubeConfig, YoutubeCursor> {
  const {
    origin = 'https://www.googleapis.com/youtube/v3',
    signInUrl = 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl = 'https://oauth2.googleapis.com/token',
  } = options;

  async function* list(context: ConnectorContext<YoutubeConfig>, path: string, query: Record<string, string>) {
    let pageToken: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const asked = { ...query, maxResults: '100', ...(pageToken && { pageToken }) };
      const found = page.safeParse(await askYoutube(context, origin, path, { query: asked }));
      if (!found.success)
        throw new ConnectorError({ class: 'transient', message: 'YouTube answered no list.', scope: 'endpoint' });
      yield found.data.items ?? [];
      pageToken = found.data.nextPageToken;
      if (!pageToken) return;
    }
  }

  /** A thread holds a sample of its answers; the rest have a list of their own. */
  async function repliesOf(
    context: ConnectorContext<YoutubeConfig>,
    { id, snippet, replies }: Thread,
    known: number | undefined,
  ): Promise<Comment[]> {
    const sample = (replies?.comments ?? []).filter(each => each !== null);
    const count = snippet.totalReplyCount ?? 0;
    if (count <= sample.length || count === known) return sample;
    const all: Comment[] = [];
    for await (const items of list(context, 'comments', { part: 'snippet', parentId: id, textFormat: 'plainText' }))
      all.push(...items.flatMap(given => comment.safeParse(given).data ?? []));
    return all;
  }

  return {
    kind: 'youtube',
    version: 1,
    network: 'YOUTUBE' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: true, private: false },
      edits: { notified: false, detectable: true },
      deletions: { notified: false, detectable: true },
      threadDepth: 2,
      textLimit: { max: LONGEST_TEXT, unit: 'characters' },
      media: false,
      idempotency: 'lookup',
      receipts: false,
    },
    connection: {
      fields: [
        {
          name: 'channelId',
          kind: 'setting',
          required: true,
          description: 'The id of the channel, beginning with UC, under Settings → Advanced settings.',
        },
        {
          name: 'clientId',
          kind: 'setting',
          required: false,
          description: 'The client id of an OAuth client made in the Google Cloud console; needed to answer.',
        },
        { name: 'clientSecret', kind: 'secret', required: false, description: 'The secret of that client.' },
        { name: 'apiKey', kind: 'secret', required: false, description: 'An API key made there; enough to read.' },
      ],
      oauth: googleOAuth(signInUrl, tokenUrl),
    },
    configure,

    async check(context) {
      try {
        const query = { part: 'snippet,statistics', id: context.config.channelId };
        const [found] = channels.parse(await askYoutube(context, origin, 'channels', { query })).items ?? [];
        if (!found)
          return { ok: false, problem: { class: 'not_found', message: 'There is no such channel.', scope: 'account' } };
        const { title, customUrl, description } = found.snippet;
        const isMute = !context.config.accessToken;
        return {
          ok: true,
          account: {
            id: found.id,
            handle: customUrl?.replace(/^@/, '') ?? found.id,
            displayName: title,
            url: `https://www.youtube.com/channel/${found.id}`,
            ...(description && { bio: description }),
            ...(found.statistics?.subscriberCount !== undefined && {
              followersCount: found.statistics.subscriberCount,
            }),
          },
          // A key reads; answering takes a sign-in.
          ...(isMute && { grants: { reply: { public: false } } }),
        };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        return {
          ok: false,
          problem: { class: 'transient', message: 'YouTube answered no channel.', scope: 'endpoint' },
        };
      }
    },

    async *poll(context, cursor): AsyncGenerator<Batch<YoutubeCursor>> {
      const { channelId } = context.config;
      const began = context.now();
      const since = cursor ? Date.parse(cursor.until) - OVERLAP_MS : context.since.getTime();
      const query = {
        part: 'snippet,replies',
        allThreadsRelatedToChannelId: channelId,
        order: 'time',
        textFormat: 'plainText',
      };
      const events: UpsertEvent[] = [];
      const answers: Record<string, number> = {};
      let [pages, reached] = [0, Number.POSITIVE_INFINITY];
      try {
        for await (const items of list(context, 'commentThreads', query)) {
          pages += 1;
          const threads = items.flatMap(given => thread.safeParse(given).data ?? []);
          for (const each of threads) {
            const top = each.snippet.topLevelComment;
            const about = { id: each.id, author: top };
            const count = each.snippet.totalReplyCount ?? 0;
            // At the very beginning nothing that was said before is wanted.
            const said = [top, ...(await repliesOf(context, each, cursor ? cursor.answers?.[each.id] : count))];
            answers[each.id] = count;
            events.push(
              ...said.flatMap(
                given => commentEvent(withFilm(given, each), about, channelId, each.snippet.canReply) ?? [],
              ),
            );
          }
          for (const { snippet } of threads)
            reached = Math.min(reached, snippet.topLevelComment.snippet.publishedAt.getTime());
          if (reached < since && pages >= LEAST_PAGES) break;
        }
      } catch (error) {
        if (context.signal.aborted) return;
        throw error;
      }
      const fresh = events
        .filter(event => Math.max(event.occurredAt.getTime(), event.editedAt?.getTime() ?? 0) >= since)
        .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
      const isCut = cursor && pages === MOST_PAGES && reached >= since;
      const reason = 'More threads are new than are read at once.';
      yield {
        events: fresh,
        cursor: { until: began.toISOString(), answers },
        more: false,
        ...(isCut && { gap: { from: new Date(since), to: new Date(reached), reason } }),
      };
    },

    async refetch(context, ref): Promise<InboundEvent | 'gone'> {
      const query = { part: 'snippet', id: ref.id, textFormat: 'plainText' };
      const found = page.parse(await askYoutube(context, origin, 'comments', { query }));
      const given = comment.safeParse(found.items?.[0]);
      if (!given.success) return 'gone';
      const top = given.data.snippet.parentId ?? ref.id;
      return commentEvent(given.data, { id: top }, context.config.channelId) ?? 'gone';
    },

    render: (_context, draft) => renderPlain(draft, { max: LONGEST_TEXT }),
    async send(context, command) {
      const snippet = { parentId: topOf(command), textOriginal: command.rendered.text };
      const answer = await askYoutube(context, origin, 'comments', {
        method: 'POST',
        query: { part: 'snippet' },
        json: { snippet },
      });
      const sent = comment.pick({ id: true }).safeParse(answer);
      if (!sent.success) return { state: 'unknown' };
      return { state: 'sent', ref: { id: sent.data.id }, replyTo: { topId: topOf(command) } };
    },
    async findSent(context, command) {
      const query = { part: 'snippet', parentId: topOf(command), textFormat: 'plainText' };
      for await (const items of list(context, 'comments', query)) {
        const found = items
          .flatMap(given => comment.safeParse(given).data ?? [])
          .find(({ snippet }) => isOurs(snippet, command, context.config.channelId));
        if (found) return { ref: { id: found.id }, replyTo: { topId: topOf(command) } };
      }
      return null;
    },
    async delete(context, ref) {
      await askYoutube(context, origin, 'comments', { method: 'DELETE', query: { id: ref.id } }).catch(error => {
        if (!(error instanceof ConnectorError && error.fault.class === 'not_found')) throw error;
      });
    },
    async hide(context, ref, hidden) {
      const query = { id: ref.id, moderationStatus: hidden ? 'heldForReview' : 'published' };
      await askYoutube(context, origin, 'comments/setModerationStatus', { method: 'POST', query });
    },
  };
}

/** Answers do not say under which film they are. */
const withFilm = (given: Comment, { snippet }: Thread): Comment => ({
  ...given,
  snippet: { ...given.snippet, videoId: given.snippet.videoId ?? snippet.videoId },
});

function isOurs(snippet: Comment['snippet'], { rendered, firstTriedAt }: SendCommand, channelId: string): boolean {
  const text = snippet.textOriginal ?? snippet.textDisplay;
  const since = triedSince({ firstTriedAt });
  return (
    snippet.authorChannelId?.value === channelId && text === rendered.text && snippet.publishedAt.getTime() >= since
  );
}

function topOf({ parent }: SendCommand): string {
  const id = parent?.replyTo?.['topId'];
  if (typeof id === 'string') return id;
  throw new ConnectorError({ class: 'not_found', message: 'It is not known what to answer.', scope: 'message' });
}

function configure(source: SourceDescription): YoutubeConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  if (source.kind !== 'ACCOUNT' || source.query.trim() === '') refuse('On YouTube a channel of yours is followed.');
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  const channelId = text(source.settings?.['channelId']);
  if (!/^UC[\w-]{22}$/.test(channelId)) refuse('The id of the channel begins with UC and has 24 signs.');
  const apiKey = text(source.credentials?.['apiKey']);
  const accessToken = text(source.credentials?.['accessToken']);
  if (!apiKey && !accessToken) refuse('An API key is needed, or somebody who signs in.');
  return { channelId, ...(apiKey && { apiKey }), ...(accessToken && { accessToken }) };
}
