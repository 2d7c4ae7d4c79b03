import { Network, PostKind } from '../modules/social/networks.js';
import { parseRetryAfter } from '../platform/outbound.error.js';

export { Network, PostKind };

/**
 * The port every channel implements. An adapter translates a network's words into these shapes and nothing else: it keeps
 * no state of its own, writes nothing to the database, and is told all it needs through its context.
 *
 * Delivery is at least once: an adapter may hand over the same event again, and the same batch after a crash. What is
 * stored is exactly once, by (organisation, network, external id) and `revision`.
 */
export interface Connector<Config = unknown, Cursor = unknown> {
  /** Folder name under `integrations/`, stored with a source and with an account. */
  readonly kind: string;
  /** Raised when the shape of the stored cursor changes; an older cursor is then passed to `migrateCursor`. */
  readonly version: number;
  readonly network: Network;
  /** What people call it; the network's name unless given. */
  readonly label?: string;
  readonly capabilities: Capabilities;
  /** What an owner gives to connect an account. Without it nothing need be given: what is read is public. */
  readonly connection?: Connection;
  /** What kinds of source it follows; without it, whatever `configure` accepts of an example. */
  readonly follows?: readonly SourceDescription['kind'][];

  /**
   * Turns a source, or an account as something to send from (`kind` ACCOUNT, `query` its handle), into this adapter's
   * configuration. Throws `ConnectorError` of class `invalid`.
   */
  configure(source: SourceDescription): Config;
  /**
   * Where the credentials are sent, in adapters that let an owner say it: the server's name or address. Nobody may have those of
   * an account sent elsewhere without knowing them. Pure.
   */
  secretsGoTo?(config: Config): string;
  /** One cheap round trip: may we read, and as whom? Never throws; a problem is an answer. */
  check(context: ConnectorContext<Config>): Promise<CheckResult>;
  migrateCursor?(cursor: unknown, fromVersion: number): Cursor | null;
  /** What an answer's headers say of the limit that it counted against, in this network's own form. Pure. */
  limitsOf?(response: { status: number; headers: Record<string, string> }, now: Date): RateReading | undefined;

  /** Reads what is new since `cursor`, oldest first, until the network has no more or the signal aborts. */
  poll?(context: ConnectorContext<Config>, cursor: Cursor | null): AsyncIterable<Batch<Cursor>>;
  /**
   * Follows a stream until the signal aborts; throws `ConnectorError` when the connection is lost. An adapter that has both is
   * also polled, with a cursor of its own kept for each: the stream for speed, the poll for what the stream missed.
   */
  listen?(context: ConnectorContext<Config>, cursor: Cursor | null): AsyncIterable<Batch<Cursor>>;
  /** Whether a stream brings what is followed; left out, it always does. What it does not bring is only polled. Pure. */
  streams?(config: Config): boolean;

  /** Asks the network to call `hook`; asked again before `renewAt`, and harmless when repeated. */
  subscribe?(context: ConnectorContext<Config>, hook: Hook): Promise<{ renewAt?: Date }>;
  /** For a hook that anybody may call, such as a form's: how many calls a minute are taken from one caller, and in all. */
  readonly openTo?: { perCaller: number; inAll: number };
  /** Pure, on the raw body, comparing secrets in constant time. */
  verifyWebhook?(context: HookContext<Config>, request: RawRequest): WebhookVerdict;
  /** Pure: the stored raw body can be parsed again at any time. Throws `ConnectorError` of class `invalid`. */
  parseWebhook?(context: HookContext<Config>, request: RawRequest): WebhookContent;
  /** Reads one thing again: after an edit, a deletion, or a webhook that carries ids only. */
  refetch?(context: ConnectorContext<Config>, ref: ExternalRef): Promise<InboundEvent | 'gone'>;

  /** What would be sent, by the network's rules, or why it would be refused: `code` is one of `RenderCode`. Pure. */
  render?(context: HookContext<Config>, draft: Draft, parent: ParentPost | null): Rendered | RenderFault;
  /** Sends what was rendered. A `ConnectorError` whose fault `mayHaveHappened` counts as `unknown`. */
  send?(context: ConnectorContext<Config>, command: SendCommand): Promise<SendResult>;
  /** Looks for a message whose sending ended in `unknown`, by the command's key, reference or text; null when it is not there. */
  findSent?(context: ConnectorContext<Config>, command: SendCommand): Promise<Sent | null>;
  /** Deletes something of ours; done again it does nothing. */
  delete?(context: ConnectorContext<Config>, ref: ExternalRef): Promise<void>;
  /** Hides what somebody else said under something of ours, or shows it again. */
  hide?(context: ConnectorContext<Config>, ref: ExternalRef, hidden: boolean): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: configuration and cursor are each adapter's own
export type AnyConnector = Connector<any, any>;

export interface SourceDescription {
  /** What is followed: an account, a keyword search, a feed. */
  kind: 'ACCOUNT' | 'KEYWORD' | 'FEED';
  /** The account's handle or id, the words searched for, or the feed's address. */
  query: string;
  /** The account's own credentials, already decrypted; absent for keyless reading. */
  credentials?: Record<string, string>;
  settings?: Record<string, unknown>;
}

/** What pure functions are told. */
export interface HookContext<Config> {
  config: Config;
  now(): Date;
  /** The `secret` of the hook that the network was given, for networks that show it or sign with it. */
  hookSecret?: string;
  /** Where the network reaches us for this account, for networks that are told with each message; absent without a public address. */
  hookUrl?: string;
}

export interface ConnectorContext<Config> extends HookContext<Config> {
  signal: AbortSignal;
  log: ConnectorLog;
  /** When somebody began to follow this: a first reading, without a cursor, begins there and not when its turn comes. */
  since: Date;
  /** The one way to the network: guarded against private addresses, bounded, counted against `limits`. */
  http: ChannelHttp;
  /** For adapters whose library talks to the network by itself. */
  limits: Limits;
  costs: Costs;
}

export interface ChannelHttp {
  /**
   * Answers every status; redirects of a GET are followed. Throws `ConnectorError`: `transient` when there was no answer (with
   * `mayHaveHappened` when something may have been written), `rate` when the bucket is empty, `invalid` for an address that
   * is not allowed.
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** At most one of `json`, `form`, `multipart` and `body`. */
export interface HttpRequest {
  /** GET unless given. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  /** Names in lower case. */
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  multipart?: FormPart[];
  body?: Buffer;
  /** The endpoint as the network counts it: requests of one account to one bucket share a limit. None: not counted. */
  bucket?: string;
  /** 30,000 unless given. */
  timeoutMs?: number;
  /** Largest answer, unpacked; 5 MiB unless given. */
  maxBytes?: number;
}

export interface FormPart {
  name: string;
  value: string | Buffer;
  fileName?: string;
  type?: string;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  text(): string;
  /** Throws `ConnectorError` of class `transient` when the answer is not JSON. */
  json(): unknown;
}

/** What a network says of one limit. */
export interface RateReading {
  limit?: number;
  remaining?: number;
  resetsAt?: Date;
}

/** One bucket for each account and endpoint, shared by all processes. Reading leaves a fifth of it for replies. */
export interface Limits {
  /** Throws `ConnectorError` of class `rate`, with when to come back, when there is nothing left. */
  take(bucket: string): Promise<void>;
  observe(bucket: string, reading: RateReading): Promise<void>;
}

/** What reading costs where a network bills it, counted for each account against its budget of the month. */
export interface Costs {
  /**
   * Sets aside what a request may cost at most, in millionths of a US dollar. Throws `ConnectorError` of class `quota`, before anything
   * is spent, when the budget does not allow it. `settle` says how many units it really were.
   */
  reserve(spending: {
    unit: string;
    most: number;
    microsEach: number;
  }): Promise<{ settle(units: number): Promise<void> }>;
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
  /** Whether people can be called through it. */
  calls?: boolean;
  /** How far back the network lets us read. */
  historyDays?: number;
}

export type CheckResult = CheckPassed | { ok: false; problem: Fault };

export interface CheckPassed {
  ok: true;
  account?: ExternalIdentity;
  /** Where this account may do less, or more, than `capabilities` says. */
  grants?: Grants;
  /** When the network's access ends unless it is renewed. */
  expiresAt?: Date;
}

export interface Grants {
  reply?: Partial<Capabilities['reply']>;
  textLimit?: number;
}

/** How an account is connected. */
export interface Connection {
  fields: ConnectionField[];
  oauth?: OAuthFlow;
}

/** Something the owner gives. A `secret` is kept encrypted and never shown again; a `setting` is shown. */
export interface ConnectionField {
  name: string;
  kind: 'secret' | 'setting';
  required: boolean;
  /** One plain sentence: what it is and where the network shows it. */
  description: string;
}

/** OAuth 2 authorization code flow, with PKCE. `given` is what the owner gave, settings and secrets alike. */
export interface OAuthFlow {
  /** Where the owner signs in. May register us with the network first: what it then `keeps` is given from here on. */
  begin(context: OAuthContext, request: OAuthRequest): Promise<{ url: string; keeps?: Record<string, string> }>;
  /** Throws `ConnectorError`. */
  exchange(
    context: OAuthContext,
    answer: { code: string; redirectUri: string; codeVerifier: string },
  ): Promise<OAuthGrant>;
  /** A new access before the present one ends. `auth` when the owner must sign in again. */
  refresh?(context: OAuthContext): Promise<OAuthGrant>;
}

export interface OAuthContext {
  given: Record<string, string>;
  http: ChannelHttp;
  signal: AbortSignal;
  now(): Date;
}

export interface OAuthRequest {
  redirectUri: string;
  state: string;
  /** S256. */
  codeChallenge: string;
}

export interface OAuthGrant {
  /** Joins what was given before. */
  credentials: Record<string, string>;
  expiresAt?: Date;
}

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

export type RenderCode =
  | 'EMPTY'
  | 'TEXT_TOO_LONG'
  | 'MENTION_ADDED'
  | 'LINKS_COUNT_SHORT'
  | 'SEGMENTS'
  | 'UNICODE_SEGMENTS'
  | 'NOT_SUMMONED'
  | 'WINDOW_CLOSED'
  | 'TEMPLATE_NEEDED'
  | 'ONLY_ONCE'
  | 'VISIBILITY_KEPT'
  | 'WARNING_KEPT'
  | 'MEDIA_NOT_POSSIBLE'
  | 'TOO_MANY_MEDIA'
  | 'MEDIA_TOO_LARGE'
  | 'TOO_MANY_TAGS'
  | 'TOO_MANY_LINKS'
  | 'OPTED_OUT'
  | 'COMMENTS_CLOSED'
  | 'NOT_POSSIBLE';

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
  /** Something may have been written all the same: it must be looked for before it is tried again. */
  mayHaveHappened?: boolean;
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

const CLASS_OF_STATUS: Record<number, FaultClass> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not_found',
  408: 'transient',
  409: 'duplicate',
  410: 'not_found',
  425: 'transient',
  429: 'rate',
};

/**
 * What a status means where a network says nothing more exact: `said` overrides it. A failure of the other side on something
 * that writes may have happened all the same.
 */
export function faultOfStatus(
  response: Pick<HttpResponse, 'status' | 'headers'>,
  said: Partial<Fault> & { message: string; writes?: boolean; now?: Date },
): Fault {
  const { writes = false, now = new Date(), ...rest } = said;
  const { status, headers } = response;
  const retryAt = parseRetryAfter(headers['retry-after'], now);
  return {
    class: CLASS_OF_STATUS[status] ?? (status >= 500 ? 'transient' : 'invalid'),
    code: String(status),
    scope: status === 401 ? 'account' : status === 429 ? 'endpoint' : 'message',
    ...(retryAt && { retryAt }),
    ...(writes && status >= 500 && { mayHaveHappened: true }),
    ...rest,
  };
}
