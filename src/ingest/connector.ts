import { Network, PostKind } from '../modules/social/networks.js';
import type { Connection } from './connector.connection.js';
import type { Fault } from './connector.faults.js';
import type { ChannelHttp, Costs, Limits, RateReading } from './connector.http.js';
import type {
  Batch,
  ExternalIdentity,
  ExternalRef,
  Hook,
  InboundEvent,
  RawRequest,
  WebhookContent,
  WebhookVerdict,
} from './connector.inbound.js';
import type { Draft, ParentPost, Rendered, RenderFault, SendCommand, SendResult, Sent } from './connector.outbound.js';

export type {
  Connection,
  ConnectionField,
  OAuthContext,
  OAuthFlow,
  OAuthGrant,
} from './connector.connection.js';
export { ConnectorError, type Fault, type FaultClass, faultOfStatus, type RenderCode } from './connector.faults.js';
export type { ChannelHttp, Costs, FormPart, HttpRequest, HttpResponse, Limits, RateReading } from './connector.http.js';
export type {
  Batch,
  CallDetails,
  DeleteEvent,
  ExternalIdentity,
  ExternalRef,
  Hook,
  InboundEvent,
  MediaContent,
  MediaRef,
  RawRequest,
  Receipt,
  Replyability,
  UpsertEvent,
  WebhookContent,
  WebhookVerdict,
} from './connector.inbound.js';
export type {
  Draft,
  ParentPost,
  Rendered,
  RenderFault,
  RenderNote,
  SendCommand,
  SendResult,
  Sent,
} from './connector.outbound.js';
export { triedSince } from './connector.outbound.js';
export { Network, PostKind };

/**
 * The port every channel implements. An adapter translates a network's words into these shapes and nothing else: it keeps
 * no state of its own, writes nothing to the database, and is told all it needs through its context.
 *
 * Delivery is at least once: an adapter may hand over the same event again, and the same batch after a crash. What is
 * stored is exactly once, by (organisation, network, external id) and `revision`.
 */
export interface Connector<Config = unknown, Cursor = unknown> {
  /** Name of the adapter, stored with a source and with an account; its folder under `integrations/`, where that holds one. */
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
