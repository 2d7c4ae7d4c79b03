import type { PostKind } from '../modules/social/networks.js';
import type { Fault, RenderCode } from './connector.faults.js';

/** One step of reading. Events and cursor are stored in one transaction, so a crash loses nothing and doubles nothing. */
export interface Batch<Cursor> {
  events: InboundEvent[];
  cursor: Cursor;
  /** Known loss: between these moments the network did not give us everything. Recorded and shown, never hidden. */
  gap?: { from: Date; to: Date; reason: string };
  receipts?: Receipt[];
  /** True while the network has more to give at once. */
  more: boolean;
}

/** Ids are strings always: X's have 19 digits, Mastodon's are opaque. */
export interface ExternalRef {
  id: string;
  url?: string;
}

export interface ExternalIdentity {
  /** The network's stable id of this identity, when it has one. Handles change; ids do not. */
  id?: string;
  handle?: string;
  displayName?: string;
  bio?: string;
  url?: string;
  avatarUrl?: string;
  followersCount?: number;
  /** Addresses the network itself vouches for: exact proof for linking. */
  verifiedEmail?: string;
  verifiedPhone?: string;
}

export interface MediaRef {
  /** Where it lies; empty when it came along as `content`. */
  url: string;
  kind: 'image' | 'video' | 'audio' | 'file';
  description?: string;
  /** The thing itself, where the network hands it over: an attachment, a fax. Kept by us, 25 MiB at most. */
  content?: MediaContent;
}

export interface MediaContent {
  bytes: Buffer;
  /** Media type as it was declared. */
  type: string;
  name?: string;
  /** It was too large to be brought along: `bytes` is empty, and people are told so. */
  isTooLarge?: boolean;
  /** Of what was too large: how many bytes it has, where that is known. */
  size?: number;
}

export type InboundEvent = UpsertEvent | DeleteEvent;

export interface UpsertEvent {
  op: 'upsert';
  ref: ExternalRef;
  /** Edit id, version or content hash: the same revision again changes nothing, another one is an edit. */
  revision: string;
  kind: PostKind;
  author: ExternalIdentity;
  /** An echo of something we published ourselves. */
  own: boolean;
  /** What this answers, and the first post of the thread, where the network says so. */
  parent?: ExternalRef & { author?: ExternalIdentity };
  root?: ExternalRef;
  /** What this reposts or quotes. */
  reposted?: ExternalRef & { author?: ExternalIdentity };
  quoted?: ExternalRef & { author?: ExternalIdentity };
  /** Identities the network itself marks as mentioned; handles found in the text are added on the way in. */
  mentions?: ExternalIdentity[];
  occurredAt: Date;
  editedAt?: Date;
  /** Plain text. */
  text: string;
  /** As published; sanitised before it is stored. */
  html?: string;
  title?: string;
  /** BCP 47, when the network says it. */
  language?: string;
  media: MediaRef[];
  /** Written by a machine on somebody's behalf; never answered automatically. */
  auto: boolean;
  replyability?: Replyability;
  /**
   * What the adapter will need to answer this and what is nowhere else in the event: a chat, a subject, a content hash, the visibility.
   * Kept as it is, as JSON of at most 8 KB, and given back as `ParentPost.replyTo`.
   */
  replyTo?: Record<string, unknown>;
  /** For kind CALL: how the call went. Each change of it is another revision. */
  call?: CallDetails;
}

/** Whether the network lets us answer this post, until when, and why not. */
export interface Replyability {
  public: boolean;
  private: boolean;
  until?: Date;
  reason?: RenderCode;
}

export interface CallDetails {
  direction: 'INBOUND' | 'OUTBOUND';
  status: 'RINGING' | 'ANSWERED' | 'COMPLETED' | 'MISSED' | 'BUSY' | 'FAILED' | 'CANCELLED';
  answeredAt?: Date;
  endedAt?: Date;
  /** Of talk, in seconds. */
  durationSeconds?: number;
  recordingUrl?: string;
  /** The extension, queue or agent that took it. */
  agent?: string;
  /** The queue it came by, as the telephone network names it, and since when it was in it. */
  queue?: string;
  queuedAt?: Date;
  /** Of being on hold, in seconds. */
  holdSeconds?: number;
  cause?: string;
}

export interface DeleteEvent {
  op: 'delete';
  ref: ExternalRef;
  occurredAt: Date;
  /** The network requires that the text be removed from our store too. */
  tombstone: boolean;
}

export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  body: Buffer;
}

export type WebhookVerdict =
  /** Answered, and nothing of it kept. */
  | { kind: 'challenge'; status: number; body: string; type?: string; headers?: Record<string, string> }
  | { kind: 'events'; deliveryId?: string; response?: HookResponse }
  | { kind: 'reject'; status: number; reason: string };

/** What the network wants to hear; 200 without a body unless given. */
export interface HookResponse {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

export interface WebhookContent {
  events: InboundEvent[];
  receipts?: Receipt[];
  /** Things of which only the id is told: each is read by `refetch`. */
  notices?: ExternalRef[];
  /** There is something new that only a poll brings. */
  poll?: boolean;
}

/** Where the network calls us. */
export interface Hook {
  url: string;
  /** Ours and the network's alone; the same for as long as the account exists. */
  secret: string;
}

/** What became of a message of ours. They arrive in any order; only a later state replaces an earlier one. */
export interface Receipt {
  ref: ExternalRef;
  state: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  fault?: Fault;
}
