import { erpAdapters } from '../../../src/app.erps.js';
import { syncTask, writeTask } from '../../../src/erp/erp.js';
import type { ErpOptions } from '../../../src/erp/sync.js';
import { newId } from '../../../src/platform/ids.js';
import { openLogger } from '../../../src/platform/logger.js';
import { openOutbound } from '../../../src/platform/outbound.js';
import { openVault } from '../../../src/platform/vault.js';
import type { TestApp, TestOrganization } from '../app.js';

export const TEST_KEY = Buffer.alloc(32, 7);

/** What runs an ERP by hand: the engine's tasks with nothing that calls them by itself. */
export function erpOptions(test: TestApp, more: Partial<ErpOptions> = {}): ErpOptions {
  return {
    database: test.app.database,
    system: test.app.database.system,
    vault: openVault(TEST_KEY),
    adapters: erpAdapters(),
    outbound: openOutbound({ allowPrivateAddresses: true, userAgent: 'test' }),
    ...more,
  };
}

const jobOf = (organizationId: string) => ({
  scope: { organizationId, actor: 'system:erp.sync', requestId: newId() },
  signal: new AbortController().signal,
  log: openLogger(process.env.TEST_LOG ?? 'silent'),
});

/** Runs the job that reads a connection, once. */
export const syncOnce = (options: ErpOptions, { id }: TestOrganization, connectionId: string): Promise<void> =>
  syncTask(options)({ connectionId }, jobOf(id));

/** Runs the job that writes by a connection, once. */
export const writeOnce = (options: ErpOptions, { id }: TestOrganization, connectionId: string): Promise<void> =>
  writeTask(options)({ connectionId }, jobOf(id));
