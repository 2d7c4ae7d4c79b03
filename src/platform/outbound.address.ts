import type dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { OutboundError } from './outbound.error.js';

/** Public by its number, yet answered by the cloud's own host: Azure's metadata and key service. */
const METADATA_ON_PUBLIC_ADDRESSES = new Set(['168.63.129.16']);
/** RFC 4291: the only part of IPv6 that is handed out for the public internet. */
const GLOBAL_UNICAST_6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address (no brackets) is one of the public internet. Loopback, private, link-local, CGNAT, multicast,
 * metadata, reserved and documentation ranges are not, nor is IPv4 wrapped into IPv6 (mapped, NAT64, 6to4, Teredo),
 * which reaches the same machines by another spelling. Anything that is no address is not public either.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_UNICAST_6);
  return !METADATA_ON_PUBLIC_ADDRESSES.has(parsed.toString());
}

function blocked(hostname: string): OutboundError {
  return new OutboundError('blocked_address', `"${hostname}" is not on the public internet, so it is not fetched.`);
}

/** What is asked before a connection: whether an IP address may be connected to, and how names are resolved. */
interface AddressGuard {
  isAllowed(address: string): boolean;
  resolve: typeof dns.lookup;
}

/** Resolves a name and keeps its allowed addresses only: the connection is made to just these, not to a second answer. */
export function guardedLookup({ isAllowed, resolve }: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(candidate => isAllowed(candidate.address));
      const first = allowed[0];
      if (!first) return callback(blocked(hostname), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Opens connections to allowed addresses only. A name is resolved once, by our lookup; an address written in the URL never
 * gets to a lookup, so it is judged before; and what the socket really reached is judged again before a byte is sent.
 */
export function guardedConnector(guard: AddressGuard, connectTimeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ lookup: guardedLookup(guard), timeout: connectTimeoutMs });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !guard.isAllowed(host)) return callback(blocked(options.hostname), null);
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (!guard.isAllowed(socket.remoteAddress ?? '')) {
        socket.destroy();
        return callback(blocked(options.hostname), null);
      }
      callback(null, socket);
    });
  };
}
