import { createHash } from 'node:crypto';
import {
  type AccountSource,
  accountSource,
  applyReceipts,
  type ChannelAccount,
  channelAccount,
  channelAccounts,
  forgetDeliveries,
  keepDelivery,
  PARSE_TASK,
  recordArrival,
  recordLoss,
  refuseDelivery,
  replaceLoss,
  type StoredDelivery,
  schedulePolls,
  settleDelivery,
  storedDelivery,
} from '../modules/social/index.js';
import type { Scope, Tx } from '../platform/database/database.js';
import type { Task } from '../platform/jobs.js';
import type { Logger } from '../platform/logger.js';
import { ConnectorError, type WebhookContent } from './connector.js';
import { sortEvents } from './inbound.rules.js';
import { ingest } from './ingest.service.js';
import type { ReadingOptions } from './reading.js';
import { acceptTolerantly, gapOf } from './tolerance.js';
import { type HookedAccount, type HookOptions, hookContext, hookedAccount, rawRequest } from './webhook.accounts.js';
import { askAgain } from './webhook.refetch.js';

/** Of one delivery in one transaction; what is more is stored before, and the end of it settles the delivery. */
const MOST_AT_ONCE = 500;

export type ParsingOptions = ReadingOptions & HookOptions;

/** What a delivery holds for one account. */
interface Part {
  hooked: HookedAccount;
  source: AccountSource | null;
  content: WebhookContent;
}

/**
 * The task that reads one delivery, for the account that was called and for every other one of its organisation that the same
 * app serves. Reading it again changes nothing. What the adapter cannot read is kept, with the reason, and shown as a gap of
 * the account's source; what fails on our side is tried again by the queue.
 */
export function parseTask(options: ParsingOptions): Task {
  return async ({ deliveryId }: { deliveryId: string }, job) => {
    const { database, vault } = options;
    const delivery = await storedDelivery(database.system, vault, deliveryId);
    if (delivery?.state !== 'RECEIVED') return;
    if (delivery.organizationId !== job.scope.organizationId) throw new Error('The job names another organisation.');
    const account = await channelAccount(database.system, vault, { id: delivery.accountId });
    if (!account) return;
    const log = job.log.child({ delivery: deliveryId, account: account.id });
    const source = await accountSource(database.system, account);
    const isPaused = account.state === 'PAUSED' || source?.state === 'PAUSED';
    const read = readFor(options, account, delivery, log);
    if ('problem' in read) return isPaused ? undefined : fail(options, job.scope, delivery, source, read);
    const { hooked, content } = read;
    const others = await partsOfOthers(options, hooked, delivery, log);
    for (const part of others) await keep(options, job.scope, part, log);
    // It waits, and is read once they are resumed; the others are not paused by that.
    if (isPaused) return;
    const own = { hooked, source, content };
    await keep(options, job.scope, own, log, { id: deliveryId, ...idsIn([...others, own]) });
  };
}

/** A delivery with what it told of, and of what it said that it must be forgotten, by the network's own ids. */
interface Settled {
  id: string;
  told: string[];
  forgotten: string[];
}

function idsIn(parts: Part[]): Omit<Settled, 'id'> {
  const { kept } = sortEvents(
    parts.flatMap(({ content }) => content.events),
    new Date(),
  );
  return {
    told: kept.filter(event => event.op === 'upsert').map(event => event.ref.id),
    forgotten: kept.filter(event => event.op === 'delete' && event.tombstone).map(event => event.ref.id),
  };
}

type Read = { hooked: HookedAccount; content: WebhookContent };
type Unread = { problem: string; polls: boolean };

function readFor(
  options: ParsingOptions,
  account: ChannelAccount,
  delivery: StoredDelivery,
  log: Logger,
): Read | Unread {
  const polls = Boolean(account.connector && options.registry.connector(account.connector)?.poll);
  try {
    const hooked = hookedAccount(options, account);
    if (!hooked) return { problem: 'No adapter reads what this network sends.', polls };
    const content = hooked.connector.parseWebhook!(hookContext(hooked, delivery.receivedAt), rawRequest(delivery));
    return { hooked, content };
  } catch (error) {
    if (error instanceof ConnectorError) return { problem: error.fault.message, polls };
    log.error({ err: error }, 'an adapter failed over a webhook');
    return { problem: 'The adapter failed in a way it did not explain.', polls };
  }
}

/** The network tells an app once, whichever of its accounts it is about. */
async function partsOfOthers(
  options: ParsingOptions,
  { account, connector }: HookedAccount,
  delivery: StoredDelivery,
  log: Logger,
): Promise<Part[]> {
  const { database, vault } = options;
  const parts: Part[] = [];
  const request = rawRequest(delivery);
  for (const other of await channelAccounts(database.system, vault, account.organizationId, connector.kind)) {
    if (other.id === account.id) continue;
    try {
      const hooked = hookedAccount(options, other)!;
      const context = hookContext(hooked, delivery.receivedAt);
      if (connector.verifyWebhook!(context, request).kind !== 'events') continue;
      const source = await accountSource(database.system, other);
      const content = connector.parseWebhook!(context, request);
      if (other.state !== 'PAUSED' && source?.state !== 'PAUSED') parts.push({ hooked, source, content });
      else if (holdsAnything(content)) await keepForPaused(options, other, delivery);
    } catch (error) {
      log.warn({ err: error, other: other.id }, 'a webhook could not be read for another account');
    }
  }
  return parts;
}

const holdsAnything = ({ events, receipts = [], notices = [] }: WebhookContent): boolean =>
  events.length + receipts.length + notices.length > 0;

/** It waits for the account as if the network had called it there: kept once, by what it says. */
function keepForPaused(
  { database, vault }: ParsingOptions,
  { id, organizationId }: ChannelAccount,
  delivery: StoredDelivery,
): Promise<unknown> {
  const { method, url, headers, body } = delivery;
  const said = createHash('sha256').update(url).update('\0').update(body).digest('base64url');
  const scope = { organizationId, actor: `system:${PARSE_TASK}`, requestId: `delivery:${delivery.id}` };
  return database.write(scope, tx => keepDelivery(tx, vault, id, { method, url, headers, body }, `kept:${said}`));
}

/** Stores what is for one account; with the last of it, in one transaction, the delivery is settled when it was to this account. */
async function keep(
  options: ParsingOptions,
  scope: Scope,
  { hooked, source, content }: Part,
  log: Logger,
  delivery?: Settled,
): Promise<void> {
  const { connector, account } = hooked;
  const now = new Date();
  const { kept, dropped } = sortEvents(content.events, now);
  const finish = async (tx: Tx) => {
    if (source) {
      await recordArrival(tx, source.id, {
        brought: content.events.length > 0,
        isOnlyWay: !connector.poll && !connector.listen,
      });
      if (delivery) {
        const gap = dropped.length > 0 ? { ...gapOf(content.events, dropped, now), fillable: false } : null;
        await replaceLoss(tx, source.id, delivery.id, gap);
      }
    }
    await applyReceipts(tx, connector.network, content.receipts ?? []);
    for (const ref of content.notices ?? []) await askAgain(tx, account.id, ref);
    if (content.poll && connector.poll) await schedulePolls(tx, account.id, connector.kind);
    if (!delivery) return;
    await settleDelivery(tx, delivery.id, delivery.told);
    // It may tell of a post and of its deletion.
    await forgetDeliveries(tx, delivery.forgotten);
  };
  const model = await options.modelOf?.(scope);
  for (let at = 0; at === 0 || at < kept.length; at += MOST_AT_ONCE) {
    const isLast = at + MOST_AT_ONCE >= kept.length;
    await acceptTolerantly(
      kept.slice(at, at + MOST_AT_ONCE),
      dropped,
      async (events, lost) =>
        void (await ingest(options.database, scope, events, {
          network: connector.network,
          sourceId: source?.id ?? null,
          accountId: account.id,
          model,
          ...(isLast && lost ? { finish } : {}),
        })),
      log,
    );
  }
  if (dropped.length > 0) log.warn({ dropped: dropped.slice(0, 10), count: dropped.length }, 'events were dropped');
}

function fail(
  { database }: ParsingOptions,
  scope: Scope,
  delivery: StoredDelivery,
  source: AccountSource | null,
  { problem, polls }: Unread,
): Promise<void> {
  return database.write(scope, async tx => {
    await refuseDelivery(tx, delivery.id, problem);
    if (!source) return;
    const reason = `A delivery could not be read: ${problem}`;
    await recordLoss(tx, source.id, delivery.id, {
      from: delivery.receivedAt,
      to: delivery.receivedAt,
      reason,
      fillable: polls,
    });
    if (polls) await schedulePolls(tx, delivery.accountId, source.connector);
  });
}
