import type pg from 'pg';
import type { Stop } from '../platform/process.js';
import { openKeyRing } from '../platform/secrets.js';
import { configuredVault, type Vault } from '../platform/vault.js';
import { print, withTables } from './verb.js';

const BATCH = 100;

export interface Rotation {
  resealed: number;
  /** Sealed with the key in force already. */
  current: number;
  /** Sealed with a key that this server does not have. */
  lost: number;
}

/** Seals everything with the key in force. Exit code 1 when something does not open. */
export async function rotateVerb(stop: Stop, { json = false }: { json?: boolean }): Promise<number> {
  return withTables(stop, async ({ config, database }) => {
    const vault = configuredVault(config, await openKeyRing(database.system, config.SECRET_KEY));
    const sums = await rotateCredentials(database.system, vault, stop);
    if (json) print(JSON.stringify(sums));
    else
      print(
        `Sealed anew: ${sums.resealed}. Already so: ${sums.current}.${sums.lost ? ` Not opened by any key here: ${sums.lost}; connect these accounts again, or add the key to CREDENTIALS_KEYS_BEFORE.` : ''}`,
      );
    return stop.requested ? stop.exitCode : sums.lost > 0 ? 1 : 0;
  });
}

/**
 * In small steps, each row on its own and only while it is as it was read: beside a server that renews access at the same time,
 * twice, or broken off half-way, nothing is lost.
 */
export async function rotateCredentials(
  system: pg.Pool,
  vault: Vault,
  stop: Pick<Stop, 'requested'>,
): Promise<Rotation> {
  const sums: Rotation = { resealed: 0, current: 0, lost: 0 };
  let after = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'];
  while (!stop.requested) {
    const { rows } = await system.query<{ organizationId: string; accountId: string; sealed: string }>(
      `select organization_id as "organizationId", account_id as "accountId", sealed from account_secrets
        where (organization_id, account_id) > ($1, $2) order by organization_id, account_id limit ${BATCH}`,
      after,
    );
    for (const { organizationId, accountId, sealed } of rows) {
      after = [organizationId, accountId];
      if (vault.isCurrent(sealed)) {
        sums.current += 1;
        continue;
      }
      const values = await vault.open(sealed, accountId).catch(() => null);
      if (!values) {
        sums.lost += 1;
        continue;
      }
      // Whoever replaced it meanwhile sealed it with the key in force.
      await system.query(
        'update account_secrets set sealed = $3 where organization_id = $1 and account_id = $2 and sealed = $4',
        [organizationId, accountId, await vault.seal(values, accountId), sealed],
      );
      sums.resealed += 1;
    }
    if (rows.length < BATCH) break;
  }
  return sums;
}
