import type pg from 'pg';
import type { Tx } from '../../platform/database/database.js';
import { SealBroken, type Vault } from '../../platform/vault.js';
import type { ChannelAccount } from './channel.directory.js';

type Stored = Omit<ChannelAccount, 'credentials'> & { sealed: string | null };

const STORED = `select a.organization_id as "organizationId", a.id, a.network, a.connector, a.external_id as "externalId", a.handle,
       a.display_name as "displayName", a.state, a.settings, a.hook_key as "hookKey", s.sealed, s.updated_at::text as "credentialsAt"
  from accounts a
  left join account_secrets s on s.organization_id = a.organization_id and s.account_id = a.id`;

/** By its id, or by the name it has in the address the network calls; null when there is none. */
export async function channelAccount(
  pool: pg.Pool | pg.PoolClient,
  vault: Vault,
  by: { id: string } | { hookKey: string },
): Promise<ChannelAccount | null> {
  const [condition, value] = 'id' in by ? ['a.id = $1', by.id] : ['a.hook_key = $1', by.hookKey];
  const { rows } = await pool.query<Stored>(`${STORED} where ${condition}`, [value]);
  return rows[0] ? open(vault, rows[0]) : null;
}

/** Those of an organisation that one adapter reaches: what the network tells one of them may be meant for another. */
export async function channelAccounts(
  pool: pg.Pool,
  vault: Vault,
  organizationId: string,
  connector: string,
): Promise<ChannelAccount[]> {
  const { rows } = await pool.query<Stored>(
    `${STORED} where a.organization_id = $1 and a.connector = $2 order by a.created_at, a.id`,
    [organizationId, connector],
  );
  // One that must be connected again, as its secrets do not open, does not keep the others from theirs.
  const opened = await Promise.all(
    rows.map(row =>
      open(vault, row).catch(error => {
        if (!(error instanceof SealBroken)) throw error;
        return [];
      }),
    ),
  );
  return opened.flat();
}

async function open(vault: Vault, { sealed, ...account }: Stored): Promise<ChannelAccount> {
  return { ...account, credentials: sealed ? await vault.open(sealed, account.id) : {} };
}

/** The credentials were replaced since they were read: what was made of the former ones must not be stored. */
export class StaleCredentials extends Error {
  override readonly name = 'StaleCredentials';
}

/**
 * Replaces an account's credentials, in the transaction of whatever else changes about it. `since` is the `credentialsAt` that
 * they were made of: throws `StaleCredentials` when others are there by now. Without it the last one wins.
 */
export async function keepCredentials(
  tx: Tx,
  vault: Vault,
  accountId: string,
  credentials: Record<string, string>,
  since?: string | null,
): Promise<void> {
  const onConflict =
    since === null
      ? 'do nothing'
      : `(organization_id, account_id) do update set sealed = $3, updated_at = clock_timestamp()
           where $4::timestamptz is null or account_secrets.updated_at = $4`;
  const values: unknown[] = [tx.scope.organizationId, accountId, await vault.seal(credentials, accountId)];
  if (since !== null) values.push(since ?? null);
  const kept = await tx.query(
    `insert into account_secrets (organization_id, account_id, sealed, updated_at) values ($1, $2, $3, clock_timestamp())
     on conflict ${onConflict} returning account_id`,
    values,
  );
  if (kept.length === 0) throw new StaleCredentials('The credentials were replaced in the meantime.');
}
