import { convert } from 'html-to-text';
import { z } from 'zod';
import {
  type Batch,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  faultOfStatus,
  type InboundEvent,
  type Network,
  type PostKind,
  type SourceDescription,
  type UpsertEvent,
} from '../../src/ingest/connector.js';

export interface HackerNewsConfig {
  query: string;
}

/** Up to which second stories and comments were read. */
export interface HackerNewsCursor {
  second: number;
}

export interface HackerNewsOptions {
  /** Of the search; Algolia's unless given. */
  searchOrigin?: string;
  /** Of the items themselves; Firebase's unless given. */
  itemOrigin?: string;
}

const HITS = 100;
const MOST_PAGES = 10;
/** The search learns of an item a little after it was written. */
const OVERLAP_SECONDS = 600;
const REFUSES = { public: false, private: false, reason: 'NOT_POSSIBLE' as const };

const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const hit = z.object({
  objectID: z.string(),
  created_at_i: z.number(),
  author: z.string(),
  title: text,
  url: text,
  story_text: text,
  comment_text: text,
  parent_id: number,
  story_id: number,
});
const results = z.object({
  hits: z.array(z.unknown()),
  nbPages: z.number().optional(),
  nbHits: z.number().optional().catch(undefined),
});
const item = z.object({
  id: z.number(),
  deleted: z.boolean().optional(),
  dead: z.boolean().optional(),
  by: z.string().optional(),
  time: z.number().optional(),
  title: text,
  text,
  url: text,
  parent: number,
});

/** Stories and comments of Hacker News that hold certain words. It can only be read. */
export function hackerNewsConnector(options: HackerNewsOptions = {}): Connector<HackerNewsConfig, HackerNewsCursor> {
  const { searchOrigin = 'https://hn.algolia.com/api/v1', itemOrigin = 'https://hacker-news.firebaseio.com/v0' } =
    options;

  async function ask(
    context: ConnectorContext<HackerNewsConfig>,
    url: string,
    query: Record<string, string | number> = {},
  ) {
    const response = await context.http.request({ url, query });
    if (response.status === 200) return response.json();
    throw new ConnectorError(
      faultOfStatus(response, { message: `Hacker News answered ${response.status}.`, now: context.now() }),
    );
  }

  const search = async (context: ConnectorContext<HackerNewsConfig>, after: number, page: number) => {
    const found = results.safeParse(
      await ask(context, `${searchOrigin}/search_by_date`, {
        query: context.config.query,
        tags: '(story,comment)',
        numericFilters: `created_at_i>${after}`,
        hitsPerPage: HITS,
        page,
      }),
    );
    if (found.success) return found.data;
    throw new ConnectorError({ class: 'transient', message: 'Hacker News answered no results.', scope: 'endpoint' });
  };

  return {
    kind: 'hackernews',
    version: 1,
    network: 'HACKER_NEWS' as Network,
    capabilities: {
      inbound: { webhook: false, stream: false, poll: true },
      reply: { public: false, private: false },
      edits: { notified: false, detectable: false },
      deletions: { notified: false, detectable: true },
      threadDepth: 1000,
      media: false,
      idempotency: 'none',
      receipts: false,
    },
    configure,
    async check(context) {
      try {
        await search(context, Math.floor(context.now().getTime() / 1000), 0);
        return { ok: true };
      } catch (error) {
        if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
        throw error;
      }
    },

    async *poll(context, cursor): AsyncGenerator<Batch<HackerNewsCursor>> {
      const began = Math.floor(context.now().getTime() / 1000);
      const after = cursor ? cursor.second - OVERLAP_SECONDS : Math.floor(context.since.getTime() / 1000);
      const events: UpsertEvent[] = [];
      let isWhole = false;
      try {
        for (let page = 0; page < MOST_PAGES && !isWhole; page += 1) {
          const { hits, nbPages = 0, nbHits = 0 } = await search(context, after, page);
          events.push(...hits.flatMap(given => hitEvent(given) ?? []));
          // There are never more than ten pages, however many results.
          isWhole = page + 1 >= nbPages && nbHits <= HITS * MOST_PAGES;
          if (hits.length === 0) break;
        }
      } catch (error) {
        if (context.signal.aborted) return;
        throw error;
      }
      const reason = 'Hacker News shows the latest thousand results only.';
      const oldest = events.at(-1)?.occurredAt ?? new Date(after * 1000);
      yield {
        events: events.reverse(),
        cursor: { second: began },
        ...(!isWhole && { gap: { from: new Date(after * 1000), to: oldest, reason } }),
        more: false,
      };
    },

    async refetch(context, ref): Promise<InboundEvent | 'gone'> {
      const found = item.safeParse(await ask(context, `${itemOrigin}/item/${encodeURIComponent(ref.id)}.json`));
      if (!found.success || found.data.deleted || found.data.dead || !found.data.by) return 'gone';
      const { by, time = 0, title, text: words, url, parent } = found.data;
      const given = { objectID: ref.id, created_at_i: time, author: by, title, url, parent_id: parent };
      return hitEvent({ ...given, [parent ? 'comment_text' : 'story_text']: words }) ?? 'gone';
    },
  };
}

function configure(source: SourceDescription): HackerNewsConfig {
  const query = source.query.trim();
  if (source.kind !== 'KEYWORD' || query === '') {
    const message = 'On Hacker News words are followed.';
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  }
  return { query };
}

function hitEvent(given: unknown): UpsertEvent | undefined {
  const found = hit.safeParse(given);
  if (!found.success) return undefined;
  const {
    objectID: id,
    created_at_i: second,
    author,
    title,
    url,
    story_text,
    comment_text,
    parent_id,
    story_id,
  } = found.data;
  const html = comment_text ?? story_text ?? undefined;
  const words = html
    ? convert(html, { wordwrap: false, selectors: [{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } }] })
    : '';
  const said = [title, words, comment_text ? undefined : url].filter(Boolean).join('\n\n');
  if (!said) return undefined;
  return {
    op: 'upsert',
    ref: { id, url: `https://news.ycombinator.com/item?id=${id}` },
    // An edit within the first hours is not told; the words stay those that came first.
    revision: '1',
    kind: 'MENTION' as PostKind,
    author: { id: author, handle: author, url: `https://news.ycombinator.com/user?id=${encodeURIComponent(author)}` },
    own: false,
    ...(parent_id && { parent: { id: String(parent_id) } }),
    ...((story_id || !parent_id) && { root: { id: String(story_id ?? id) } }),
    occurredAt: new Date(second * 1000),
    text: said,
    ...(html && { html }),
    ...(title && { title }),
    media: [],
    auto: false,
    replyability: REFUSES,
  };
}
