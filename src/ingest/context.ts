import type { Outbound } from '../platform/outbound.js';
import { channelHttp } from './channel.http.js';
import type { AnyConnector, ConnectorContext, ConnectorLog, Costs, Limits } from './connector.js';

/** What an adapter's calls go through, for one account. */
export interface ChannelServices {
  outbound: Outbound;
  limits: Limits;
  costs: Costs;
}

/** For whom the network is asked: reading leaves a part of every limit to answers and to what a person asks for. */
export interface ChannelUse {
  organizationId: string;
  accountId: string | null;
  purpose: 'read' | 'reply';
}

export type ServicesFor = (use: ChannelUse) => ChannelServices;

export const UNLIMITED: Limits = { take: async () => {}, observe: async () => {} };
export const FREE: Costs = { reserve: async () => ({ settle: async () => {} }) };

/** Everything an adapter is told when it is asked to do something. */
export function contextOf(
  connector: AnyConnector,
  config: unknown,
  { outbound, limits, costs }: ChannelServices,
  { signal, log, since = new Date() }: { signal: AbortSignal; log: ConnectorLog; since?: Date },
): ConnectorContext<unknown> {
  return {
    config,
    signal,
    log,
    since,
    now: () => new Date(),
    limits,
    costs,
    http: channelHttp({
      outbound,
      limits,
      signal,
      ...(connector.limitsOf && { limitsOf: connector.limitsOf.bind(connector) }),
    }),
  };
}
