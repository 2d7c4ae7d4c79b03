import type { Csr } from '../../src/modules/graph/analysis/csr.js';
import { buildCsr, undirected } from '../../src/modules/graph/analysis/csr.js';

/** Friendships in a karate club (Zachary 1977): 34 people, 78 edges; for each person, the friends of a higher number. */
const FRIENDS: Record<number, number[]> = {
  0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  1: [2, 3, 7, 13, 17, 19, 21, 30],
  2: [3, 7, 8, 9, 13, 27, 28, 32],
  3: [7, 12, 13],
  4: [6, 10],
  5: [6, 10, 16],
  6: [16],
  8: [30, 32, 33],
  9: [33],
  13: [33],
  14: [32, 33],
  15: [32, 33],
  18: [32, 33],
  19: [33],
  20: [32, 33],
  22: [32, 33],
  23: [25, 27, 29, 32, 33],
  24: [25, 27, 31],
  25: [31],
  26: [29, 33],
  27: [33],
  28: [31, 33],
  29: [32, 33],
  30: [32, 33],
  31: [32, 33],
  32: [33],
};

export function karateClub(): Csr {
  const edges = Object.entries(FRIENDS).flatMap(([person, friends]) =>
    friends.map(friend => [Number(person), friend] as const),
  );
  const from = Int32Array.from(edges, ([person]) => person);
  const to = Int32Array.from(edges, ([, friend]) => friend);
  return undirected(buildCsr(34, from, to, null));
}
