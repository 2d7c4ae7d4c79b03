import { Network, PostKind } from '../modules/social/networks.js';

export { Network, PostKind };

/**
 * The port every channel implements. An adapter translates a network's words into these shapes and nothing else: it keeps
 * no state of its own, writes nothing to the database, and is told all it needs through its context.
 *
 * Delivery is at least once: an adapter may hand over the same event again, and the same batch after a crash. What is
 * stored is exactly once, by (organisation, network, external id) and `revision`.
 */
export interface Connector<Config = unknown, Cursor = unknown> {
  /** Folder name under `integrations/`, stored with a source. */
  readonly kind: string;
  /** Raised when the shape of the stored cursor changes; an older cursor is then passed to `migrateCursor`. */
  readonly version: number;
  readonly network: Network;
  readonly capabilities: Capabilities;

  /** Turns a source as a person wrote it into this adapter's configuration. Throws `ConnectorError` of class `invalid`. */
  configure(source: SourceDescription): Config;
  /** One cheap round trip: may we read, and as whom? Never throws; a problem is an answer. */
  check(context: ConnectorContext<Config>): Promise<CheckResult>;
  migrateCursor?(cursor: unknown, fromVersion: number): Cursor | null;

  /** Reads what is new since `cursor`, oldest first, until the network has no more or the signal aborts. */
  poll?(context: ConnectorContext<Config>, cursor: Cursor | null): AsyncIterable<Batch<Cursor>>;
  /** Follows a stream until the signal aborts; throws `ConnectorError` when the connection is lost. */
  listen?(context: ConnectorContext<Config>, cursor: Cursor | null): AsyncIterable<Batch<Cursor>>;

  verifyWebhook?(context: ConnectorContext<Config>, request: RawRequest): WebhookVerdict;
  /** Pure: the stored raw body can be parsed again at any time. */
  parseWebhook?(context: ConnectorContext<Config>, request: RawRequest): InboundEvent[];
  /** Reads one thing again: after an edit, a deletion, or a webhook that carries ids only. */
  refetch?(context: ConnectorContext<Config>, ref: ExternalRef): Promise<InboundEvent | 'gone'>;

  /** What would be sent, by the network's rules, or why it would be refused. Pure. */
  render?(context: ConnectorContext<Config>, draft: Draft, parent: ExternalRef | null): Rendered | Fault;
  send?(context: ConnectorContext<Config>, command: SendCommand): Promise<SendResult>;
  /** Looks for a message whose sending ended in `unknown`, by the command's key, reference or text. */
  findSent?(context: ConnectorContext<Config>, command: SendCommand): Promise<ExternalRef | null>;
  delete?(context: ConnectorContext<Config>, ref: ExternalRef): Promise<void>;
}

export interface SourceDescription {
  /** What is followed: an account, a keyword search, a feed. */
  kind: 'ACCOUNT' | 'KEYWORD' | 'FEED';
  /** The account's handle or id, the words searched for, or the feed's address. */
  query: string;
  /** The account's own credentials, already decrypted; absent for keyless reading. */
  credentials?: Record<string, string>;
  settings?: Record<string, unknown>;
}

export interface ConnectorContext<Config> {
  config: Config;
  signal: AbortSignal;
  log: ConnectorLog;
  now(): Date;
}

export interface ConnectorLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface Capabilities {
  inbound: { webhook: boolean; stream: boolean; poll: boolean };
  reply: { public: boolean; private: boolean; onlyIfSummoned?: boolean; windowHours?: number };
  edits: { notified: boolean; detectable: boolean };
  deletions: { notified: boolean; detectable: boolean };
  /** How many levels of replies the network keeps; 1 is a flat list. */
  threadDepth: number;
  textLimit?: { max: number; unit: 'characters' | 'graphemes' | 'weighted' | 'bytes' | 'segments' };
  media: boolean;
  idempotency: 'native' | 'deterministicId' | 'duplicateError' | 'lookup' | 'none';
  receipts: boolean;
  /** How far back the network lets us read. */
  historyDays?: number;
}

export type CheckResult = { ok: true; account?: ExternalIdentity } | { ok: false; problem: Fault };

/** One step of reading. Events and cursor are stored in one transaction, so a crash loses nothing and doubles nothing. */
export interface Batch<Cursor> {
  events: InboundEvent[];
  cursor: Cursor;
  /** Known loss: between these moments the network did not give us everything. Recorded and shown, never hidden. */
  gap?: { from: Date; to: Date; reason: string };
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
  url: string;
  kind: 'image' | 'video' | 'audio' | 'file';
  description?: string;
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
  replyability?: { public: boolean; private: boolean; until?: Date; reason?: string };
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
  | { kind: 'challenge'; status: number; body: string }
  | { kind: 'events'; deliveryId?: string }
  | { kind: 'reject'; status: number; reason: string };

export interface Draft {
  text: string;
  media?: MediaRef[];
  language?: string;
}

export interface Rendered {
  text: string;
  /** Length in the unit of `capabilities.textLimit`. */
  length: number;
  payload: unknown;
}

export interface SendCommand {
  /** Idempotency key, fixed before the first attempt. */
  key: string;
  parent: ExternalRef | null;
  recipient?: ExternalIdentity;
  rendered: Rendered;
}

export type SendResult =
  | { state: 'sent'; ref: ExternalRef }
  | { state: 'queued'; ref: ExternalRef }
  | { state: 'unknown' }
  | { state: 'failed'; fault: Fault };

export type FaultClass =
  | 'auth'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'duplicate'
  | 'window_closed'
  | 'rate'
  | 'quota'
  | 'transient'
  | 'unknown';

export interface Fault {
  class: FaultClass;
  message: string;
  retryAt?: Date;
  /** The network's own code, for its support pages. */
  code?: string;
  scope: 'account' | 'app' | 'endpoint' | 'message';
}

/** The one error an adapter throws: what went wrong, in words the whole product understands. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  constructor(
    readonly fault: Fault,
    options?: { cause?: unknown },
  ) {
    super(fault.message, options);
  }
}
