import type pg from 'pg';
import { InputError, invalid } from '../../../platform/errors.js';
import { SealBroken, type Vault } from '../../../platform/vault.js';
import type { RequestContext } from '../../access/index.js';
import { channelAccount } from '../account.channel.js';
import { Account } from '../account.entity.js';
import type { Channel, ChannelAccount, ChannelDirectory } from '../channel.directory.js';
import type { GivenValue } from './given.rules.js';

/** What connecting accounts takes of the installation. */
export interface Connecting {
  /** The owner's connections: requests themselves cannot read secrets. */
  system: pg.Pool;
  vault: Vault;
  /** Stands in for a secret where an input is only compared: the same for the same text, and under a key of ours. */
  digest(secret: string): string;
  /** Without a trailing slash. */
  publicUrl: string;
  /** Where other front ends may be sent back to after a sign-in. */
  redirectOrigins: readonly string[];
}

export const CALLBACK_PATH = '/oauth/callback';

/** The adapter that an input names. Throws `InputError` NOT_FOUND. */
export function namedChannel(channels: ChannelDirectory, connector: string): Channel {
  const channel = channels.byKind(connector);
  if (!channel) throw invalid('connector', 'There is no adapter of this name.', 'NOT_FOUND');
  return channel;
}

/** A connected account that the caller may see, with its secrets and its adapter. Throws `InputError`. */
export async function connectedAccount(
  context: RequestContext,
  { system, vault }: Connecting,
  channels: ChannelDirectory,
  id: string,
  field: string,
): Promise<{ account: ChannelAccount; channel: Channel }> {
  const seen = await context.recordByPublicId<Account>(Account, id);
  const account = seen && (await channelAccount(system, vault, { id: seen.id }).catch(unreadable(field)));
  if (!account) throw invalid(field, 'There is no such account, or you may not see it.', 'NOT_FOUND');
  const channel = account.connector ? channels.byKind(account.connector) : undefined;
  if (!channel) throw invalid(field, 'This account is not connected: use connectAccount.', 'NOT_ALLOWED');
  return { account, channel };
}

const unreadable = (field: string) => (error: unknown) => {
  if (!(error instanceof SealBroken)) throw error;
  const message = 'Its credentials do not open with the keys that this server has: connect it again.';
  throw invalid(field, message, 'CONFLICT');
};

/**
 * What was prepared before the transaction, or why it could not be, to be thrown inside it: so a repetition with the same key
 * answers what its first use did, whatever the network says by now.
 */
export async function attempt<Prepared>(work: () => Promise<Prepared>): Promise<() => Prepared> {
  try {
    const prepared = await work();
    return () => prepared;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return () => {
      throw error;
    };
  }
}

/** An input as it may be compared and kept: every secret in it as its digest. */
export function withoutSecrets<Input extends { secrets?: GivenValue[] | null; code?: string; state?: string }>(
  input: Input,
  digest: Connecting['digest'],
): Input {
  return {
    ...input,
    ...(input.secrets && { secrets: input.secrets.map(({ name, value }) => ({ name, value: digest(value) })) }),
    ...(input.code !== undefined && { code: digest(input.code) }),
    ...(input.state !== undefined && { state: digest(input.state) }),
  };
}
