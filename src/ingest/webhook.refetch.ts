import { createHash } from 'node:crypto';
import { accountSource, channelAccount, recordArrival, recordLoss } from '../modules/social/index.js';
import type { Tx } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import { enqueue, type Task } from '../platform/jobs.js';
import type { ExternalRef, InboundEvent } from './connector.js';
import { contextOf } from './context.js';
import { sortEvents } from './inbound.rules.js';
import { ingest } from './ingest.service.js';
import type { ReadingOptions } from './reading.js';
import { faultOf } from './registry.js';
import { nextAttempt } from './retry.rules.js';
import { hookedAccount } from './webhook.accounts.js';

export const REFETCH_TASK = 'webhook.refetch';

interface Payload {
  accountId: string;
  ref: ExternalRef;
  /** In a row, before this one. */
  failures: number;
}

/** A network that takes longer is asked again later; the other jobs have their turn. */
const LONGEST_MS = 60_000;
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

/** The task that reads one thing again. What cannot be had after many tries is shown as a gap of the account's source. */
export function refetchTask(options: ReadingOptions): Task {
  const { database, vault, registry } = options;
  return async ({ accountId, ref, failures }: Payload, { scope, signal, log }) => {
    const account = await channelAccount(database.system, vault, { id: accountId });
    if (!account || account.organizationId !== scope.organizationId) return;
    const source = await accountSource(database.system, account);
    const now = new Date();
    const lose = (tx: Tx, reason: string, fillable: boolean) =>
      source ? recordLoss(tx, source.id, newId(), { from: now, to: now, reason, fillable }) : undefined;
    let connector: ReturnType<typeof registry.connector>;
    try {
      const hooked = hookedAccount(registry, account);
      connector = hooked?.connector;
      if (!hooked || !connector?.refetch) return;
      const context = contextOf(connector, hooked.config, registry.services, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
        log: {
          info: (details, message) => log.info(details, message),
          warn: (details, message) => log.warn(details, message),
        },
      });
      const found = await connector.refetch(context, ref);
      const event: InboundEvent =
        found === 'gone' ? { op: 'delete', ref, occurredAt: new Date(), tombstone: true } : found;
      const { kept, dropped } = sortEvents([event], new Date());
      await ingest(database, scope, kept, {
        network: connector.network,
        sourceId: source?.id ?? null,
        accountId,
        isPresent: true,
        model: await options.modelOf?.(scope),
        finish: async tx => {
          if (dropped[0]) await lose(tx, `Could not be kept: ${dropped[0].id} (${dropped[0].reason}).`, false);
          else if (source) await recordArrival(tx, source.id, { brought: true, isOnlyWay: false });
        },
      });
    } catch (error) {
      // What is ours to mend is tried again by the queue.
      const fault = faultOf(error);
      if (fault.class === 'unknown') throw error;
      if (signal.aborted) throw error;
      const retryAt = nextAttempt({ fault, failures, intervalSeconds: 300, now: new Date(), random: Math.random() });
      log.warn({ fault: { ...fault, retryAt }, account: accountId }, 'something told by its id could not be read');
      await database.write(scope, async tx => {
        if (retryAt && failures + 1 < MOST_FAILURES)
          await enqueueRefetch(tx, { accountId, ref, failures: failures + 1 }, retryAt);
        else await lose(tx, `${ref.id} could not be read: ${fault.message}`, Boolean(connector?.poll));
      });
    }
  };
}
