import type { ScoredPairs } from './scoring.js';

/** Records joined by pairs of `enough` bits, as for each record the smallest number of its cluster (union-find, Tarjan 1975). */
export function clusters(size: number, { a, b, bits }: ScoredPairs, enough: number): Int32Array {
  const parent = Int32Array.from({ length: size }, (_, record) => record);
  const rootOf = (record: number): number => {
    let at = record;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let pair = 0; pair < a.length; pair++) {
    if (bits[pair]! < enough) continue;
    const one = rootOf(a[pair]!);
    const other = rootOf(b[pair]!);
    if (one < other) parent[other] = one;
    else parent[one] = other;
  }
  return Int32Array.from(parent, (_, record) => rootOf(record));
}

/** Numbers of the pairs that are left when each record of either set is given to its best partner only, the surest first. */
export function bestPartners({ a, b, bits }: ScoredPairs, oneOfEach: 'both' | 'second'): number[] {
  const order = [...bits.keys()].sort((one, other) => bits[other]! - bits[one]!);
  const taken = new Set<number>();
  return order.filter(pair => {
    const isTaken = taken.has(b[pair]!) || (oneOfEach === 'both' && taken.has(a[pair]!));
    if (isTaken) return false;
    taken.add(b[pair]!);
    if (oneOfEach === 'both') taken.add(a[pair]!);
    return true;
  });
}
