/** The GSM 7-bit default alphabet (3GPP TS 23.038, table 6.2.1). */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each of these takes two places (table 6.2.1.1). */
const EXTENSION = '^{}\\[~]|€\f';

const PLACES = new Map<string, number>([
  ...[...BASIC].map(sign => [sign, 1] as const),
  ...[...EXTENSION].map(sign => [sign, 2] as const),
]);

export interface Segments {
  encoding: 'GSM7' | 'UCS2';
  /** How many short messages it takes. */
  segments: number;
  /** In places of the encoding: septets, or UTF-16 units. */
  length: number;
}

/**
 * How a text travels by SMS: 160 septets or 70 UTF-16 units in one message; 153 or 67 in each of several, which must tear neither
 * an escaped sign nor a surrogate pair apart.
 */
export function segmentsOf(text: string): Segments {
  const signs = [...text];
  const isGsm = signs.every(sign => PLACES.has(sign));
  const [single, each] = isGsm ? [160, 153] : [70, 67];
  const sizes = signs.map(sign => (isGsm ? PLACES.get(sign)! : sign.length));
  const length = sizes.reduce((sum, size) => sum + size, 0);
  const encoding = isGsm ? 'GSM7' : 'UCS2';
  if (length <= single) return { encoding, segments: length === 0 ? 0 : 1, length };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments, length };
}
