import { type Dictionary, textOf } from './table.js';

/** For each string the number of what it comes down to: equal numbers where `derive` answers the same. */
export function derivedNumbers(dictionary: Dictionary, derive: (text: string) => string): Int32Array {
  const seen = new Map<string, number>();
  const numbers = new Int32Array(dictionary.size + 1);
  for (let id = 1; id <= dictionary.size; id++) {
    const key = derive(textOf(dictionary, id));
    const known = seen.get(key);
    if (known === undefined) seen.set(key, id);
    numbers[id] = known ?? id;
  }
  return numbers;
}
