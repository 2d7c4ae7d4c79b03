import type { AnyConnector, ConnectorContext, ConnectorLog, SourceDescription } from '../../src/ingest/connector.js';
import { type ChannelServices, contextOf, FREE, UNLIMITED } from '../../src/ingest/context.js';
import { openOutbound } from '../../src/platform/outbound.js';
import { openVault } from '../../src/platform/vault.js';

/** What adapters are given in tests: the real client, allowed to loopback, with no limits and no budget. */
export const services: ChannelServices = {
  outbound: openOutbound({ allowPrivateAddresses: true, userAgent: 'Vinculo/test' }),
  limits: UNLIMITED,
  costs: FREE,
};

export const servicesFor = () => services;

/** Of a key that is no secret. */
export const vault = openVault(Buffer.alloc(32, 7));

/** The context in which an adapter is asked about this source. */
export function contextFor(
  connector: AnyConnector,
  source: SourceDescription,
  given: { signal?: AbortSignal; log?: ConnectorLog; now?: () => Date; services?: Partial<ChannelServices> } = {},
): ConnectorContext<any> {
  const context = contextOf(
    connector,
    connector.configure(source),
    { ...services, ...given.services },
    { signal: given.signal ?? AbortSignal.timeout(10_000), log: given.log ?? { info() {}, warn() {} } },
  );
  return given.now ? { ...context, now: given.now, since: given.now() } : context;
}
