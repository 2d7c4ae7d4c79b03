import type { ErpField, ErpKind } from '../../erp/port.js';
import type { Scope } from '../../platform/database/database.js';
import type { Applied } from './mirror/applying.service.js';

/** What this module asks of the engine, which alone speaks to ERPs. */
export interface ErpDesk {
  adapters: readonly ErpAdapterFacts[];
  /** Kinds that a connection with these settings reads and writes. */
  handles(adapter: string, settings: Record<string, string>): Pick<ErpAdapterFacts, 'reads' | 'writes'>;
  /** Origins that secrets are sent to under these settings. */
  servers(adapter: string, settings: Record<string, string>): readonly string[];
  /** What is wrong with settings and secrets, by field; nothing when all is well. */
  problems(adapter: string, values: Record<string, string>): { field: string; message: string }[];
  /** Asks the ERP to let us in, for twenty seconds at most. */
  check(
    adapter: string,
    values: Record<string, string>,
    organizationId: string,
  ): Promise<{ name: string; version?: string | undefined } | { problem: string }>;
  /** Secrets of a connection; none when they do not open. */
  secretsOf(organizationId: string, connectionId: string): Promise<Record<string, string>>;
  seal(secrets: Record<string, string>, connectionId: string): Promise<string>;
  /** Stands in for a secret where an input is only compared. */
  digest(secret: string): string;
  /** Reads what is next of these kinds and says what would become of it; nothing is kept. */
  dryRun(scope: Scope, connectionId: string, kinds: readonly ErpKind[] | null): Promise<DryRun>;
}

export interface ErpAdapterFacts {
  kind: string;
  label: string;
  fields: readonly ErpField[];
  reads: readonly ErpKind[];
  writes: readonly ErpKind[];
}

export interface DryRun {
  applied: Applied[];
  /** Records that would be written to the ERP. */
  outgoing: number;
  /** Whether the ERP has more than was looked at. */
  isPartial: boolean;
  problem: string | null;
}
