/**
 * A small seeded generator (mulberry32, Tommy Ettinger 2017). Every customer, identity and post draws from one of its own,
 * found by its number, so that any of them can be made alone and the whole needs no memory of what came before.
 */
export class Random {
  private state: number;

  constructor(state: number) {
    this.state = state | 0;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** `list` must not be empty. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  weighted<T>(table: readonly (readonly [T, number])[]): T {
    let left = this.next() * table.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of table) {
      left -= weight;
      if (left < 0) return value;
    }
    return table[table.length - 1]![0];
  }
}

/** The generator of the `index`-th thing of a topic; topics and indexes do not disturb one another. */
export function randomOf(seed: string | number, topic: string): (index: number) => Random {
  const base = hash(`${seed}/${topic}`);
  return index => new Random(scatter(base ^ scatter(index + 0x9e3779b9)));
}

// FNV-1a, 32 bits.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

// The finaliser of MurmurHash3: neighbouring indexes must not give neighbouring sequences.
function scatter(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
