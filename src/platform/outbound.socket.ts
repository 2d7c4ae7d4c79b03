import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { guardedLookup, isPublicAddress } from './outbound.address.js';

/** For connections that are not HTTP to hosts that an owner names. */
export interface SocketGuard {
  /** How `net.connect` and `ws` resolve the name: to allowed addresses only. */
  lookup: LookupFunction;
  /** An address written out never gets to a lookup, so it is asked before. */
  isAllowed(host: string): boolean;
}

/** The rule of `openOutbound`, where a socket is opened by a library or by ourselves. */
export function socketGuard(allowPrivateAddresses: boolean): SocketGuard {
  const isAllowed = (address: string) => allowPrivateAddresses || isPublicAddress(address);
  return {
    lookup: guardedLookup({ isAllowed, resolve: dns.lookup }),
    isAllowed(host) {
      const bare = host.replace(/^\[|\]$/g, '');
      return isIP(bare) === 0 || isAllowed(bare);
    },
  };
}
