import { type Comparison, type ComparisonSpec, MISSING } from './comparison.js';
import { derivedNumbers } from './derived.js';
import { compareHandles } from './handle.comparison.js';
import { cosineOfHours } from './hours.js';
import { comparePersons } from './person.comparison.js';
import { isOneSlipApart, jaroWinkler } from './similarity.js';
import type { Column, Dictionary, Table } from './table.js';

export const ALIKE = 0.92;
export const SIMILAR = 0.84;

export function prepareComparison(table: Table, spec: ComparisonSpec): Comparison {
  const column = table.columns[spec.column]!;
  const dictionary = table.dictionaries[column.dictionary]!;
  switch (spec.kind) {
    case 'exact':
      return overValues(spec, dictionary, column, (x, y) => (x === y ? 1 : 2));
    case 'identifier':
      return overValues(spec, dictionary, column, (x, y) => (x === y ? 1 : isOneSlipApart(dictionary, x, y) ? 2 : 3));
    case 'date':
      return overValues(spec, dictionary, column, compareDates(dictionary));
    case 'email':
      return overValues(spec, dictionary, column, compareEmails(dictionary));
    case 'hours':
      return overValues(spec, dictionary, column, cosineOfHours(dictionary));
    case 'handle':
      return overValues(spec, dictionary, column, compareHandles(dictionary));
    case 'text':
      return texts(spec, dictionary, column, spec.swappedWith ? table.columns[spec.swappedWith]! : null);
    case 'person':
      return comparePersons(table, spec);
  }
}

/** The best level any two values of the records reach; of equal ones, the rarest agreement. */
function overValues(
  spec: ComparisonSpec,
  dictionary: Dictionary,
  { starts, values }: Column,
  levelOf: (x: number, y: number) => number,
): Comparison {
  const { counts } = dictionary;
  if (starts === null) {
    return {
      spec,
      dictionary,
      agreed: 0,
      compare(a, b) {
        const x = values[a]!;
        const y = values[b]!;
        this.agreed = 0;
        if (x === 0 || y === 0) return MISSING;
        if (x === y) this.agreed = x;
        return levelOf(x, y);
      },
    };
  }
  return {
    spec,
    dictionary,
    agreed: 0,
    compare(a, b) {
      let best = MISSING;
      this.agreed = 0;
      for (let i = starts[a]!; i < starts[a + 1]!; i++) {
        const x = values[i]!;
        for (let j = starts[b]!; j < starts[b + 1]!; j++) {
          const y = values[j]!;
          const level = levelOf(x, y);
          if (best !== MISSING && level > best) continue;
          if (x === y && (level < best || this.agreed === 0 || counts[x]! < counts[this.agreed]!)) this.agreed = x;
          best = level;
        }
      }
      return best;
    },
  };
}

/** Dates as YYYYMMDD, or YYYY0000 where only the year is known. */
function compareDates(dictionary: Dictionary) {
  const { units, starts } = dictionary;
  return (x: number, y: number): number => {
    if (x === y) return 1;
    const a = starts[x]!;
    const b = starts[y]!;
    if (starts[x + 1]! - a !== 8 || starts[y + 1]! - b !== 8) return isOneSlipApart(dictionary, x, y) ? 2 : 4;
    const isSameYear =
      units[a] === units[b] &&
      units[a + 1] === units[b + 1] &&
      units[a + 2] === units[b + 2] &&
      units[a + 3] === units[b + 3];
    const isTurned =
      units[a + 4] === units[b + 6] &&
      units[a + 5] === units[b + 7] &&
      units[a + 6] === units[b + 4] &&
      units[a + 7] === units[b + 5];
    if ((isSameYear && isTurned) || isOneSlipApart(dictionary, x, y)) return 2;
    return isSameYear ? 3 : 4;
  };
}

function compareEmails(dictionary: Dictionary) {
  // The mailbox of each address, as the first of the same: two addresses share it where these numbers are equal.
  const mailboxes = derivedNumbers(dictionary, text =>
    text.slice(0, text.indexOf('@') >= 0 ? text.indexOf('@') : text.length),
  );
  return (x: number, y: number): number => {
    if (x === y) return 1;
    if (mailboxes[x] === mailboxes[y]) return 2;
    return jaroWinkler(dictionary, x, dictionary, y) >= ALIKE ? 3 : 4;
  };
}

/** One value a record; where it stands in the other column on the other side, the two were filled in the wrong way round. */
function texts(spec: ComparisonSpec, dictionary: Dictionary, column: Column, other: Column | null): Comparison {
  const { values } = column;
  return {
    spec,
    dictionary,
    agreed: 0,
    compare(a, b) {
      const x = values[a]!;
      const y = values[b]!;
      this.agreed = 0;
      if (x !== 0 && x === y) {
        this.agreed = x;
        return 1;
      }
      if (other) {
        const isSwapped = (x !== 0 && x === other.values[b]) || (y !== 0 && y === other.values[a]);
        if (isSwapped) {
          this.agreed = x !== 0 && x === other.values[b] ? x : y;
          return 2;
        }
      }
      if (x === 0 || y === 0) return MISSING;
      const likeness = jaroWinkler(dictionary, x, dictionary, y);
      return likeness >= ALIKE ? 3 : likeness >= SIMILAR ? 4 : 5;
    },
  };
}
