const WORDS = 4;

/**
 * Numbers UUIDs from 0 on, in the order they are first met: 16 bytes and a slot each, where a Map of strings takes ten times that.
 * Open addressing with linear probing (Knuth 1998, 6.4); identifiers of version 7 end in random bits, so these are the hash.
 */
export class UuidNumbers {
  count = 0;
  private words = new Int32Array(WORDS * 1024);
  private slots = new Int32Array(2048);

  /** The number of the UUID whose 16 bytes are at `at`; a new one is given the next. */
  numberOf(view: DataView, at: number): number {
    if (this.count * 2 >= this.slots.length) this.grow();
    const slot = this.slotOf(view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12));
    const known = this.slots[slot]!;
    if (known > 0) return known - 1;
    const number = this.count++;
    for (let word = 0; word < WORDS; word++) this.words[number * WORDS + word] = view.getInt32(at + word * 4);
    this.slots[slot] = number + 1;
    return number;
  }

  /** The number of a UUID that was met before, or -1. */
  find(view: DataView, at: number): number {
    const slot = this.slotOf(view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12));
    return this.slots[slot]! - 1;
  }

  /** The number here of what is numbered `number` there, or -1. */
  findOf(other: UuidNumbers, number: number): number {
    const at = number * WORDS;
    const { words } = other;
    return this.slots[this.slotOf(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)]! - 1;
  }

  /** Writes the 16 bytes of a UUID by its number. */
  write(number: number, view: DataView, at: number): void {
    for (let word = 0; word < WORDS; word++) view.setInt32(at + word * 4, this.words[number * WORDS + word]!);
  }

  /** The UUID as text. */
  text(number: number): string {
    const bytes = Buffer.alloc(16);
    this.write(number, new DataView(bytes.buffer, bytes.byteOffset, 16), 0);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Where a UUID is, or where it would be put. */
  private slotOf(a: number, b: number, c: number, d: number): number {
    const { words, slots } = this;
    const mask = slots.length - 1;
    let slot = (Math.imul(c ^ (d >>> 15), 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b)) & mask;
    for (;;) {
      const number = slots[slot]! - 1;
      if (number < 0) return slot;
      const at = number * WORDS;
      if (words[at + 3] === d && words[at + 2] === c && words[at + 1] === b && words[at] === a) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 0; number < this.count; number++) {
      const at = number * WORDS;
      this.slots[this.slotOf(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!)] = number + 1;
    }
  }
}
