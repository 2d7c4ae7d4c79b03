import type pg from 'pg';
import type { ConnectorRegistry } from '../ingest/registry.js';
import { channelAccount, checkAccount } from '../modules/social/index.js';
import { SealBroken, type Vault } from '../platform/vault.js';
import { CommandError } from './failure.js';
import type { Check } from './finding.js';

/** A real round trip for every connected account: who the network says we are, or why it does not let us in. */
export async function accounts(
  pool: pg.Pool,
  { vault, registry }: { vault: Vault; registry: ConnectorRegistry },
  check: Check,
): Promise<void> {
  const { rows } = await pool.query<{ id: string; organization: string; network: string; handle: string }>(
    `select a.id, o.slug as organization, a.network, a.handle
       from accounts a join organizations o on o.id = a.organization_id
      where a.connector is not null order by o.slug, a.network, a.handle, a.id`,
  );
  for (const { id, organization, network, handle } of rows)
    await check(`account ${organization}/${network} ${handle}`, () => roundTrip(pool, vault, registry, id));
}

async function roundTrip(pool: pg.Pool, vault: Vault, registry: ConnectorRegistry, id: string): Promise<string> {
  const account = await channelAccount(pool, vault, { id }).catch(error => {
    if (!(error instanceof SealBroken)) throw error;
    throw new CommandError('its credentials do not open; is CREDENTIALS_KEY, or one it replaced, missing?');
  });
  if (!account) return 'it was removed meanwhile';
  if (account.state === 'PAUSED') return 'paused, so it was not tried';
  const channel = registry.byKind(account.connector!);
  if (!channel) throw new CommandError(`the adapter ${account.connector} is not plugged in`);
  const began = performance.now();
  const found = await checkAccount(channel, account);
  if (!('channel' in found)) throw new CommandError(`${found.class}: ${found.message}`);
  const until = found.accessEndsAt ? `, access until ${found.accessEndsAt.toISOString()}` : '';
  return `we are ${found.handle}, answered after ${Math.round(performance.now() - began)} ms${until}`;
}
