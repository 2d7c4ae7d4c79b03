import { z } from 'zod';

export const POST_COLLECTION = 'app.bsky.feed.post';

/** Which of the two wire protocols a Jetstream server speaks: 1 is `/subscribe`, 2 is `subscribeEvents`. */
export type JetstreamVersion = 1 | 2;

/** One event of the stream, the same for both protocols. `timeUs` is when the server saw it, in microseconds since 1970. */
export interface JetstreamEvent {
  type: 'commit' | 'identity' | 'account' | 'sync';
  did: string;
  timeUs: number;
  /** The server's own sequence number; protocol 2 only. */
  seq?: number;
  /** Tells this event from others at the same position. */
  key: string;
  commit?: Commit;
  handle?: string;
}

export interface Commit {
  operation: 'create' | 'update' | 'delete';
  collection: string;
  rkey: string;
  cid?: string;
  record?: unknown;
}

export type Frame =
  | { type: 'event'; event: JetstreamEvent }
  /** A notice by the server (`OutdatedCursor`, `FutureCursor`); it has no position in the stream. */
  | { type: 'notice'; name: string; message: string }
  /** The last frame of a stream that the server gives up. */
  | { type: 'error'; name: string; message: string }
  | { type: 'malformed'; reason: string };

const commitShape = {
  operation: z.enum(['create', 'update', 'delete']),
  collection: z.string().min(1).max(317),
  rkey: z.string().min(1).max(512),
  rev: z.string().max(64).optional(),
  cid: z.string().max(256).optional(),
  record: z.unknown().optional(),
};

const did = z.string().regex(/^did:[a-z]+:[A-Za-z0-9._:%-]{1,250}$/);
const identity = z.object({ handle: z.string().max(253).optional(), seq: z.number().optional() });

const lineOfVersion1 = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('commit'), did, time_us: z.int().positive(), commit: z.object(commitShape) }),
  z.object({ kind: z.literal('identity'), did, time_us: z.int().positive(), identity: identity.optional() }),
  z.object({ kind: z.literal('account'), did, time_us: z.int().positive() }),
]);

const numbered = { did, seq: z.int().positive(), time: z.iso.datetime({ offset: true }) };
const payloadOfVersion2 = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('commit'), ...numbered, ...commitShape }),
  z.object({ kind: z.literal('identity'), ...numbered, identity: identity.optional() }),
  z.object({ kind: z.literal('account'), ...numbered }),
  z.object({ kind: z.literal('sync'), ...numbered }),
]);
const notice = z.object({ name: z.string().max(64), message: z.string().max(2000).default('') });
const errorFrame = z.object({ error: z.string().max(64), message: z.string().max(2000).default('') });

/** Reads one WebSocket text frame. Never throws: what cannot be read is `malformed`, with the reason. */
export function readFrame(text: string, version: JetstreamVersion): Frame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { type: 'malformed', reason: 'not JSON' };
  }
  return version === 1 ? readVersion1(value) : readVersion2(value);
}

function readVersion1(value: unknown): Frame {
  const parsed = lineOfVersion1.safeParse(value);
  if (!parsed.success) return malformed(parsed.error);
  const line = parsed.data;
  const base = { did: line.did, timeUs: line.time_us };
  if (line.kind === 'commit') {
    return {
      type: 'event',
      event: { ...base, type: 'commit', key: commitKey(line.did, line.commit), commit: line.commit },
    };
  }
  const handle = line.kind === 'identity' ? line.identity?.handle : undefined;
  return { type: 'event', event: { ...base, type: line.kind, key: `${line.kind} ${line.did}`, handle } };
}

function readVersion2(value: unknown): Frame {
  const outer = value as { $type?: unknown; payload?: { $type?: unknown } } | null;
  if (outer?.$type === 'error') {
    const parsed = errorFrame.safeParse(value);
    return parsed.success
      ? { type: 'error', name: parsed.data.error, message: parsed.data.message }
      : malformed(parsed.error);
  }
  const payload = outer?.payload;
  if (outer?.$type !== 'message' || typeof payload?.$type !== 'string') {
    return { type: 'malformed', reason: 'neither a message nor an error' };
  }
  const kind = payload.$type.slice(payload.$type.lastIndexOf('#') + 1);
  if (kind === 'info') {
    const parsed = notice.safeParse(payload);
    return parsed.success ? { type: 'notice', ...parsed.data } : malformed(parsed.error);
  }
  const parsed = payloadOfVersion2.safeParse({ ...payload, kind });
  if (!parsed.success) return malformed(parsed.error);
  const message = parsed.data;
  const base = { did: message.did, timeUs: microseconds(message.time), seq: message.seq };
  if (message.kind === 'commit') {
    return { type: 'event', event: { ...base, type: 'commit', key: commitKey(message.did, message), commit: message } };
  }
  const handle = message.kind === 'identity' ? message.identity?.handle : undefined;
  return { type: 'event', event: { ...base, type: message.kind, key: `${message.kind} ${message.did}`, handle } };
}

function commitKey(did: string, commit: Commit & { rev?: string }): string {
  return `${did}/${commit.collection}/${commit.rkey}@${commit.rev ?? commit.cid ?? commit.operation}`;
}

/** `Date` keeps milliseconds only, the stream's times have microseconds. */
function microseconds(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const belowMilliseconds = Number(fraction.slice(3, 6).padEnd(3, '0'));
  return Date.parse(time) * 1000 + belowMilliseconds;
}

function malformed(error: z.ZodError): Frame {
  const issue = error.issues[0];
  return { type: 'malformed', reason: `${issue?.path.join('.') || 'frame'}: ${issue?.message ?? 'unreadable'}` };
}
