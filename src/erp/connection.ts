import { join } from 'node:path';
import type pg from 'pg';
import type { FieldRules } from '../modules/erp/index.js';
import { SealBroken, type Vault } from '../platform/vault.js';
import type { ErpAdapter, ErpKind } from './port.js';

/** A connection with its secrets, as the engine works on it. */
export interface OpenedConnection {
  id: string;
  organizationId: string;
  adapter: ErpAdapter;
  /** Secrets included; never to be logged. */
  settings: Record<string, string>;
  state: 'ACTIVE' | 'PAUSED';
  intervalMinutes: number;
  fieldRules: FieldRules;
  idPrefix: string;
  /** Of the organisation. */
  slug: string;
}

export interface ErpParts {
  /** The owner's connections: requests cannot read secrets. */
  system: pg.Pool;
  vault: Vault;
  adapters: readonly ErpAdapter[];
  /** Below it each organisation has a folder for files; undefined where this server has none. */
  folder?: string | undefined;
}

export const folderOf = ({ folder }: Pick<ErpParts, 'folder'>, slug: string): string | undefined =>
  folder === undefined ? undefined : join(folder, slug);

/** Null when the connection is gone, or this server has no such adapter. Throws `SealBroken` when its secrets do not open. */
export async function openConnection(
  { system, vault, adapters }: ErpParts,
  organizationId: string,
  connectionId: string,
): Promise<OpenedConnection | null> {
  const { rows } = await system.query<Omit<OpenedConnection, 'adapter'> & { kind: string; sealed: string | null }>(
    `select c.id, c.organization_id as "organizationId", c.adapter as kind, c.settings, c.state, c.interval_minutes as "intervalMinutes",
            c.field_rules as "fieldRules", c.id_prefix as "idPrefix", o.slug, x.sealed
       from erp_connections c
       join organizations o on o.id = c.organization_id
       left join erp_secrets x on x.organization_id = c.organization_id and x.connection_id = c.id
      where c.organization_id = $1 and c.id = $2`,
    [organizationId, connectionId],
  );
  const [row] = rows;
  const adapter = row && adapters.find(({ kind }) => kind === row.kind);
  if (!row || !adapter) return null;
  const { sealed, kind: _kind, ...rest } = row;
  return { ...rest, adapter, settings: { ...rest.settings, ...(sealed && (await vault.open(sealed, row.id))) } };
}

export const isSealBroken = (error: unknown): boolean => error instanceof SealBroken;

/** What the adapter writes. */
export const writesOf = ({ adapter, settings }: Pick<OpenedConnection, 'adapter' | 'settings'>): readonly ErpKind[] =>
  adapter.handles?.(settings).writes ?? adapter.writes;

export const readsOf = ({ adapter, settings }: Pick<OpenedConnection, 'adapter' | 'settings'>): readonly ErpKind[] =>
  adapter.handles?.(settings).reads ?? adapter.reads;

/** The same, without orders where an older connection takes them: an order is in one ERP. */
export async function effectiveWrites(
  { system, adapters }: ErpParts,
  connection: OpenedConnection,
): Promise<readonly ErpKind[]> {
  const writes = writesOf(connection);
  if (!writes.includes('ORDER')) return writes;
  const { rows } = await system.query<{ kind: string; settings: Record<string, string> }>(
    `select o.adapter as kind, o.settings from erp_connections o
       join erp_connections c on c.organization_id = o.organization_id and c.id = $2
      where o.organization_id = $1 and o.state = 'ACTIVE' and (o.created_at, o.id) < (c.created_at, c.id)`,
    [connection.organizationId, connection.id],
  );
  const isTaken = rows.some(({ kind, settings }) => {
    const adapter = adapters.find(one => one.kind === kind);
    return adapter && writesOf({ adapter, settings }).includes('ORDER');
  });
  return isTaken ? writes.filter(kind => kind !== 'ORDER') : writes;
}
