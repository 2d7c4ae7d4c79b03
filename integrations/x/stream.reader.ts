import { type Batch, type ConnectorContext, ConnectorError } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';
import { PRICES } from './api.prices.js';
import type { Viewer } from './post.event.js';
import { type Page, postShape } from './post.shapes.js';
import type { Delivery } from './stream.connection.js';
import type { StreamHub, Subscription } from './stream.hub.js';
import { ruleOf } from './stream.rules.js';
import { eventsIn, newest, readTimeline, shortlyBefore, type XCursor } from './timeline.reader.js';

/** A post waits at most this long for others to share its batch. */
const FLUSH_AFTER_MS = 250;
const LARGEST_BATCH = 100;
const IDLE_BATCH_AFTER_MS = 10_000;
/** The stream gives posts out of order; so much is read again after an interruption. */
const OVERLAP_MS = 60_000;
/** Posts are paid for in lots of so many: the budget is asked before the next lot comes. */
const LOT = 100;

interface StreamOptions {
  hub: StreamHub;
  viewer: Viewer;
  reader: Parameters<typeof readTimeline>[2];
}

/** Follows a search. The stream is open before what was missed is read by search, so that nothing falls between the two. */
export async function* readStream(
  context: ConnectorContext<XConfig>,
  given: XCursor | null,
  { hub, viewer, reader }: StreamOptions,
): AsyncGenerator<Batch<XCursor>> {
  const { follows } = context.config;
  if (follows.kind !== 'KEYWORD') return;
  const subscription = await hub.join(context, ruleOf(follows.query));
  try {
    let cursor: XCursor = given ?? {};
    if (cursor.sinceId) {
      const from = { ...cursor, ...(!cursor.open && { sinceId: shortlyBefore(cursor.sinceId, OVERLAP_MS) }) };
      for await (const batch of readTimeline(context, from, reader)) {
        cursor = { ...batch.cursor, sinceId: newest(cursor.sinceId, batch.cursor.sinceId)! };
        yield { ...batch, cursor };
      }
    }
    yield* live(context, cursor, subscription, viewer);
  } finally {
    subscription.leave();
  }
}

async function* live(
  context: ConnectorContext<XConfig>,
  given: XCursor,
  subscription: Subscription,
  viewer: Viewer,
): AsyncGenerator<Batch<XCursor>> {
  const paid = await openTab(context);
  let cursor = given;
  try {
    // From the first batch on a restart has a position, even if nothing ever happened.
    yield { events: [], cursor, more: false };
    while (!context.signal.aborted) {
      await subscription.wait(IDLE_BATCH_AFTER_MS, context.signal);
      // Looked at before what came, so that nothing that came before the end is left behind.
      const failure = subscription.failure();
      if (!failure) await pause(FLUSH_AFTER_MS, context.signal);
      const all = subscription.take();
      if (context.signal.aborted && all.length === 0) return;
      const skipped = subscription.skipped();
      if (skipped > 0)
        context.log.warn({ count: skipped }, 'lines of the stream of X that could not be read were skipped');
      for (let at = 0; at < all.length || (at === 0 && !failure); at += LARGEST_BATCH) {
        const some = all.slice(at, at + LARGEST_BATCH);
        paid.count(some.length);
        const page = pageOf(some);
        const ids = page.data.map(each => postShape.safeParse(each).data?.id);
        const sinceId = newest(cursor.sinceId, ...ids);
        cursor = { ...cursor, ...(sinceId && { sinceId }) };
        yield { events: eventsIn(page, viewer, context), cursor, more: at + LARGEST_BATCH < all.length };
        await paid.renew();
      }
      if (failure) throw new ConnectorError(failure);
    }
  } finally {
    await paid.close();
  }
}

function pageOf(deliveries: Delivery[]): Page {
  const joined = { users: new Map(), posts: new Map(), media: new Map() };
  for (const { includes } of deliveries) {
    for (const [id, user] of includes.users) joined.users.set(id, user);
    for (const [id, post] of includes.posts) joined.posts.set(id, post);
    for (const [key, media] of includes.media) joined.media.set(key, media);
  }
  return { data: deliveries.map(({ data }) => data), includes: joined, errors: [], meta: { next_token: undefined } };
}

/** What the stream brings is paid for as it comes, so the next lot is always set aside before. */
async function openTab({ costs }: Pick<ConnectorContext<XConfig>, 'costs'>) {
  const lot = () => costs.reserve({ unit: 'post', most: LOT, microsEach: PRICES.post });
  let reserved: Awaited<ReturnType<typeof lot>> | null = await lot();
  let used = 0;
  return {
    count(posts: number): void {
      used += posts;
    },
    async renew(): Promise<void> {
      if (used < LOT) return;
      await reserved?.settle(used);
      [reserved, used] = [null, 0];
      reserved = await lot();
    },
    close: async () => reserved?.settle(used),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
