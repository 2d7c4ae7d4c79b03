import { createHash } from 'node:crypto';

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The record key (a TID: 53 bits of microseconds, 10 bits of clock) that a message with this UUID version 7 is published under. The same
 * message has the same key for ever, so that the network itself refuses it a second time; two messages of one millisecond
 * share a key once in a million.
 */
export function recordKeyOf(key: string): string {
  const milliseconds = BigInt(`0x${key.replaceAll('-', '').slice(0, 12)}`);
  const digest = createHash('sha256').update(key).digest();
  const microseconds = milliseconds * 1000n + BigInt(digest.readUInt16BE(0) % 1000);
  let rest = (microseconds << 10n) | BigInt(digest.readUInt16BE(2) & 1023);
  let tid = '';
  for (let at = 0; at < 13; at += 1) {
    tid = ALPHABET[Number(rest & 31n)] + tid;
    rest >>= 5n;
  }
  return tid;
}
