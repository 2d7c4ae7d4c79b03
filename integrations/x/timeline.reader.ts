import type { Batch, ConnectorContext, InboundEvent } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';
import type { XClient } from './api.client.js';
import { type Dialect, inItsNames } from './api.fields.js';
import { paying } from './api.prices.js';
import { idAt, timeOf, toUpsert, type Viewer } from './post.event.js';
import { type Page, pageShape, postShape } from './post.shapes.js';

/** Everything up to `sinceId` was read. `open`: pages run from the newest to the oldest, and this is how far they came. */
export interface XCursor {
  sinceId?: string;
  /** The followed account, once its handle was looked up. */
  userId?: string;
  open?: { newestId: string; untilId: string; read: number };
}

interface ReaderOptions {
  client: XClient;
  viewer: Viewer;
  dialect: Dialect;
}

/** How many posts are asked for at once; what they may cost is set aside before. */
const PAGE = 50;
/** X shows no more than the last 800 mentions. */
const MENTIONS_KEPT = 800;
const DAY_MS = 86_400_000;
/** Less than the seven days that recent search reaches back, for clocks that differ. */
const SEARCH_REACH_MS = 7 * DAY_MS - 60_000;

/**
 * Reads what is new, page by page from the newest to the oldest; each page is handed over by itself, oldest first, with how
 * far it came, so that nothing is paid for twice after a crash. The first reading of a search brings one page only.
 */
export async function* readTimeline(
  context: ConnectorContext<XConfig>,
  given: XCursor | null,
  options: ReaderOptions,
): AsyncGenerator<Batch<XCursor>> {
  const { follows } = context.config;
  const isSearch = follows.kind === 'KEYWORD';
  const reach = isSearch ? new Date(context.now().getTime() - SEARCH_REACH_MS) : undefined;
  let cursor: XCursor = given ?? {};
  if (options.viewer.followedId) cursor = { ...cursor, userId: options.viewer.followedId };
  while (!context.signal.aborted) {
    const isTooOld = reach !== undefined && cursor.sinceId !== undefined && timeOf(cursor.sinceId) < reach;
    const page = await readPage(context, cursor, { ...options, startTime: isTooOld ? reach : undefined });
    const events = eventsIn(page, options.viewer, context);
    const ids = idsIn(page);
    const read = (cursor.open?.read ?? 0) + page.data.length;
    const oldest = ids.reduce<string | undefined>((one, id) => (one && isBefore(one, id) ? one : id), undefined);
    const newestId = newest(cursor.open?.newestId, ...ids);
    const isFirst = cursor.sinceId === undefined;
    const hasMore = page.meta.next_token !== undefined && oldest !== undefined && !(isSearch && isFirst);
    const from = cursor.sinceId ? timeOf(cursor.sinceId) : undefined;
    const gap =
      from && isTooOld && !cursor.open
        ? { from, to: reach, reason: 'X searches the last seven days only' }
        : from && !isSearch && !hasMore && read >= MENTIONS_KEPT && oldest
          ? { from, to: timeOf(oldest), reason: 'X keeps the last 800 mentions only' }
          : undefined;
    const { open: _, ...place } = cursor;
    cursor =
      hasMore && newestId
        ? { ...place, open: { newestId, untilId: oldest, read } }
        : { ...place, ...(newestId && { sinceId: newest(cursor.sinceId, newestId)! }) };
    yield { events, cursor, ...(gap && { gap }), more: hasMore };
    if (!hasMore) return;
  }
}

async function readPage(
  context: ConnectorContext<XConfig>,
  cursor: XCursor,
  { client, viewer, dialect, startTime }: ReaderOptions & { startTime: Date | undefined },
): Promise<Page> {
  const { follows } = context.config;
  const isSearch = follows.kind === 'KEYWORD';
  const path = isSearch ? 'tweets/search/recent' : 'users/:id/mentions';
  const place = {
    max_results: PAGE,
    ...(startTime ? { start_time: startTime.toISOString() } : { since_id: cursor.sinceId }),
    until_id: cursor.open?.untilId,
  };
  const question = isSearch
    ? { path, query: { ...place, query: follows.query } }
    : { path, query: place, params: { id: viewer.followedId! } };
  const unit = !isSearch && viewer.followedId === viewer.userId ? 'ownPost' : 'post';
  return paying(context, { [unit]: PAGE, user: PAGE }, async () => {
    const page = await inItsNames(dialect, path, fields =>
      client.ask('get', { ...question, query: { ...question.query, ...fields } }, pageShape),
    );
    return { result: page, spent: { [unit]: page.data.length, user: page.includes.users.size } };
  });
}

/** The posts of a page, oldest first. One that cannot be read is left out and told of. */
export function eventsIn(page: Page, viewer: Viewer, { log }: Pick<ConnectorContext<XConfig>, 'log'>): InboundEvent[] {
  const events = page.data.flatMap(each => {
    const post = postShape.safeParse(each).data;
    return (post && toUpsert(post, page.includes, viewer)) ?? [];
  });
  const skipped = page.data.length - events.length;
  if (skipped > 0) log.warn({ count: skipped }, 'posts of X that could not be read were skipped');
  return events.sort((one, other) => compareIds(one.revision, other.revision));
}

function idsIn(page: Page): string[] {
  return page.data.flatMap(each => postShape.safeParse(each).data?.id ?? []);
}

/** Ids are numbers of up to 19 digits: the longer one is the larger one. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

const isBefore = (one: string, other: string): boolean => compareIds(one, other) < 0;

export function newest(...ids: (string | undefined)[]): string | undefined {
  return ids
    .filter(id => id !== undefined)
    .sort(compareIds)
    .at(-1);
}

/** Some time before an id: the stream gives posts out of order, up to seconds apart. */
export function shortlyBefore(id: string, ms: number): string {
  return idAt(new Date(timeOf(id).getTime() - ms));
}
