import { derivedNumbers } from './derived.js';
import { lettersOf } from './handles.js';
import { jaroWinkler } from './similarity.js';
import type { Dictionary } from './table.js';

const ALIKE_HANDLES = 0.95;

/** Levels of two handles: 1 the same, 2 the same letters (digits, dots and dashes aside), 3 alike, 4 different. */
export function compareHandles(dictionary: Dictionary) {
  const letters = derivedNumbers(dictionary, text => lettersOf(text) || text);
  return (x: number, y: number): number => {
    if (x === y) return 1;
    if (letters[x] === letters[y]) return 2;
    return jaroWinkler(dictionary, x, dictionary, y) >= ALIKE_HANDLES ? 3 : 4;
  };
}
