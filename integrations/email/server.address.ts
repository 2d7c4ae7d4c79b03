import dns from 'node:dns';
import net, { isIP, type LookupFunction } from 'node:net';
import { guardedLookup, isPublicAddress } from '../../src/platform/outbound.address.js';
import { invalid } from './account.config.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** Which addresses mail servers may have: an owner names any host, and must not reach our own network by it. */
export interface MailNetwork {
  allowPrivateAddresses: boolean;
  /** The system's resolver unless given. */
  resolve?: typeof dns.lookup;
}

/** How a host's name is resolved for a connection. Throws `ConnectorError` of class `invalid` for a private address. */
export function lookupFor(host: string, { allowPrivateAddresses, resolve = dns.lookup }: MailNetwork): LookupFunction {
  const isAllowed = (address: string) => allowPrivateAddresses || isPublicAddress(address);
  // An address is connected to as it stands, without any lookup.
  if (isIP(host) !== 0 && !isAllowed(host)) throw invalid(`"${host}" is not on the public internet.`);
  return guardedLookup({ isAllowed, resolve });
}

/** Opens a connection under the same rule, within ten seconds. */
export async function connectTo(
  server: { host: string; port: number },
  network: MailNetwork,
  signal: AbortSignal,
): Promise<net.Socket> {
  const socket = net.connect({ ...server, lookup: lookupFor(server.host, network) });
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
      bounded.addEventListener('abort', () => reject(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    });
    socket.removeAllListeners('error');
    return socket;
  } catch (error) {
    socket.on('error', () => {}).destroy();
    throw error;
  }
}
