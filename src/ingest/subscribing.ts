import { isIP } from 'node:net';
import type pg from 'pg';
import { type ChannelAccount, channelAccount, recordHook, SUBSCRIBE_TASK } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { Task } from '../platform/jobs.js';
import type { Logger } from '../platform/logger.js';
import { isPublicAddress } from '../platform/outbound.address.js';
import type { Vault } from '../platform/vault.js';
import type { AnyConnector, Fault, Hook } from './connector.js';
import { contextOf } from './context.js';
import { faultOf, problemOf } from './fault.rules.js';
import type { ConnectorRegistry } from './registry.js';

export interface SubscriptionsOptions {
  database: Database;
  registry: ConnectorRegistry;
  vault: Vault;
  /** Without a trailing slash. */
  publicUrl: string;
  hookSecret: (accountId: string) => string;
  log: Logger;
}

const LOOK_TASK = 'hooks:renew';
const NETWORK_TIMEOUT_MS = 30_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A subscription of which the network names no end is asked for again this often: it is harmless, and mends what was lost. */
const RENEW_MS = 24 * HOUR;

/** Asks networks to call us for every connected account, in time and again: tasks for the queue. */
export function openSubscriptions(options: SubscriptionsOptions): { tasks: Record<string, Task>; crontab: string } {
  const kinds = options.registry.connectors
    .filter(connector => connector.subscribe && connector.capabilities.inbound.webhook)
    .map(connector => connector.kind);
  return {
    tasks: {
      [SUBSCRIBE_TASK]: subscribeTask(options),
      [LOOK_TASK]: async () => enqueueDue(options.database.system, kinds),
    },
    crontab: `* * * * * ${LOOK_TASK} ?jobKey=${LOOK_TASK}`,
  };
}

async function enqueueDue(system: pg.Pool, kinds: string[]): Promise<void> {
  await system.query(
    `select enqueue_job('${SUBSCRIBE_TASK}', json_build_object('organizationId', organization_id, 'accountId', id), 'hook:' || id)
       from accounts where connector = any ($1) and state = 'ACTIVE' and (hook_renew_at is null or hook_renew_at <= now())`,
    [kinds],
  );
}

/** Asks once for one account. What the network says against it is kept with the account and tried again, never thrown. */
function subscribeTask({ database, registry, vault, publicUrl, hookSecret }: SubscriptionsOptions): Task {
  return async ({ accountId }: { accountId: string }, job) => {
    const account = await channelAccount(database.system, vault, { id: accountId });
    const connector = account?.connector ? registry.connector(account.connector) : undefined;
    if (account?.state !== 'ACTIVE' || !connector?.subscribe) return;
    if (account.organizationId !== job.scope.organizationId) throw new Error('The job names another organisation.');
    const now = new Date();
    const hook: Hook = { url: `${publicUrl}/hooks/${account.hookKey}`, secret: hookSecret(account.id) };
    const fault = faultOfAddress(publicUrl) ?? (await ask(connector, account, hook, registry, job));
    if (fault instanceof Date) {
      await database.write(job.scope, tx => recordHook(tx, accountId, fault, null));
      return;
    }
    await database.write(job.scope, async tx => {
      const retryAt = (failures: number) =>
        fault.retryAt && fault.retryAt > now
          ? fault.retryAt
          : new Date(now.getTime() + Math.min(HOUR, MINUTE * 2 ** Math.min(failures, 6)) * (1 + Math.random() / 10));
      await recordHook(tx, accountId, retryAt, problemOf(fault, null, now));
    });
    job.log.warn({ account: accountId, fault: problemOf(fault, null, now) }, 'a network could not be asked to call us');
  };
}

/** When to ask again, or why it was in vain. */
async function ask(
  connector: AnyConnector,
  account: ChannelAccount,
  hook: Hook,
  { servicesFor }: ConnectorRegistry,
  job: Parameters<Task>[1],
): Promise<Date | Fault> {
  const { handle: query, settings, credentials, organizationId, id: accountId } = account;
  const services = servicesFor({ organizationId, accountId, purpose: 'reply' });
  const signal = AbortSignal.any([job.signal, AbortSignal.timeout(NETWORK_TIMEOUT_MS)]);
  const log = {
    info: (details: object, message: string) => job.log.info(details, message),
    warn: (details: object, message: string) => job.log.warn(details, message),
  };
  try {
    const config = connector.configure({ kind: 'ACCOUNT', query, settings, credentials });
    const { renewAt } = await connector.subscribe!(contextOf(connector, config, services, { signal, log }), hook);
    return renewAt ?? new Date(Date.now() + RENEW_MS);
  } catch (error) {
    return faultOf(error);
  }
}

/** Why no network could call us at this address, or null. */
export function faultOfAddress(publicUrl: string): Fault | null {
  const { protocol, hostname } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isPrivate = isIP(host)
    ? !isPublicAddress(host)
    : !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
  if (protocol === 'https:' && !isPrivate) return null;
  const message = `No network can call us at ${publicUrl}: set PUBLIC_URL to the https address by which this server is reached from outside.`;
  return { class: 'invalid', message, scope: 'account' };
}
