import type { Dictionary } from './table.js';

/**
 * What two records are compared by. Plain data, so that a thread or a stored model can make the comparison anew.
 * `rarity` weighs an agreement by how common the value is: a rare surname says more than a common one.
 */
export type ComparisonSpec = {
  name: string;
  column: string;
  rarity?: boolean;
  /** The chances of its levels among true pairs, where they are known and not to be learnt. */
  certain?: readonly number[];
} & (
  | { kind: 'exact' | 'identifier' | 'date' | 'email' | 'hours' | 'handle' }
  | { kind: 'text'; swappedWith?: string }
  /** `unless` names the column that has a value where a record is no person: then there is nothing to compare. */
  | { kind: 'person'; given: string; handle?: string; unless?: string }
);

/** Level 0 is always "nothing to compare": it says nothing, 0 bits. */
export const MISSING = 0;

const LEVELS = {
  exact: ['MISSING', 'SAME', 'DIFFERENT'],
  identifier: ['MISSING', 'SAME', 'SLIP', 'DIFFERENT'],
  date: ['MISSING', 'SAME', 'SLIP', 'YEAR', 'DIFFERENT'],
  email: ['MISSING', 'SAME', 'MAILBOX', 'ALIKE', 'DIFFERENT'],
  text: ['MISSING', 'SAME', 'SWAPPED', 'ALIKE', 'SIMILAR', 'DIFFERENT'],
  hours: ['MISSING', 'ALIKE', 'BETWEEN', 'DIFFERENT'],
  handle: ['MISSING', 'SAME', 'LETTERS', 'ALIKE', 'DIFFERENT'],
  person: [
    'MISSING',
    'DOUBLE',
    'FULL',
    'NICKNAME',
    'HANDLE',
    'ALIKE',
    'INITIAL',
    'CUT',
    'SURNAME',
    'GIVEN',
    'OTHER_SURNAME',
    'OTHER_GIVEN',
    'DIFFERENT',
  ],
} as const satisfies Record<ComparisonSpec['kind'], readonly string[]>;

/** What is assumed of true pairs before anything is learnt, from the best level to "different"; it sums to 1. */
const TYPICAL = {
  exact: [0.85, 0.15],
  identifier: [0.85, 0.07, 0.08],
  date: [0.87, 0.07, 0.03, 0.03],
  email: [0.6, 0.1, 0.1, 0.2],
  text: [0.75, 0.03, 0.12, 0.04, 0.06],
  hours: [0.5, 0.3, 0.2],
  handle: [0.4, 0.15, 0.1, 0.35],
  person: [0.18, 0.37, 0.06, 0.08, 0.05, 0.05, 0.08, 0.02, 0.06, 0.02, 0.01, 0.02],
} as const satisfies Record<ComparisonSpec['kind'], readonly number[]>;

export const levelsOf = (spec: ComparisonSpec): readonly string[] => LEVELS[spec.kind];
export const typicalOf = (spec: ComparisonSpec): readonly number[] => TYPICAL[spec.kind];

/** A value two records agree on, by its id in a dictionary; 0 where there is none. */
export interface Agreement {
  agreed: number;
  dictionary: Dictionary;
}

/** A comparison made ready for one table. */
export interface Comparison extends Agreement {
  spec: ComparisonSpec;
  /** The level of a pair of records; `agreed` is then the id of the value they agree on, or 0. */
  compare(a: number, b: number): number;
  /** A second value they agree on, where there can be two: a given name beside a surname. */
  second?: Agreement;
}
