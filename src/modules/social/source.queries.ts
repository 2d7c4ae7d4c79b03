import type pg from 'pg';
import { Network } from './networks.js';
import { SourceKind } from './source.entity.js';
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
  settings: Record<string, unknown>;
  intervalSeconds: number;
  /** JSON text; null before the first batch. */
  cursor: string | null;
  cursorVersion: number;
  failures: number;
  /** When the network allows the next try, if it said so. */
  waitUntil: string | null;
}

/** Neither stopped by somebody nor waiting for somebody, and nor is its account. */
const DRIVEN = `s.state in ('ACTIVE', 'RATE_LIMITED', 'FAILING')
  and not exists (select 1 from accounts a
                   where a.organization_id = s.organization_id and a.id = s.account_id and a.state <> 'ACTIVE')`;

/** The source if it is to be read now, or null. For the owner's connection, as all of these are. */
export async function drivenSource(pool: pg.Pool, id: string): Promise<DrivenSource | null> {
  const { rows } = await pool.query<DrivenSource>(
    `select s.organization_id as "organizationId", s.id, s.account_id as "accountId", s.connector, s.network, s.kind,
            s.query, s.settings, s.interval_seconds as "intervalSeconds", s.cursor::text, s.cursor_version as "cursorVersion",
            s.failures, s.problem ->> 'retryAt' as "waitUntil"
       from sources s where s.id = $1 and ${DRIVEN}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Ids of all sources of these adapters that are to be read. */
export async function drivenIds(pool: pg.Pool, connectors: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select s.id from sources s where s.connector = any ($1) and ${DRIVEN}`,
    [connectors],
  );
  return rows.map(row => row.id);
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
