import type { Channel, ChannelDirectory, StoredProblem } from '../modules/social/index.js';
import { type AnyConnector, ConnectorError, type Fault, type FaultClass, type SourceDescription } from './connector.js';
import { type ChannelServices, contextOf, type ServicesFor } from './context.js';

/** The adapters that are plugged in, and what the rest of the product sees of them. */
export interface ConnectorRegistry extends ChannelDirectory {
  all: readonly AnyConnector[];
  servicesFor: ServicesFor;
  connector(kind: string): AnyConnector | undefined;
}

const quiet = { info() {}, warn() {} };

/** Two adapters of one kind are a mistake; of several for one network the first is its own. */
export function connectorRegistry(all: readonly AnyConnector[], servicesFor: ServicesFor): ConnectorRegistry {
  const connectors = new Map(all.map(connector => [connector.kind, connector]));
  if (connectors.size < all.length) throw new Error('Two adapters have the same kind.');
  const channels = new Map(all.map(connector => [connector.kind, channelOf(connector, servicesFor)]));
  return {
    all,
    servicesFor,
    connector: kind => connectors.get(kind),
    byKind: kind => channels.get(kind),
    forNetwork: network => [...channels.values()].find(channel => channel.network === network),
  };
}

function channelOf(connector: AnyConnector, servicesFor: ServicesFor): Channel {
  const { kind, network, capabilities } = connector;
  return {
    kind,
    network,
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

/** Whatever an adapter threw, in the port's words; what it did not say itself is `unknown`. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ConnectorError) return error.fault;
  return { class: 'unknown', message: 'The adapter failed in a way it did not explain.', scope: 'endpoint' };
}

/** A fault as it is kept with a source. */
export function problemOf(fault: Fault, retryAt: Date | null, now: Date): StoredProblem {
  return {
    class: fault.class.toUpperCase() satisfies string as Uppercase<FaultClass>,
    // Networks put anything into their messages; NUL cannot be stored.
    message: fault.message.toWellFormed().replaceAll('\0', '').slice(0, 1000),
    retryAt: retryAt?.toISOString() ?? null,
    at: now.toISOString(),
  };
}
