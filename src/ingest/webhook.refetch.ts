import { createHash } from 'node:crypto';
import {
  type AccountSource,
  accountSource,
  type ChannelAccount,
  channelAccount,
  type Gap,
  recordArrival,
  recordLoss,
} from '../modules/social/index.js';
import type { Tx } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import { enqueue, type JobContext, type Task } from '../platform/jobs.js';
import type { ExternalRef, Fault, InboundEvent } from './connector.js';
import { contextOf } from './context.js';
import { sortEvents } from './inbound.rules.js';
import { ingest } from './ingest.service.js';
import type { ReadingOptions } from './reading.js';
import { faultOf } from './registry.js';
import { nextAttempt } from './retry.rules.js';
import { acceptTolerantly } from './tolerance.js';
import { type HookOptions, hookedAccount } from './webhook.accounts.js';

export const REFETCH_TASK = 'webhook.refetch';

interface Payload {
  accountId: string;
  ref: ExternalRef;
  /** In a row, before this one. */
  failures: number;
}

/** A network that takes longer is asked again later; the other jobs have their turn. */
const LONGEST_MS = 60_000;
/** While somebody has paused the account, it is looked at again only so often. */
const PAUSE_MS = 15 * 60_000;
/** With pauses of up to five minutes, that is most of an hour. */
const MOST_FAILURES = 15;

/** Reads one thing again of which only the id was told: once, however often it is told before it is done. */
export async function askAgain(tx: Tx, accountId: string, ref: ExternalRef): Promise<void> {
  await enqueueRefetch(tx, { accountId, ref: { id: ref.id, ...(ref.url && { url: ref.url }) }, failures: 0 });
}

function enqueueRefetch(tx: Tx, payload: Payload, runAt?: Date): Promise<void> {
  const name = createHash('sha256').update(payload.ref.id).digest('base64url');
  // A failure must not put off what was told meanwhile.
  return enqueue(tx, REFETCH_TASK, payload, {
    key: `refetch:${payload.accountId}:${name}`,
    ...(runAt && { runAt, keepRunAt: true }),
  });
}

type RefetchOptions = ReadingOptions & HookOptions;

/** The task that reads one thing again. What cannot be had after many tries is shown as a gap of the account's source. */
export function refetchTask(options: RefetchOptions): Task {
  const { database, vault } = options;
  return async (payload: Payload, job) => {
    const { accountId, ref, failures } = payload;
    const account = await channelAccount(database.system, vault, { id: accountId });
    if (!account || account.organizationId !== job.scope.organizationId) return;
    const source = await accountSource(database.system, account);
    if (account.state === 'PAUSED' || source?.state === 'PAUSED')
      return database.write(job.scope, tx => enqueueRefetch(tx, payload, new Date(Date.now() + PAUSE_MS)));
    const polls = Boolean(account.connector && options.registry.connector(account.connector)?.poll);
    const now = new Date();
    const lose = async (tx: Tx, gap: Omit<Gap, 'from' | 'to'>) => {
      if (source) await recordLoss(tx, source.id, newId(), { from: now, to: now, ...gap });
    };
    const found = await refetch(options, account, ref, job);
    if (found === null) return;
    if (!('fault' in found)) return keep(options, job, { account, source, event: found, lose });
    const { fault } = found;
    if (job.signal.aborted) throw new Error('Broken off, because the process stops.');
    const retryAt = nextAttempt({ fault, failures, intervalSeconds: 300, now, random: Math.random() });
    job.log.warn({ fault: { ...fault, retryAt }, account: accountId }, 'something told by its id could not be read');
    await database.write(job.scope, async tx => {
      if (retryAt && failures + 1 < MOST_FAILURES)
        await enqueueRefetch(tx, { ...payload, failures: failures + 1 }, retryAt);
      else await lose(tx, { reason: `${ref.id} could not be read: ${fault.message}`, fillable: polls });
    });
  };
}

/** What the network says of it; null when its adapter reads nothing again. */
async function refetch(
  options: RefetchOptions,
  account: ChannelAccount,
  ref: ExternalRef,
  { signal, log }: JobContext,
): Promise<InboundEvent | { fault: Fault } | null> {
  try {
    const hooked = hookedAccount(options, account);
    if (!hooked?.connector.refetch) return null;
    const { connector, config, hookSecret, hookUrl } = hooked;
    const { organizationId, id: accountId } = account;
    const services = options.registry.servicesFor({ organizationId, accountId, purpose: 'read' });
    const context = contextOf(connector, config, services, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      log: {
        info: (details, message) => log.info(details, message),
        warn: (details, message) => log.warn(details, message),
      },
    });
    const found = await hooked.connector.refetch({ ...context, hookSecret, hookUrl }, ref);
    return found === 'gone' ? { op: 'delete', ref, occurredAt: new Date(), tombstone: true } : found;
  } catch (error) {
    const fault = faultOf(error);
    if (fault.class === 'unknown') log.error({ err: error }, 'an adapter failed');
    return { fault };
  }
}

interface Found {
  account: ChannelAccount;
  source: AccountSource | null;
  event: InboundEvent;
  lose(tx: Tx, gap: { reason: string }): Promise<void>;
}

async function keep(
  options: RefetchOptions,
  { scope, log }: JobContext,
  { account, source, event, lose }: Found,
): Promise<void> {
  const { kept, dropped } = sortEvents([event], new Date());
  const model = await options.modelOf?.(scope);
  await acceptTolerantly(
    kept,
    dropped,
    async (events, lost) =>
      void (await ingest(options.database, scope, events, {
        network: account.network,
        sourceId: source?.id ?? null,
        accountId: account.id,
        isPresent: true,
        model,
        finish: async tx => {
          if (lost?.[0]) await lose(tx, { reason: `Could not be kept: ${lost[0].id} (${lost[0].reason}).` });
          else if (lost && source) await recordArrival(tx, source.id, { brought: true, isOnlyWay: false });
        },
      })),
    log,
  );
}
