import { type Channel, type ChannelDirectory, NETWORK_LABELS } from '../modules/social/index.js';
import { followedBy, recognise, signInOf } from './channel.accounts.js';
import { type AnyConnector, ConnectorError, type Fault, type SourceDescription } from './connector.js';
import { type ChannelServices, contextOf, type ServicesFor } from './context.js';
import { faultOf, problemOf } from './fault.rules.js';

export { faultOf, problemOf };

/** The adapters that are plugged in, and what the rest of the product sees of them. */
export interface ConnectorRegistry extends ChannelDirectory {
  connectors: readonly AnyConnector[];
  servicesFor: ServicesFor;
  connector(kind: string): AnyConnector | undefined;
}

const quiet = { info() {}, warn() {} };

/** Two adapters of one kind are a mistake; of several for one network the first is its own. */
export function connectorRegistry(all: readonly AnyConnector[], servicesFor: ServicesFor): ConnectorRegistry {
  const connectors = new Map(all.map(connector => [connector.kind, connector]));
  if (connectors.size < all.length) throw new Error('Two adapters have the same kind.');
  const channels = new Map(
    all.map(connector => [connector.kind, channelOf(connector, servicesFor, labelOf(connector, all))]),
  );
  return {
    all: [...channels.values()],
    connectors: all,
    servicesFor,
    connector: kind => connectors.get(kind),
    byKind: kind => channels.get(kind),
    forNetwork: network => [...channels.values()].find(channel => channel.network === network),
  };
}

/** Adapters of one network are told apart by their own names. */
function labelOf({ kind, label, network }: AnyConnector, all: readonly AnyConnector[]): string {
  const others = all.filter(other => other.network === network && other.kind !== kind);
  return label ?? (others.length > 0 ? `${NETWORK_LABELS[network]} (${kind})` : NETWORK_LABELS[network]);
}

function channelOf(connector: AnyConnector, servicesFor: ServicesFor, label: string): Channel {
  const { kind, network, capabilities } = connector;
  return {
    kind,
    network,
    label,
    fields: connector.connection?.fields ?? [],
    signIn: signInOf(connector, holder => servicesFor({ ...holder, purpose: 'reply' })),
    follows: followedBy(connector),
    recognise: (account, signal, holder) =>
      recognise(connector, servicesFor({ ...holder, purpose: 'reply' }), account, signal),
    capabilities: {
      canReplyPublicly: capabilities.reply.public,
      canReplyPrivately: capabilities.reply.private,
      streams: capabilities.inbound.stream,
      polls: capabilities.inbound.poll,
      webhooks: capabilities.inbound.webhook,
      textLimit: capabilities.textLimit?.max ?? null,
    },
    refusal(source) {
      try {
        connector.configure(source);
        return null;
      } catch (error) {
        if (error instanceof ConnectorError) return error.fault.message;
        throw error;
      }
    },
    async check(source, signal, holder) {
      const services = servicesFor({ ...holder, purpose: 'reply' });
      const fault = await faultOfCheck(connector, source, services, signal);
      return fault && problemOf(fault, fault.retryAt ?? null, new Date());
    },
  };
}

async function faultOfCheck(
  connector: AnyConnector,
  source: SourceDescription,
  services: ChannelServices,
  signal: AbortSignal,
): Promise<Fault | null> {
  try {
    const config = connector.configure(source);
    const result = await connector.check(contextOf(connector, config, services, { signal, log: quiet }));
    return result.ok ? null : result.problem;
  } catch (error) {
    return faultOf(error);
  }
}
