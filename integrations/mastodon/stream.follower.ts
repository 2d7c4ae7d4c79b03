import { once } from 'node:events';
import { type Batch, type ConnectorContext, ConnectorError, type InboundEvent } from '../../src/ingest/connector.js';
import { type InstanceClient } from './instance.client.js';
import type { Followed, MastodonConfig } from './source.config.js';
import type { View } from './status.event.js';
import { openStream, type StreamConnection } from './stream.client.js';
import { readFrame } from './stream.frames.js';
import { type MastodonCursor, newestId, readTimeline, viewOf } from './timeline.reader.js';

/** An event waits at most this long for others to share its batch. */
const FLUSH_AFTER_MS = 250;
const LARGEST_BATCH = 100;
const IDLE_MS = 3000;

/**
 * Follows the account's or the hashtags' stream. It has no memory: what came since the cursor is read by pages once the stream is
 * open, so that nothing falls between the two.
 */
export async function* followStream(
  context: ConnectorContext<MastodonConfig>,
  client: InstanceClient,
  cursor: MastodonCursor | null,
  { allowPrivateAddresses }: { allowPrivateAddresses: boolean },
): AsyncGenerator<Batch<MastodonCursor>> {
  const { config, signal } = context;
  const subscriptions = subscriptionsOf(config);
  if (!config.accessToken || !isStreamed(config)) {
    if (!signal.aborted) await once(signal, 'abort');
    return;
  }
  let connection: StreamConnection | undefined;
  try {
    const view = await viewOf(context, client);
    const { streamingUrl: url } = await client.describe();
    connection = await openStream({
      url,
      accessToken: config.accessToken,
      subscriptions,
      allowPrivateAddresses,
      signal,
    });
    context.log.info({ instance: config.instance }, 'Mastodon stream open');
    let minId = cursor?.minId;
    if (minId !== undefined && config.kind === 'ACCOUNT') {
      for await (const batch of readTimeline(context, client, view, { minId })) {
        minId = batch.cursor.minId;
        if (batch.events.length > 0) yield batch;
      }
    }
    minId ??= config.kind === 'ACCOUNT' ? await newestId(client) : '0';
    yield* batches(context, connection, view, minId);
  } catch (error) {
    // Whatever failed because we were told to stop is no failure.
    if (!signal.aborted) throw error;
  } finally {
    connection?.close();
  }
}

/** Instances stream to accounts only, and no search at all: there it is the poll that reads. */
export const isStreamed = (config: MastodonConfig): boolean =>
  config.accessToken !== undefined && subscriptionsOf(config).length > 0;

function subscriptionsOf(followed: Followed): Record<string, string>[] {
  if (followed.kind === 'ACCOUNT') return [{ stream: 'user' }];
  if (followed.kind === 'WORDS') return [];
  return [followed.query.first, ...followed.query.any].map(tag => ({ stream: 'hashtag', tag }));
}

async function* batches(
  context: ConnectorContext<MastodonConfig>,
  connection: StreamConnection,
  view: View,
  begin: string,
): AsyncGenerator<Batch<MastodonCursor>> {
  const { config, signal } = context;
  let minId = begin;
  let events: InboundEvent[] = [];
  let unreadable = 0;
  let hasMoved = true;
  let dueAt = performance.now();
  while (!signal.aborted) {
    // Looked at before the frames, so that none that came before the end is left behind.
    const failure = connection.failure();
    let more = false;
    for (let text = connection.next(); text !== undefined; text = connection.next()) {
      const { event, notificationId, isUnreadable } = readFrame(text, config, view, context.now());
      if (isUnreadable) unreadable += 1;
      if (notificationId) {
        minId = notificationId;
        hasMoved = true;
      }
      if (event && events.push(event) === 1) dueAt = Math.min(dueAt, performance.now() + FLUSH_AFTER_MS);
      more = events.length >= LARGEST_BATCH;
      if (more) break;
    }
    const hasEnded = failure !== undefined && !more;
    const isDue = more || hasEnded || performance.now() >= dueAt;
    if (isDue && (events.length > 0 || hasMoved)) {
      if (unreadable > 0) context.log.warn({ unreadable }, 'Mastodon events that could not be read were skipped');
      yield { events, cursor: { minId }, more };
      events = [];
      unreadable = 0;
      hasMoved = false;
    }
    if (isDue) dueAt = performance.now() + IDLE_MS;
    if (hasEnded) throw new ConnectorError(failure);
    if (!more) await connection.wait(dueAt - performance.now());
  }
}
