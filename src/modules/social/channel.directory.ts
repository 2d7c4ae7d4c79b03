import type { InputProblem } from '../../platform/errors.js';
import type { Network } from './networks.js';

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

/** Whose limits and budget asking the network counts to. */
export interface ChannelHolder {
  organizationId: string;
  accountId: string | null;
}

/** A source as a person wrote it. */
export interface FollowedSource {
  kind: 'ACCOUNT' | 'KEYWORD' | 'FEED';
  query: string;
  settings: Record<string, unknown>;
}

/** What went wrong with a source, kept as JSON with it. */
export interface StoredProblem {
  class: string;
  message: string;
  retryAt: string | null;
  at: string;
}

/** An adapter that is plugged in, as this module sees it. */
export interface Channel {
  /** Name of the adapter, stored with a source. */
  kind: string;
  network: Network;
  capabilities: ChannelCapabilities;
  /** Why the adapter could not follow this, or null. */
  refusal(source: FollowedSource): string | null;
  /** One round trip to the network: what stands in the way of reading, or null. Never throws. */
  check(source: FollowedSource, signal: AbortSignal, holder: ChannelHolder): Promise<StoredProblem | null>;
}

export interface ChannelDirectory {
  byKind(kind: string): Channel | undefined;
  /** The adapter that a network's sources get unless another is named. */
  forNetwork(network: Network): Channel | undefined;
}

/** For a network without an adapter: it is kept, shown and imported, but nothing is read or sent by itself. */
export const NO_CAPABILITIES: ChannelCapabilities = {
  canReplyPublicly: false,
  canReplyPrivately: false,
  streams: false,
  polls: false,
  webhooks: false,
  textLimit: null,
};

export const NO_CHANNELS: ChannelDirectory = { byKind: () => undefined, forNetwork: () => undefined };

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
