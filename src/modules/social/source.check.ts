import type { RequestContext } from '../access/index.js';
import { channelAccount } from './account.channel.js';
import { Account } from './account.entity.js';
import type { Connecting } from './accounts/connecting.js';
import type { ChannelDirectory, FollowedSource, StoredProblem } from './channel.directory.js';
import { Source } from './source.entity.js';

const CHECK_TIMEOUT_MS = 10_000;

/** What an account lends to the sources that are read through it. */
export interface Lent extends Pick<FollowedSource, 'settings' | 'credentials'> {
  /** Of the account itself. */
  handle?: string;
  connector?: string | null;
}

/** The secrets of one adapter's account are no other adapter's. */
export const isLentTo = ({ connector }: { connector?: string | null }, to: string): boolean =>
  connector === null || connector === undefined || connector === to;

/** The settings and credentials of an account that the caller may see; nothing for any other. */
export async function lentBy(
  context: RequestContext,
  { system, vault }: Connecting,
  accountId: string | null | undefined,
): Promise<Lent> {
  const seen = accountId ? await context.recordByPublicId<Account>(Account, accountId) : null;
  const account = seen && (await channelAccount(system, vault, { id: seen.id }));
  if (!account) return { settings: {} };
  const { settings, credentials, handle, connector } = account;
  return { settings, credentials, handle, connector };
}

/** Asks the network before any transaction is open: what stands in the way of reading, or null, also for no such source. */
export async function checkSource(
  context: RequestContext,
  channels: ChannelDirectory,
  { system, vault }: Connecting,
  id: string,
): Promise<StoredProblem | null> {
  const source = await context.recordByPublicId<Source>(Source, id);
  if (!source) return null;
  const [row] = await context.read<{ settings: FollowedSource['settings'] }>(
    'select settings from sources where id = $1',
    [source.id],
  );
  const channel = channels.byKind(source.connector);
  if (!channel) {
    const message = `The adapter ${source.connector} is not plugged in.`;
    return { class: 'INVALID', message, retryAt: null, at: new Date().toISOString() };
  }
  const { kind, query } = source;
  const account = source.accountId ? await channelAccount(system, vault, { id: source.accountId }) : null;
  const settings = { ...account?.settings, ...row?.settings };
  const credentials = account && isLentTo(account, source.connector) ? account.credentials : {};
  const { organizationId } = context.viewer;
  return channel.check({ kind, query, settings, credentials }, AbortSignal.timeout(CHECK_TIMEOUT_MS), {
    organizationId,
    accountId: source.accountId,
  });
}
