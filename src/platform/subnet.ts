import ipaddr from 'ipaddr.js';

/**
 * The part of an address that one subscriber has, by which callers are counted: the whole of it in version 4, also where it is
 * written in version 6, and the first 64 bits in version 6, of which anybody has as many addresses as they like. What is no address
 * is left as it is.
 */
export function subnetOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return parsed.parts
    .slice(0, 4)
    .map(part => part.toString(16))
    .join(':');
}
