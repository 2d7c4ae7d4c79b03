import type pg from 'pg';
import type { Vault } from '../../platform/vault.js';
import { Network } from './networks.js';
import { SourceKind, type SourceState } from './source.entity.js';
import { POLL_TASK, UNSCHEDULED } from './source.schedule.js';

/** A source as it is driven: what to follow, and where reading stands. */
export interface DrivenSource {
  organizationId: string;
  id: string;
  accountId: string | null;
  connector: string;
  network: Network;
  kind: SourceKind;
  query: string;
  /** The account's, and over them the source's own. */
  settings: Record<string, unknown>;
  /** The account's. */
  credentials: Record<string, string>;
  /** Names this state of them; see `keepCredentials`. */
  credentialsAt: string | null;
  intervalSeconds: number;
  /** JSON text; null before the first batch. */
  cursor: string | null;
  cursorVersion: number;
  /** The same for the poll of a source that is streamed too. */
  reconcileCursor: string | null;
  reconcileVersion: number;
  failures: number;
  createdAt: Date;
  /** When the network allows the next try, if it said so. */
  waitUntil: string | null;
}

/** Neither stopped by somebody nor waiting for somebody, and nor is its account; nor is it read while access is to be renewed first. */
const DRIVEN = `s.state in ('ACTIVE', 'RATE_LIMITED', 'FAILING')
  and not exists (select 1 from accounts a
                   where a.organization_id = s.organization_id and a.id = s.account_id
                     and (a.state <> 'ACTIVE' or a.access_renew_at is not null and a.access_ends_at <= now()))`;

/** The source if it is to be read now, or null. For the owner's connection, as all of these are. */
export async function drivenSource(pool: pg.Pool, vault: Vault, id: string): Promise<DrivenSource | null> {
  const { rows } = await pool.query<Omit<DrivenSource, 'credentials'> & { sealed: string | null }>(
    `select s.organization_id as "organizationId", s.id, s.account_id as "accountId", s.connector, s.network, s.kind,
            s.query, coalesce(a.settings, '{}') || s.settings as settings, v.sealed,
            v.updated_at::text as "credentialsAt", s.interval_seconds as "intervalSeconds", s.cursor::text, s.cursor_version as "cursorVersion",
            s.reconcile_cursor::text as "reconcileCursor", s.reconcile_version as "reconcileVersion",
            s.failures, s.created_at as "createdAt", s.problem ->> 'retryAt' as "waitUntil"
       from sources s
       left join accounts a on a.organization_id = s.organization_id and a.id = s.account_id
       left join account_secrets v on v.organization_id = s.organization_id and v.account_id = s.account_id
         and (a.connector is null or a.connector = s.connector)
      where s.id = $1 and ${DRIVEN}`,
    [id],
  );
  if (!rows[0]) return null;
  const { sealed, ...source } = rows[0];
  return { ...source, credentials: sealed ? await vault.open(sealed, source.accountId!) : {} };
}

/** All sources of these adapters that are to be read: by id, something that changes with what is followed and where. */
export async function drivenSources(pool: pg.Pool, connectors: string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; followed: string }>(
    `select s.id, md5(concat_ws(' ', s.kind, s.query, s.settings, a.settings)) as followed
       from sources s left join accounts a on a.organization_id = s.organization_id and a.id = s.account_id
      where s.connector = any ($1) and ${DRIVEN}`,
    [connectors],
  );
  return new Map(rows.map(row => [row.id, row.followed]));
}

/**
 * Gives every source that is to be polled its job where it has none: after a process was killed between two jobs, or for
 * sources that were not created through the API. Returns how many.
 */
export async function scheduleForgotten(pool: pg.Pool, connectors: string[]): Promise<number> {
  const { rowCount } = await pool.query(
    `select enqueue_job($2, json_build_object('organizationId', s.organization_id, 'sourceId', s.id), 'source:' || s.id)
       from sources s where s.connector = any ($1) and ${DRIVEN} and ${UNSCHEDULED}`,
    [connectors, POLL_TASK],
  );
  return rowCount ?? 0;
}

/** The source that stands for an account itself, whatever its state: what its network sends belongs to it. */
export interface AccountSource {
  id: string;
  connector: string;
  state: SourceState;
}

export async function accountSource(
  pool: pg.Pool,
  account: { organizationId: string; id: string; connector: string | null },
): Promise<AccountSource | null> {
  const { rows } = await pool.query<AccountSource>(
    `select id, connector, state from sources
      where organization_id = $1 and account_id = $2 and connector = $3 and kind = 'ACCOUNT' order by created_at, id limit 1`,
    [account.organizationId, account.id, account.connector],
  );
  return rows[0] ?? null;
}
