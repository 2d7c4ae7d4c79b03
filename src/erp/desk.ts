import type { DryRun, ErpDesk } from '../modules/erp/index.js';
import { InputError } from '../platform/errors.js';
import { openLogger } from '../platform/logger.js';
import { folderOf, isSealBroken, openConnection } from './connection.js';
import { dryRun } from './dry.run.js';
import type { ErpAdapter } from './port.js';
import { erpErrorOf, openSession, within } from './session.js';
import type { ErpOptions } from './sync.js';

const CHECK_MS = 20_000;

/** What requests ask of ERPs. `digest` stands in for a secret where an input is only compared. */
export function erpDesk(options: ErpOptions, digest: (secret: string) => string): ErpDesk {
  const { system, vault, adapters, outbound } = options;
  const named = (kind: string): ErpAdapter | undefined => adapters.find(one => one.kind === kind);
  // Warnings of a check are nobody's: what is wrong is in its answer.
  const log = openLogger('silent');
  return {
    adapters,
    handles(kind, settings) {
      const adapter = named(kind);
      return adapter?.handles?.(settings) ?? { reads: adapter?.reads ?? [], writes: adapter?.writes ?? [] };
    },
    servers: (kind, settings) => named(kind)?.servers?.(settings) ?? [JSON.stringify(settings)],
    problems: (kind, values) => named(kind)?.problems(values) ?? [],
    async check(kind, values, organizationId) {
      const adapter = named(kind)!;
      const slug = await slugOf(options, organizationId);
      const stop = new AbortController();
      try {
        return await within(CHECK_MS, stop, async () => {
          const session = await openSession(adapter, values, {
            outbound,
            folder: folderOf(options, slug),
            signal: stop.signal,
            log,
          });
          try {
            return await session.check();
          } finally {
            await session.close().catch(() => {});
          }
        });
      } catch (error) {
        if (error instanceof InputError) throw error;
        return { problem: erpErrorOf(error).message };
      }
    },
    async secretsOf(organizationId, connectionId) {
      const { rows } = await system.query<{ sealed: string }>(
        'select sealed from erp_secrets where organization_id = $1 and connection_id = $2',
        [organizationId, connectionId],
      );
      try {
        return rows[0] ? await vault.open(rows[0].sealed, connectionId) : {};
      } catch (error) {
        if (!isSealBroken(error)) throw error;
        return {};
      }
    },
    seal: (secrets, connectionId) => vault.seal(secrets, connectionId),
    digest,
    async dryRun(scope, connectionId, kinds): Promise<DryRun> {
      const nothing = { applied: [], outgoing: 0, isPartial: true };
      try {
        const connection = await openConnection(options, scope.organizationId, connectionId);
        if (!connection) return { ...nothing, problem: 'This server has no such adapter.' };
        return await dryRun(options, scope, connection, kinds);
      } catch (error) {
        if (!isSealBroken(error)) throw error;
        return { ...nothing, problem: 'Its secrets do not open with the keys of this server.' };
      }
    },
  };
}

async function slugOf({ system }: ErpOptions, organizationId: string): Promise<string> {
  const { rows } = await system.query<{ slug: string }>('select slug from organizations where id = $1', [
    organizationId,
  ]);
  return rows[0]?.slug ?? organizationId;
}
