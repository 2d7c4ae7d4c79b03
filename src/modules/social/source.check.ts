import type { RequestContext } from '../access/index.js';
import type { ChannelDirectory, FollowedSource, StoredProblem } from './channel.directory.js';
import { Source } from './source.entity.js';

const CHECK_TIMEOUT_MS = 10_000;

/** Asks the network before any transaction is open: what stands in the way of reading, or null, also for no such source. */
export async function checkSource(
  context: RequestContext,
  channels: ChannelDirectory,
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
  const { organizationId } = context.viewer;
  return channel.check({ kind, query, settings: row?.settings ?? {} }, AbortSignal.timeout(CHECK_TIMEOUT_MS), {
    organizationId,
    accountId: source.accountId,
  });
}
