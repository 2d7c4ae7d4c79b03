import { createHash } from 'node:crypto';
import { type RecordValues, rootOf, soundOf } from './engine/index.js';

/** More keys than this are of somebody who is found anyway. */
const MOST_KEYS = 60;
const SHORTEST_HANDLE = 4;

const list = (value: RecordValues[string]): readonly string[] => (typeof value === 'string' ? [value] : (value ?? []));

/**
 * The keys by which a record finds those it is compared with, as numbers of 52 bits: hashes, so that the table of them tells
 * nobody's data. Two records with a key in common are candidates. A whole name is refined by place and by year, for names that
 * are too common alone.
 */
export function keysOf(record: RecordValues): number[] {
  const keys = new Set<string>();
  for (const [kind, column] of DIRECT) for (const value of list(record[column])) keys.add(`${kind}:${value}`);
  for (const handle of list(record['handle'])) {
    const letters = handle.replace(/[^\p{L}]+/gu, '');
    if (letters.length >= SHORTEST_HANDLE) keys.add(`h:${letters}`);
  }
  for (const surname of list(record['surname']).slice(0, 3)) {
    if (surname.length < 2) continue;
    for (const given of list(record['given']).slice(0, 2)) {
      const name = `${soundOf(surname)} ${soundOf(rootOf(given))}`;
      keys.add(`n:${name}`);
      for (const year of list(record['year'])) keys.add(`ny:${name} ${year}`);
      for (const place of list(record['place']).slice(0, 20)) keys.add(`np:${name} ${place}`);
    }
  }
  return [...keys].slice(0, MOST_KEYS).map(hash);
}

const DIRECT = [
  ['e', 'email'],
  ['p', 'phone'],
  ['s', 'site'],
  ['a', 'avatar'],
  ['c', 'combination'],
  ['o', 'company'],
] as const;

// 52 bits are a whole number in JavaScript, and among a million customers' keys two fall together about once in a hundred.
const hash = (key: string): number => Number.parseInt(createHash('sha1').update(key).digest('hex').slice(0, 13), 16);
