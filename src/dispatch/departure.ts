import type { AnyConnector, ConnectorContext, HookContext } from '../ingest/connector.js';
import { type ChannelServices, contextOf } from '../ingest/context.js';
import { type ConnectorRegistry, configureAccount } from '../ingest/registry.js';
import { type ChannelAccount, channelAccount } from '../modules/social/index.js';
import type { Database } from '../platform/database/database.js';
import type { JobContext } from '../platform/jobs.js';
import type { Vault } from '../platform/vault.js';

export interface SendingTimes {
  /** How long a message whose outcome is unknown is left alone before it is looked for; 5,000 unless given, then ever longer. */
  lookUpAfterMs?: number;
  /** For how long one process has the word about a reply; an attempt is broken off before. 180,000 unless given. */
  claimMs?: number;
}

export interface DispatchOptions extends SendingTimes {
  database: Database;
  registry: ConnectorRegistry;
  vault: Vault;
  /** Where the network reaches us for an account, for those that are told with each message. */
  hookOf?: (account: ChannelAccount) => Pick<HookContext<unknown>, 'hookSecret' | 'hookUrl'>;
}

/** An account with its adapter, ready to be told to do something. */
export interface Departure {
  account: ChannelAccount;
  connector: AnyConnector;
  services: ChannelServices;
  /** Throws `ConnectorError` when the adapter does not accept the account as it is. */
  context(signal: AbortSignal): ConnectorContext<unknown>;
}

/** Null when the account, or its adapter, is no longer there. */
export async function departureOf(
  { database, registry, vault, hookOf }: DispatchOptions,
  accountId: string,
  job: JobContext,
): Promise<Departure | null> {
  const account = await channelAccount(database.system, vault, { id: accountId });
  if (account?.organizationId !== job.scope.organizationId) return null;
  const connector = connectorOf(registry, account);
  if (!connector) return null;
  const log = job.log.child({ account: accountId, connector: connector.kind });
  const services = servicesFor(registry, account);
  return {
    account,
    connector,
    services,
    // A worker that is asked to stop ends what is under way: broken off, nobody would know what became of it.
    context: signal => ({
      ...contextOf(connector, configureAccount(connector, account), services, {
        signal,
        log: {
          info: (details, message) => log.info(details, message),
          warn: (details, message) => log.warn(details, message),
        },
      }),
      ...hookOf?.(account),
    }),
  };
}

function connectorOf(registry: ConnectorRegistry, { connector, network }: ChannelAccount): AnyConnector | undefined {
  const kind = connector ?? registry.forNetwork(network)?.kind;
  return kind === undefined ? undefined : registry.connector(kind);
}

/** What the calls of one account go through: the one place that decides it. */
const servicesFor = (registry: ConnectorRegistry, { organizationId, id }: ChannelAccount): ChannelServices =>
  registry.servicesFor({ organizationId, accountId: id, purpose: 'reply' });
