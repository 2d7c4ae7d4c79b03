import type { Pool, PoolClient } from 'pg';
import { recordEvents } from '../../../events/index.js';
import type { Database, Scope } from '../../../platform/database/database.js';
import type { Logger } from '../../../platform/logger.js';
import type { Vault } from '../../../platform/vault.js';
import { channelAccount, keepCredentials, StaleCredentials } from '../account.channel.js';
import type { ChannelAccount } from '../channel.directory.js';
import { type AccessGrant, type ChannelDirectory, ChannelRefusal, type StoredProblem } from '../channel.directory.js';
import { resumeReplies } from '../replies/outbox.queue.js';
import { scheduleSources } from '../source.schedule.js';
import { recordAccountProblem } from './connection.service.js';
import { RENEW_TASK, renewalOf } from './renewal.rules.js';

const NETWORK_TIMEOUT_MS = 30_000;
const AGAIN_AFTER_MS = 60_000;
/** Names the kind of advisory lock; the account is its second half. */
const LOCK = 707_301;

export interface RenewalOptions {
  database: Database;
  vault: Vault;
  channels: ChannelDirectory;
  log: Logger;
}

/** Gives every account whose access is to be renewed its job; for the owner's connection. Returns how many there are. */
export async function accountsToRenew(system: Pool): Promise<number> {
  const { rowCount } = await system.query(
    `select enqueue_job('${RENEW_TASK}', json_build_object('organizationId', organization_id, 'accountId', id), 'renew:' || id)
       from accounts where access_renew_at <= now() and state <> 'NEEDS_REAUTHORIZATION'`,
  );
  return rowCount ?? 0;
}

/**
 * Renews an account's access if it is still due. One process at a time does: a network often takes back both tokens when a refresh
 * token is used twice. Access and the refresh token that came with it are stored together.
 */
export async function renewAccess(options: RenewalOptions, scope: Scope, accountId: string): Promise<void> {
  await alone(options.database.system, accountId, async client => {
    if (!(await isDue(client, scope, accountId))) return;
    const account = await channelAccount(client, options.vault, { id: accountId });
    const signIn = account?.connector ? options.channels.byKind(account.connector)?.signIn : undefined;
    if (!account || !signIn?.renews) return;
    const began = new Date();
    const given = { ...(account.settings as Record<string, string>), ...account.credentials };
    try {
      const grant = await signIn.renew(given, AbortSignal.timeout(NETWORK_TIMEOUT_MS), {
        organizationId: account.organizationId,
        accountId,
      });
      await keepGrant(options, scope, account, grant, began);
    } catch (error) {
      if (error instanceof StaleCredentials) return;
      if (!(error instanceof ChannelRefusal)) throw error;
      options.log.warn({ account: accountId, problem: error.problem }, 'access could not be renewed');
      await keepRefusal(options, scope, account, error.problem, began);
    }
  });
}

async function keepGrant(
  { database, vault }: RenewalOptions,
  scope: Scope,
  account: ChannelAccount,
  { credentials, endsAt }: AccessGrant,
  began: Date,
): Promise<void> {
  const { id, credentialsAt } = account;
  await database.write(scope, async tx => {
    const [row] = await tx.query<{ troubled: boolean }>(
      'select problem is not null as troubled from accounts where organization_id = $1 and id = $2 for update',
      [scope.organizationId, id],
    );
    if (!row) return;
    await keepCredentials(tx, vault, id, { ...account.credentials, ...credentials }, credentialsAt);
    await tx.query(
      `update accounts set access_ends_at = $3, access_renew_at = $4, problem = null where organization_id = $1 and id = $2`,
      [scope.organizationId, id, endsAt, endsAt && renewalOf(began, endsAt)],
    );
    if (row.troubled) await recordEvents(tx, [{ type: 'account.changed', subjectId: id }]);
    // Those that found the former access ended had no next turn.
    const waiting = await tx.query<{ id: string }>(
      `select id from sources where organization_id = $1 and account_id = $2 and state in ('ACTIVE', 'FAILING', 'RATE_LIMITED')`,
      [scope.organizationId, id],
    );
    await scheduleSources(
      tx,
      waiting.map(source => source.id),
    );
    await resumeReplies(tx, id);
  });
}

/** Refused for good, its owner must sign in again; otherwise it is tried again when the network says, or in a minute. */
async function keepRefusal(
  { database }: RenewalOptions,
  scope: Scope,
  { id: accountId, credentialsAt }: ChannelAccount,
  problem: StoredProblem,
  now: Date,
): Promise<void> {
  const again = problem.retryAt ?? new Date(now.getTime() + AGAIN_AFTER_MS).toISOString();
  await database.write(scope, async tx => {
    const [current] = await tx.query(
      `select 1 from accounts a join account_secrets s on s.organization_id = a.organization_id and s.account_id = a.id
        where a.organization_id = $1 and a.id = $2 and s.updated_at = $3::timestamptz for update of a`,
      [scope.organizationId, accountId, credentialsAt],
    );
    // Somebody signed in again meanwhile: what was refused is no longer what counts.
    if (!current) return;
    await recordAccountProblem(tx, accountId, problem.class === 'AUTH' ? problem : { ...problem, retryAt: again });
    await tx.query(
      `update accounts set access_renew_at = case when $4 then null else $3::timestamptz end
        where organization_id = $1 and id = $2`,
      [scope.organizationId, accountId, again, problem.class === 'AUTH'],
    );
  });
}

async function isDue(client: PoolClient, { organizationId }: Scope, accountId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from accounts where organization_id = $1 and id = $2 and access_renew_at <= now() and state <> 'NEEDS_REAUTHORIZATION'`,
    [organizationId, accountId],
  );
  return rowCount === 1;
}

/**
 * Runs the work unless another process is at the same account. The lock is the connection's, not a transaction's: it ends with
 * the process, and holds back nobody's events while the network takes its time.
 */
async function alone(system: Pool, accountId: string, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await system.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as mine', [
      LOCK,
      accountId,
    ]);
    if (!rows[0]?.mine) return;
    try {
      await work(client);
    } finally {
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, accountId]).catch(error => {
        broken = error as Error;
      });
    }
  } finally {
    client.release(broken);
  }
}
