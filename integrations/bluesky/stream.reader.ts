import {
  type Batch,
  ConnectorError,
  type DeleteEvent,
  type InboundEvent,
  type PostKind,
} from '../../src/ingest/connector.js';
import type { Start } from './jetstream.client.js';
import { type JetstreamEvent, type JetstreamVersion, POST_COLLECTION, readFrame } from './jetstream.frames.js';
import { type Followed, kindFor, toUpsert } from './post.event.js';
import { parsePostUri, postUri, readPostRecord } from './post.record.js';
import { HandedOver, isAtCursor, type JetstreamCursor } from './stream.cursor.js';
import { fault } from './xrpc.faults.js';

type Gap = NonNullable<Batch<JetstreamCursor>['gap']>;

export interface ReaderOptions {
  followed: Followed;
  version: JetstreamVersion;
  host: string;
  start: Start;
  cursor: JetstreamCursor | null;
  now: Date;
  /** How far back the server keeps events; protocol 1 does not tell when a cursor is older. */
  lookBackHours: number;
  rememberedPosts: number;
  onAccountChange(did: string): void;
}

/** Turns frames into events and keeps the position. No sockets and no clock: the same frames give the same events. */
export interface StreamReader {
  /** What this frame is to the source, if anything. Throws `ConnectorError` when the server gives the stream up. */
  read(frame: string): InboundEvent | undefined;
  cursor(): JetstreamCursor;
  /** Frames read since the cursor was last taken count as movement. */
  hasMoved(): boolean;
  takeGap(): Gap | undefined;
  /** Frames that could not be read since last asked, and what was wrong with the first. */
  takeMalformed(): { count: number; reason: string } | undefined;
  /** Leaves everything up to `now` behind, as a gap, because the next frame cannot be received at all. */
  skipTo(now: Date, reason: string): void;
}

/** On a quiet network nothing may happen for a while; a jump longer than this without the cursor's own event is a loss. */
const LONGEST_SILENCE_US = 60_000_000;
const HOUR_US = 3_600_000_000;

export function streamReader(options: ReaderOptions): StreamReader {
  const { followed, version, cursor: from } = options;
  const handedOver = new HandedOver(from?.handedOver ?? '', options.rememberedPosts);
  const startUs = options.now.getTime() * 1000;
  let position: Omit<JetstreamCursor, 'handedOver'> =
    from && options.start !== 'liveAfterLoss'
      ? { host: from.host, timeUs: from.timeUs, seq: from.seq, key: from.key }
      : { host: options.host, timeUs: startUs };
  let moved = from === null || options.start === 'liveAfterLoss';
  let gap: Gap | undefined;
  let lossReason =
    options.start === 'resumedAfterLoss' ? 'The server no longer keeps events since the cursor' : undefined;
  let isFirst = true;
  let malformed: { count: number; reason: string } | undefined;

  if (from && options.start === 'liveAfterLoss') {
    gap = gapBetween(from.timeUs, startUs, 'The server no longer keeps events since the cursor and went on live');
  }

  function skip(reason: string): undefined {
    malformed = { count: (malformed?.count ?? 0) + 1, reason: malformed?.reason ?? reason };
  }

  function noteLoss(event: JetstreamEvent): void {
    isFirst = false;
    if (!from || options.start === 'liveAfterLoss' || event.timeUs <= from.timeUs) return;
    // Protocol 2 says so itself; protocol 1 silently goes on from what it still has.
    const isPastLookBack = version === 1 && startUs - from.timeUs > options.lookBackHours * HOUR_US;
    const isJump = version === 1 && from.key !== undefined && event.timeUs - from.timeUs > LONGEST_SILENCE_US;
    if (isPastLookBack) {
      lossReason ??= `The server keeps ${options.lookBackHours} hours and went on from its oldest event`;
    } else if (isJump) {
      lossReason ??= 'The server went on later than the cursor';
    }
    if (lossReason) gap = gapBetween(from.timeUs, event.timeUs, lossReason);
  }

  function readCommit(event: JetstreamEvent): InboundEvent | undefined {
    const { commit, did } = event;
    if (commit?.collection !== POST_COLLECTION) return undefined;
    const uri = postUri({ did, rkey: commit.rkey });
    if (!parsePostUri(uri)) return skip('commit.rkey: not a record key');
    const seenAt = new Date(event.timeUs / 1000);
    if (commit.operation === 'delete') {
      if (!handedOver.has(uri)) return undefined;
      handedOver.remove(uri);
      return { op: 'delete', ref: { id: uri }, occurredAt: seenAt, tombstone: true } satisfies DeleteEvent;
    }
    const record = readPostRecord(commit.record);
    if (!record || !commit.cid) return skip('commit.record: not a post');
    const isKnown = commit.operation === 'update' && handedOver.has(uri);
    const kind = kindFor(followed, record, did) ?? (isKnown ? ('MENTION' as PostKind) : undefined);
    if (!kind) return undefined;
    handedOver.add(uri);
    const edited = commit.operation === 'update';
    return toUpsert({ did, rkey: commit.rkey, cid: commit.cid, record, seenAt, edited }, kind, followed);
  }

  return {
    read(text) {
      const frame = readFrame(text, version);
      if (frame.type === 'malformed') return skip(frame.reason);
      if (frame.type === 'notice') {
        if (frame.name === 'OutdatedCursor' || frame.name === 'FutureCursor') lossReason = frame.message || frame.name;
        return undefined;
      }
      if (frame.type === 'error') {
        throw new ConnectorError(fault('transient', `${options.host}: ${frame.message || frame.name}`, frame.name));
      }
      const { event } = frame;
      if (isFirst) noteLoss(event);
      position = { host: options.host, timeUs: event.timeUs, seq: event.seq, key: event.key };
      if (from && isAtCursor(event, from)) return undefined;
      moved = true;
      if (event.type === 'identity' || event.type === 'account') options.onAccountChange(event.did);
      return event.type === 'commit' ? readCommit(event) : undefined;
    },
    cursor() {
      moved = false;
      return { ...position, handedOver: handedOver.toString() };
    },
    hasMoved: () => moved || gap !== undefined,
    takeGap() {
      const taken = gap;
      gap = undefined;
      return taken;
    },
    takeMalformed() {
      const taken = malformed;
      malformed = undefined;
      return taken;
    },
    skipTo(now, reason) {
      gap = gapBetween(gap ? gap.from.getTime() * 1000 : position.timeUs, now.getTime() * 1000, reason);
      position = { host: options.host, timeUs: now.getTime() * 1000 };
    },
  };
}

function gapBetween(fromUs: number, toUs: number, reason: string): Gap {
  return { from: new Date(fromUs / 1000), to: new Date(Math.max(fromUs, toUs) / 1000), reason };
}
