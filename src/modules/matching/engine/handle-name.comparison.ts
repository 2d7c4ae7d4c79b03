import type { Comparison, ComparisonSpec } from './comparison.js';
import { lettersOf } from './handles.js';
import { formsOf } from './names.js';
import { type Column, type Table, textOf } from './table.js';

/** A surname shorter than this is in too many handles by chance. */
const SHORTEST_SURNAME = 4;
const SHORTEST_GIVEN = 3;

const FULL = 1;
const INITIAL = 2;
const SURNAME = 3;
const GIVEN = 4;
const DIFFERENT = 5;

/**
 * A handle against names, as people make them: whole name in either order ("mariaperez_ve", "perezmaria"), an initial and the
 * surname ("mperez84"), the given name and the surname's initial ("mariap"), either alone. Handles of one side are held
 * against names of the other, both ways, and the best counts.
 */
export function handlesAndNames(table: Table, spec: Extract<ComparisonSpec, { kind: 'handleName' }>): Comparison {
  const handles = table.columns[spec.column]!;
  const given = table.columns[spec.given]!;
  const surname = table.columns[spec.surname]!;
  const handleTexts = lazyTexts(table, handles, lettersOf);
  const givenForms = lazyForms(table, given);
  const surnameTexts = lazyTexts(table, surname, text => text);

  const comparison: Comparison = {
    spec,
    dictionary: table.dictionaries[surname.dictionary]!,
    agreed: 0,
    compare(a, b) {
      this.agreed = 0;
      const one = oneWay(a, b);
      const other = oneWay(b, a);
      return one === 0 || (other !== 0 && other < one) ? other : one;
    },
  };

  function oneWay(withHandle: number, withName: number): number {
    const [fromHandle, toHandle] = rangeOf(handles, withHandle);
    const [fromGiven, toGiven] = rangeOf(given, withName);
    const [fromSurname, toSurname] = rangeOf(surname, withName);
    if (fromHandle === toHandle || (fromGiven === toGiven && fromSurname === toSurname)) return 0;
    let best = DIFFERENT;
    for (let h = fromHandle; h < toHandle; h++) {
      const handle = handleTexts(handles.values[h]!);
      for (let s = fromSurname; s < toSurname; s++) {
        const family = surnameTexts(surname.values[s]!);
        const level = withSurname(handle, family, fromGiven, toGiven);
        if (level < best) {
          best = level;
          comparison.agreed = surname.values[s]!;
        }
      }
      if (best <= GIVEN) continue;
      for (let g = fromGiven; g < toGiven; g++) {
        if (givenForms(given.values[g]!).some(form => form.length > SHORTEST_GIVEN && handle.startsWith(form))) {
          best = GIVEN;
          comparison.agreed = 0;
        }
      }
    }
    return best;
  }

  function withSurname(handle: string, family: string, fromGiven: number, toGiven: number): number {
    if (family.length < 2) return DIFFERENT;
    const hasSurname = family.length >= SHORTEST_SURNAME && handle.includes(family);
    let best = hasSurname ? SURNAME : DIFFERENT;
    for (let g = fromGiven; g < toGiven; g++) {
      for (const form of givenForms(given.values[g]!)) {
        if (form.length < SHORTEST_GIVEN) continue;
        if (handle.includes(form + family) || handle.includes(family + form)) return FULL;
        if (hasSurname && handle.includes(form)) return FULL;
        // Cut short, as networks with short handles make people do: "mariaper".
        if (handle.length >= form.length + 3 && handle.startsWith(form) && (form + family).startsWith(handle))
          return FULL;
        if (handle === form + family[0] || handle === family[0] + form) best = Math.min(best, INITIAL);
        if (hasSurname && (handle.startsWith(form[0] + family) || handle.startsWith(family + form[0]))) {
          best = Math.min(best, INITIAL);
        }
      }
    }
    return best;
  }

  return comparison;
}

function rangeOf({ starts, values }: Column, record: number): [from: number, to: number] {
  if (starts) return [starts[record]!, starts[record + 1]!];
  return values[record] === 0 ? [record, record] : [record, record + 1];
}

function lazyTexts(table: Table, column: Column, make: (text: string) => string): (id: number) => string {
  const dictionary = table.dictionaries[column.dictionary]!;
  const made: (string | undefined)[] = [];
  return id => (made[id] ??= make(textOf(dictionary, id)));
}

function lazyForms(table: Table, column: Column): (id: number) => readonly string[] {
  const dictionary = table.dictionaries[column.dictionary]!;
  const made: (readonly string[] | undefined)[] = [];
  return id => (made[id] ??= formsOf(textOf(dictionary, id)));
}
