/** Strings of a dictionary as UTF-16 units one after the other: text `id` lies from `starts[id]` to `starts[id + 1]`. */
export interface Texts {
  units: Uint16Array;
  starts: Int32Array;
}

/** Longer texts are compared by their beginning: matched letters are then bits of one integer. */
const LONGEST = 31;

/**
 * How alike two texts are, 0 to 1: Jaro's similarity (Jaro 1989) raised for a common beginning of up to four letters
 * (Winkler 1990, p = 0.1). Allocates nothing: it is called for tens of millions of pairs, on memory that threads share.
 */
export function jaroWinkler(left: Texts, a: number, right: Texts, b: number): number {
  const fromA = left.starts[a]!;
  const fromB = right.starts[b]!;
  const lengthA = Math.min(left.starts[a + 1]! - fromA, LONGEST);
  const lengthB = Math.min(right.starts[b + 1]! - fromB, LONGEST);
  if (lengthA === 0 || lengthB === 0) return 0;
  const ua = left.units;
  const ub = right.units;
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  let foundA = 0;
  let foundB = 0;
  let common = 0;
  for (let i = 0; i < lengthA; i++) {
    const unit = ua[fromA + i]!;
    const last = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (ub[fromB + j] === unit && (foundB & (1 << j)) === 0) {
        foundA |= 1 << i;
        foundB |= 1 << j;
        common++;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let outOfPlace = 0;
  for (let i = 0, j = 0; i < lengthA; i++) {
    if ((foundA & (1 << i)) === 0) continue;
    while ((foundB & (1 << j)) === 0) j++;
    if (ua[fromA + i] !== ub[fromB + j]) outOfPlace++;
    j++;
  }
  const jaro = (common / lengthA + common / lengthB + (common - outOfPlace / 2) / common) / 3;
  const longestStart = Math.min(4, lengthA, lengthB);
  let start = 0;
  while (start < longestStart && ua[fromA + start] === ub[fromB + start]) start++;
  return jaro + start * 0.1 * (1 - jaro);
}

/** Whether one slip makes one text of the other: a letter more, less or changed, or two neighbours swapped (Damerau 1964). */
export function isOneSlipApart(texts: Texts, a: number, b: number): boolean {
  const { units, starts } = texts;
  let fromA = starts[a]!;
  let fromB = starts[b]!;
  let endA = starts[a + 1]!;
  let endB = starts[b + 1]!;
  const lengthA = endA - fromA;
  const lengthB = endB - fromB;
  if (Math.abs(lengthA - lengthB) > 1) return false;
  while (fromA < endA && fromB < endB && units[fromA] === units[fromB]) {
    fromA++;
    fromB++;
  }
  while (endA > fromA && endB > fromB && units[endA - 1] === units[endB - 1]) {
    endA--;
    endB--;
  }
  const leftA = endA - fromA;
  const leftB = endB - fromB;
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && units[fromA] === units[fromB + 1] && units[fromA + 1] === units[fromB];
}
