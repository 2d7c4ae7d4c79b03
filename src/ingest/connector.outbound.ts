import type { PostKind } from '../modules/social/networks.js';
import type { Fault, RenderCode } from './connector.faults.js';
import type { ExternalIdentity, ExternalRef, MediaContent, MediaRef, Replyability } from './connector.inbound.js';

export interface Draft {
  text: string;
  visibility: 'public' | 'private';
  /** BCP 47. */
  language?: string;
  media?: { kind: MediaRef['kind']; type: string; bytes: number; description?: string }[];
  subject?: string;
}

/** The post that is answered, as we have it. */
export interface ParentPost {
  ref: ExternalRef;
  kind: PostKind;
  author: ExternalIdentity;
  own: boolean;
  text: string;
  title?: string;
  language?: string;
  occurredAt: Date;
  /** The first post of the conversation. */
  root?: ExternalRef;
  mentions?: ExternalIdentity[];
  replyability?: Replyability;
  replyTo?: Record<string, unknown>;
}

export interface Rendered {
  /** As people will read it on the network. */
  text: string;
  /** Length in the unit of `capabilities.textLimit`. */
  length: number;
  /** JSON; kept with the message until it is sent. */
  payload: unknown;
  notes?: RenderNote[];
}

/** Something the sender should know before it is sent. Each code has its words in every language. */
export interface RenderNote {
  code: RenderCode;
  parameters?: Record<string, string | number>;
}

/** A `Fault` that `render` answers, with numbers for its words: `{ length, max }`. */
export interface RenderFault extends Fault {
  code: RenderCode;
  parameters?: Record<string, string | number>;
}

export interface SendCommand {
  /** UUID version 7, fixed before the first attempt: the same message has the same key for ever. */
  key: string;
  kind: 'reply' | 'message' | 'call';
  visibility: 'public' | 'private';
  parent: ParentPost | null;
  recipient?: ExternalIdentity;
  rendered: Rendered;
  media: (MediaContent & { kind: MediaRef['kind']; description?: string })[];
  /** When it was first tried; `findSent` need not look before. */
  firstTriedAt: Date;
  /** A machine wrote it: a channel that can say so does, so that no machine answers it. */
  auto?: boolean;
  /** For a call: whose phone rings first. */
  agent?: string;
}

export interface Sent {
  ref: ExternalRef;
  /** As in `UpsertEvent`: what it takes to answer this one. */
  replyTo?: Record<string, unknown>;
}

/** `queued`: the network has it, and receipts will tell the rest. */
export type SendResult =
  | ({ state: 'sent' | 'queued' } & Sent)
  | { state: 'unknown' }
  | { state: 'failed'; fault: Fault };

/** A network's clock is not ours. */
const CLOCK_SKEW_MS = 60_000;

/** From when on a message may be the one that `command` sent, in milliseconds since 1970: for `findSent` by words and time. */
export const triedSince = ({ firstTriedAt }: Pick<SendCommand, 'firstTriedAt'>): number =>
  firstTriedAt.getTime() - CLOCK_SKEW_MS;
