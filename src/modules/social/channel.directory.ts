import type { InputProblem } from '../../platform/errors.js';
import type { Network, PostKind } from './networks.js';

/** What the network behind a channel lets us do, as far as accounts and sources show it. */
export interface ChannelCapabilities {
  canReplyPublicly: boolean;
  canReplyPrivately: boolean;
  /** Posts come by themselves, over a connection that stays open. */
  streams: boolean;
  polls: boolean;
  webhooks: boolean;
  textLimit: number | null;
}

/** An account as its adapter is given it. For the owner's connection only: it holds the account's secrets. */
export interface ChannelAccount {
  organizationId: string;
  id: string;
  network: Network;
  connector: string | null;
  externalId: string | null;
  handle: string;
  displayName: string | null;
  /** As it was set, or NEEDS_REAUTHORIZATION. */
  state: string;
  settings: Record<string, unknown>;
  credentials: Record<string, string>;
  /** Names this state of the credentials; null when there are none. See `keepCredentials`. */
  credentialsAt: string | null;
  hookKey: string;
}

/** Whose limits and budget asking the network counts to. */
export interface ChannelHolder {
  organizationId: string;
  accountId: string | null;
}

/** What the network behind a channel lets us send, and how. */
export interface ChannelSending {
  /** Whether anything is sent by this adapter at all. */
  sends: boolean;
  calls: boolean;
  media: boolean;
  deletes: boolean;
  hides: boolean;
  textUnit: string | null;
  /** How long after it was said the network lets a post be answered. */
  windowHours: number | null;
  /** Whether a message whose outcome is unknown can be told from one that was never sent. */
  isTraceable: boolean;
}

export interface ReplyDraft {
  text: string;
  visibility: 'public' | 'private';
  language?: string;
  media?: { kind: 'image' | 'video' | 'audio' | 'file'; type: string; bytes: number; description?: string }[];
}

interface NamedIdentity {
  id?: string;
  handle?: string;
  displayName?: string;
}

/** The post that is answered, as its adapter is told of it. */
export interface AnsweredPost {
  ref: { id: string; url?: string };
  kind: PostKind;
  author: NamedIdentity;
  own: boolean;
  text: string;
  title?: string;
  language?: string;
  occurredAt: Date;
  root?: { id: string };
  mentions?: NamedIdentity[];
  replyability?: { public: boolean; private: boolean; until?: Date };
  replyTo?: Record<string, unknown>;
}

/** A code with the numbers for its words. */
export interface CodedWords {
  code: string;
  parameters?: Record<string, string | number>;
}

/** What would be sent, by the network's rules; kept as JSON with the reply. */
export interface RenderedReply {
  text: string;
  length: number;
  payload: unknown;
  notes?: CodedWords[];
}

/** Why it would not be. */
export interface RefusedReply extends CodedWords {
  message: string;
}

export const isRefused = (rendered: RenderedReply | RefusedReply): rendered is RefusedReply => 'code' in rendered;

/** A source as a person wrote it. */
export interface FollowedSource {
  kind: 'ACCOUNT' | 'KEYWORD' | 'FEED';
  query: string;
  settings: Record<string, unknown>;
  /** Those of the account it is read through. */
  credentials?: Record<string, string>;
}

/** What went wrong with a source, kept as JSON with it. */
export interface StoredProblem {
  class: string;
  message: string;
  retryAt: string | null;
  at: string;
}

/** Where the network lets one account do less, or more, than its adapter can. */
export interface Granted {
  reply?: { public?: boolean; private?: boolean };
  textLimit?: number;
}

/** Something the owner of an account gives to connect it. */
export interface ChannelField {
  name: string;
  kind: 'secret' | 'setting';
  required: boolean;
  description: string;
}

/** An account as a person described it. */
export interface GivenAccount {
  /** Empty when the network itself says it. */
  handle: string;
  settings: Record<string, string>;
  credentials: Record<string, string>;
}

/** What the network says of an account: whose it is and what we may do, or why it does not let us in. */
export type Recognition =
  | {
      ok: true;
      externalId: string | null;
      handle: string | null;
      displayName: string | null;
      granted: Granted | null;
      accessEndsAt: Date | null;
    }
  | { ok: false; problem: StoredProblem };

/** Access as a network gives it to whoever signed in. */
export interface AccessGrant {
  credentials: Record<string, string>;
  endsAt: Date | null;
}

/** The sign-in of a network. `given` is what the owner gave, settings and secrets alike. Each may throw `ChannelRefusal`. */
export interface ChannelSignIn {
  /** Whether access is renewed without its owner. */
  renews: boolean;
  begin(
    given: Record<string, string>,
    request: { redirectUri: string; state: string; codeChallenge: string },
    signal: AbortSignal,
    holder: ChannelHolder,
  ): Promise<{ url: string; keeps: Record<string, string> }>;
  exchange(
    given: Record<string, string>,
    answer: { code: string; redirectUri: string; codeVerifier: string },
    signal: AbortSignal,
    holder: ChannelHolder,
  ): Promise<AccessGrant>;
  renew(given: Record<string, string>, signal: AbortSignal, holder: ChannelHolder): Promise<AccessGrant>;
}

/** The network said no, or nothing: in words that may be shown. */
export class ChannelRefusal extends Error {
  override readonly name = 'ChannelRefusal';
  constructor(readonly problem: StoredProblem) {
    super(problem.message);
  }
}

/** An adapter that is plugged in, as this module sees it. */
export interface Channel {
  /** Name of the adapter, stored with a source. */
  kind: string;
  network: Network;
  /** What people call it. */
  label: string;
  capabilities: ChannelCapabilities;
  /** Whether a stream brings whatever it follows; where only some of it, the rest is polled alone. */
  alwaysStreams: boolean;
  sending: ChannelSending;
  /** Pure: what this account would send, or why not. */
  render(account: ChannelAccount, draft: ReplyDraft, parent: AnsweredPost | null): RenderedReply | RefusedReply;
  fields: readonly ChannelField[];
  signIn: ChannelSignIn | null;
  /** What kinds of source it follows. */
  follows: readonly FollowedSource['kind'][];
  /** One round trip to the network. Never throws. */
  recognise(account: GivenAccount, signal: AbortSignal, holder: ChannelHolder): Promise<Recognition>;
  /** Why the adapter could not follow this, or null. */
  refusal(source: FollowedSource): string | null;
  /** Where the credentials would be sent; undefined where that is always the network itself, empty for what is not accepted. */
  secretsGoTo(source: FollowedSource): string | undefined;
  /** One round trip to the network: what stands in the way of reading, or null. Never throws. */
  check(source: FollowedSource, signal: AbortSignal, holder: ChannelHolder): Promise<StoredProblem | null>;
}

export interface ChannelDirectory {
  all: readonly Channel[];
  byKind(kind: string): Channel | undefined;
  /** The adapter that a network's sources get unless another is named. */
  forNetwork(network: Network): Channel | undefined;
}

/** The adapter an account is reached by. */
export const channelOfAccount = (
  channels: ChannelDirectory,
  account: { connector: string | null; network: Network },
): Channel | undefined =>
  account.connector ? channels.byKind(account.connector) : channels.forNetwork(account.network);

/** For a network without an adapter: it is kept, shown and imported, but nothing is read or sent by itself. */
export const NO_CAPABILITIES: ChannelCapabilities = {
  canReplyPublicly: false,
  canReplyPrivately: false,
  streams: false,
  polls: false,
  webhooks: false,
  textLimit: null,
};

/** Whether the network is reached only with what the owner of an account gives. */
export const isConnectedFirst = ({ fields, signIn }: Channel): boolean =>
  signIn !== null || fields.some(field => field.required);

export const NO_CHANNELS: ChannelDirectory = { all: [], byKind: () => undefined, forNetwork: () => undefined };

const CONTROL = /\p{Cc}/u;

/** Problems of a short text a person typed: missing, too long, with control characters, or not well-formed Unicode. */
export function textProblems(field: string, value: string | null | undefined, most: number): InputProblem[] {
  if (value === null || value === undefined) return [];
  if (value.trim() === '') return [{ field, code: 'REQUIRED', message: 'It must not be empty.' }];
  if (value.length > most) return [{ field, code: 'TOO_LONG', message: `It has at most ${most} characters.` }];
  if (CONTROL.test(value) || !value.isWellFormed())
    return [{ field, code: 'INVALID', message: 'It holds characters that cannot be kept.' }];
  return [];
}
