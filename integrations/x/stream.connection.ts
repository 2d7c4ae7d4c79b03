import { ETwitterStreamEvent, type TweetStream } from 'twitter-api-v2';
import { z } from 'zod';
import { type ConnectorContext, ConnectorError, type Fault } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';
import { agentFor, libraryFor } from './api.client.js';
import { errorOf, fault } from './api.faults.js';
import { type Dialect, inItsNames } from './api.fields.js';
import { includesShape, problemsShape } from './post.shapes.js';

const PATH = 'tweets/search/stream';
/** X says something at least every 20 seconds. */
const SILENCE_MS = 45_000;

const deliverySchema = z.object({
  data: z.unknown().optional(),
  includes: includesShape,
  matching_rules: z.array(z.object({ id: z.coerce.string() })).catch([]),
});

/** One post as it came down the stream, with the ids of all rules it answers. */
export interface Delivery {
  data: unknown;
  includes: z.infer<typeof includesShape>;
  ruleIds: string[];
}

export interface StreamListener {
  delivered(delivery: Delivery): void;
  /** Called once, when the connection is gone or X says that it ends it. */
  lost(fault: Fault): void;
  /** Something came, be it the heartbeat only. */
  alive(): void;
  unreadable(): void;
}

type StreamContext = Pick<ConnectorContext<XConfig>, 'config' | 'limits' | 'now'>;

/** Opens the one stream an app may have. Throws `ConnectorError` when it is refused. Answers how to close it. */
export async function openStream(
  context: StreamContext,
  options: { origin?: string; dialect: Dialect; signal: AbortSignal },
  listener: StreamListener,
): Promise<() => void> {
  const agent = agentFor(options.origin);
  const stop = () => agent.destroy();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const stream = await inItsNames(options.dialect, PATH, async fields => {
      options.signal.throwIfAborted();
      await context.limits.take(`GET ${PATH}`);
      return connect(
        context,
        libraryFor(context.config.keys, 'app', agent).v2.getStream(PATH, fields, {
          autoConnect: false,
          payloadIsError: (payload: { data?: unknown }) => payload.data === undefined,
        }),
      );
    });
    listenTo(stream, listener);
    return () => {
      stream.destroy();
      stop();
    };
  } catch (error) {
    stop();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
}

async function connect(context: StreamContext, stream: TweetStream): Promise<TweetStream> {
  // The library takes each chunk for whole characters; letters and emoji may lie across two of them.
  stream.on(ETwitterStreamEvent.Connected, () => {
    (stream as unknown as { res: NodeJS.ReadableStream }).res.setEncoding('utf8');
  });
  // An `error` that nobody hears would end the process.
  stream.on(ETwitterStreamEvent.Error, () => {});
  try {
    return await stream.connect({ autoReconnect: false, keepAliveTimeout: SILENCE_MS });
  } catch (error) {
    stream.destroy();
    const { fault: said } = errorOf(error, { what: `GET ${PATH}`, writes: false, now: context.now() });
    // 409: a rule that was just set is not known everywhere yet.
    if (said.code === '409') throw new ConnectorError({ ...said, class: 'transient', retryAt: inSeconds(context, 20) });
    throw new ConnectorError(said);
  }
}

function listenTo(stream: TweetStream, listener: StreamListener): void {
  let isLost = false;
  const lose = (said: Fault) => {
    if (isLost) return;
    isLost = true;
    listener.lost(said);
  };
  stream.on(ETwitterStreamEvent.Data, payload => {
    listener.alive();
    const { data, includes, matching_rules } = deliverySchema.parse(payload);
    listener.delivered({ data, includes, ruleIds: matching_rules.map(({ id }) => id) });
  });
  stream.on(ETwitterStreamEvent.DataKeepAlive, () => listener.alive());
  stream.on(ETwitterStreamEvent.DataError, payload => lose(faultIn(payload)));
  stream.on(ETwitterStreamEvent.TweetParseError, () => listener.unreadable());
  stream.on(ETwitterStreamEvent.ConnectionLost, () => lose(fault('transient', 'The stream of X fell silent.')));
  stream.on(ETwitterStreamEvent.ConnectionError, () => lose(fault('transient', 'X closed the stream.')));
}

/** What X says in the stream before it ends it. */
function faultIn(payload: unknown): Fault {
  const shape = z.object({ errors: problemsShape, connection_issue: z.string().optional().catch(undefined) });
  const { errors, connection_issue } = shape.catch({ errors: [], connection_issue: undefined }).parse(payload);
  const code = connection_issue ?? errors[0]?.disconnect_type;
  const message = errors[0]?.detail ?? errors[0]?.title ?? 'it did not say why';
  const isTaken = /TooManyConnections/i.test(code ?? '');
  return fault(isTaken ? 'rate' : 'transient', `X ended the stream: ${message.slice(0, 300)}`, code);
}

function inSeconds({ now }: StreamContext, seconds: number): Date {
  return new Date(now().getTime() + seconds * 1000);
}
