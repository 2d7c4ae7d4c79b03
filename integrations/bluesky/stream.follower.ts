import { type Batch, type ConnectorContext, ConnectorError, type InboundEvent } from '../../src/ingest/connector.js';
import type { AppView } from './appview.client.js';
import { connectJetstream, type JetstreamConnection } from './jetstream.client.js';
import type { JetstreamVersion } from './jetstream.frames.js';
import type { Followed } from './post.event.js';
import type { JetstreamCursor } from './stream.cursor.js';
import { type StreamReader, streamReader } from './stream.reader.js';

/** A matching post waits at most this long for others to share its batch. */
const FLUSH_AFTER_MS = 250;
const LARGEST_BATCH = 100;
/** While nothing matches, the position is still handed over this often, so that resuming is cheap. */
const IDLE_BATCH_AFTER_MS = 3000;

export interface FollowOptions {
  addresses: readonly string[];
  version: JetstreamVersion;
  view: AppView | undefined;
  lookBackHours: number;
  rememberedPosts: number;
  followed(): Promise<Followed>;
}

/** Follows the public stream until the signal aborts. Throws `ConnectorError` when the connection is lost. */
export async function* followStream(
  context: ConnectorContext<unknown>,
  options: FollowOptions,
  cursor: JetstreamCursor | null,
): AsyncGenerator<Batch<JetstreamCursor>> {
  const { addresses, version, view, lookBackHours, rememberedPosts } = options;
  let connection: JetstreamConnection | undefined;
  try {
    const followed = await options.followed();
    connection = await connectJetstream({ addresses, version, cursor, signal: context.signal });
    const { host, start } = connection;
    context.log.info({ host, start }, 'Bluesky stream open');
    const reader = streamReader({
      followed,
      version,
      host,
      start,
      cursor,
      lookBackHours,
      now: context.now(),
      rememberedPosts,
      onAccountChange: did => view?.forget(did),
    });
    yield* batches(context, connection, reader, view);
  } catch (error) {
    // Whatever failed because we were told to stop is no failure.
    if (!context.signal.aborted) throw error;
  } finally {
    connection?.close();
  }
}

async function* batches(
  context: ConnectorContext<unknown>,
  connection: JetstreamConnection,
  reader: StreamReader,
  view: AppView | undefined,
): AsyncGenerator<Batch<JetstreamCursor>> {
  let events: InboundEvent[] = [];
  // The first batch is due at once: from then on a restart has a position, even if nothing ever happened.
  let dueAt = performance.now();
  while (!context.signal.aborted) {
    // Looked at before the frames, so that none that came before the end is left behind.
    const failure = connection.failure();
    let more = false;
    for (let frame = connection.next(); frame !== undefined; frame = connection.next()) {
      const event = reader.read(frame);
      if (event && events.push(event) === 1) dueAt = Math.min(dueAt, performance.now() + FLUSH_AFTER_MS);
      more = events.length >= LARGEST_BATCH;
      if (more) break;
    }
    const hasEnded = failure !== undefined && !more;
    // Asking again from the cursor would bring the same frame, for ever.
    if (hasEnded && failure.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
      reader.skipTo(context.now(), 'An event was too large to be received');
    }
    const isDue = more || hasEnded || performance.now() >= dueAt;
    if (isDue && (events.length > 0 || reader.hasMoved())) {
      warnOfSkipped(context, connection, reader);
      await view?.describeAuthors(events, context.signal, problem => {
        context.log.warn({ problem }, 'Bluesky profiles could not be read; authors are known by DID for now');
      });
      if (context.signal.aborted) return;
      const gap = reader.takeGap();
      yield { events, cursor: reader.cursor(), ...(gap && { gap }), more };
      events = [];
    }
    if (isDue) dueAt = performance.now() + IDLE_BATCH_AFTER_MS;
    if (hasEnded) throw new ConnectorError(failure);
    if (!more) await connection.wait(dueAt - performance.now());
  }
}

function warnOfSkipped(
  context: ConnectorContext<unknown>,
  connection: JetstreamConnection,
  reader: StreamReader,
): void {
  const malformed = reader.takeMalformed();
  if (malformed) context.log.warn(malformed, 'Bluesky events that could not be read were skipped');
  const oversized = connection.takeOversized();
  if (oversized > 0) context.log.warn({ count: oversized }, 'Bluesky events beyond 1 MiB were skipped');
}
