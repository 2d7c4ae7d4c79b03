// Read once: where code runs in a sandbox, as in tests, each look at a global costs far more than the number.
const { floor, imul } = Math;

/**
 * A seeded source of random numbers: xoshiro128** (Blackman and Vigna, 2018), its state spread from one 32-bit seed by
 * splitmix32. The same seed gives the same numbers on every machine.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number) {
    let state = seed | 0;
    const spread = () => {
      state = (state + 0x9e3779b9) | 0;
      let z = state;
      z = imul(z ^ (z >>> 16), 0x21f0aaad);
      z = imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.a = spread();
    this.b = spread();
    this.c = spread();
    this.d = spread() | 1;
  }

  /** Uniform over the 32-bit unsigned integers. */
  bits(): number {
    const mixed = imul(this.b, 5);
    const result = imul((mixed << 7) | (mixed >>> 25), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  unit(): number {
    return this.bits() * 2.3283064365386963e-10;
  }

  /** Uniform over 0 … bound - 1. */
  below(bound: number): number {
    return floor(this.unit() * bound);
  }

  /** Brings an array into random order where it stands (Fisher and Yates). */
  shuffle(items: Int32Array): Int32Array {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = items[i]!;
      items[i] = items[j]!;
      items[j] = kept;
    }
    return items;
  }
}
