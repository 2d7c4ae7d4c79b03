import { type Comparison, type ComparisonSpec, MISSING } from './comparison.js';
import { derivedNumbers } from './derived.js';
import { lettersOf } from './handles.js';
import { formsOf, rootOf } from './names.js';
import { jaroWinkler } from './similarity.js';
import { type Column, rangeOf, type Table, textOf } from './table.js';

/** Levels of a name, as in `comparison.ts`. */
enum Level {
  DOUBLE = 1,
  FULL,
  NICKNAME,
  HANDLE,
  ALIKE,
  INITIAL,
  CUT,
  SURNAME,
  GIVEN,
  OTHER_SURNAME,
  OTHER_GIVEN,
  DIFFERENT,
}

/** How given names, or surnames, or a handle and a name stand to one another; the smaller the better. */
enum Given {
  SAME,
  NICKNAME,
  INITIAL,
  UNKNOWN,
  DIFFERENT,
}
enum Family {
  BOTH,
  SAME,
  ALIKE,
  INITIAL,
  UNKNOWN,
  DIFFERENT,
}
enum InHandle {
  FULL,
  INITIAL,
  SURNAME,
  CUT,
  GIVEN,
  NOTHING,
}

const ALIKE_NAMES = 0.92;
/** Shorter names are in too many handles by chance. */
const SHORTEST_SURNAME = 4;
const SHORTEST_GIVEN = 3;

/**
 * One name against another, as people give them: surnames are a list of which one may be left out (María Pérez, María Pérez
 * Gómez), fond names stand for names, initials for either, and what the shown name leaves out the handle may tell
 * ("mariaperez_ve", "perezmaria", "mperez84", "mariap"). It is one comparison, because each of these follows from the same name.
 */
export function comparePersons(table: Table, spec: Extract<ComparisonSpec, { kind: 'person' }>): Comparison {
  const given = table.columns[spec.given]!;
  const surname = table.columns[spec.column]!;
  const handles = spec.handle ? table.columns[spec.handle]! : null;
  const others = spec.unless ? table.columns[spec.unless]!.values : null;
  const givenNames = table.dictionaries[given.dictionary]!;
  const surnames = table.dictionaries[surname.dictionary]!;
  const roots = derivedNumbers(givenNames, rootOf);
  const handleLetters = handles ? lazy(table, handles, lettersOf) : () => '';
  const givenForms = lazy(table, given, formsOf);
  const surnameText = lazy(table, surname, text => text);

  let agreedGiven = 0;
  let agreedSurname = 0;

  function compareGiven(a: number, b: number): Given {
    const [fromA, toA] = rangeOf(given, a);
    const [fromB, toB] = rangeOf(given, b);
    if (fromA === toA || fromB === toB) return Given.UNKNOWN;
    let best = Given.DIFFERENT;
    for (let i = fromA; i < toA; i++) {
      const x = given.values[i]!;
      for (let j = fromB; j < toB; j++) {
        const y = given.values[j]!;
        const level = givenLevel(x, y);
        if (level >= best) continue;
        best = level;
        agreedGiven = level <= Given.NICKNAME ? roots[x]! : 0;
      }
    }
    return best;
  }

  function givenLevel(x: number, y: number): Given {
    if (x === y) return isInitial(givenNames, x) ? Given.INITIAL : Given.SAME;
    if (roots[x] === roots[y]) return Given.NICKNAME;
    if (isInitial(givenNames, x) || isInitial(givenNames, y)) {
      return givenNames.units[givenNames.starts[x]!] === givenNames.units[givenNames.starts[y]!]
        ? Given.INITIAL
        : Given.DIFFERENT;
    }
    return jaroWinkler(givenNames, x, givenNames, y) >= ALIKE_NAMES ? Given.NICKNAME : Given.DIFFERENT;
  }

  function compareSurnames(a: number, b: number): Family {
    const [fromA, toA] = rangeOf(surname, a);
    const [fromB, toB] = rangeOf(surname, b);
    if (fromA === toA || fromB === toB) return Family.UNKNOWN;
    let shared = 0;
    let alike = 0;
    let initials = 0;
    for (let i = fromA; i < toA; i++) {
      const x = surname.values[i]!;
      for (let j = fromB; j < toB; j++) {
        const y = surname.values[j]!;
        if (isInitial(surnames, x) || isInitial(surnames, y)) {
          if (surnames.units[surnames.starts[x]!] === surnames.units[surnames.starts[y]!]) initials++;
        } else if (x === y) {
          shared++;
          if (agreedSurname === 0 || surnames.counts[x]! < surnames.counts[agreedSurname]!) agreedSurname = x;
        } else if (jaroWinkler(surnames, x, surnames, y) >= ALIKE_NAMES) alike++;
      }
    }
    if (shared > 1) return Family.BOTH;
    if (shared === 1) {
      // Where both show two surnames and the other ones differ, they are cousins rather than one person.
      return toA - fromA === 1 || toB - fromB === 1 || alike + initials > 0 ? Family.SAME : Family.DIFFERENT;
    }
    if (alike > 0) return Family.ALIKE;
    return initials > 0 ? Family.INITIAL : Family.DIFFERENT;
  }

  function compareHandle(withHandle: number, withName: number): InHandle {
    if (!handles) return InHandle.NOTHING;
    const [fromHandle, toHandle] = rangeOf(handles, withHandle);
    const [fromGiven, toGiven] = rangeOf(given, withName);
    const [fromSurname, toSurname] = rangeOf(surname, withName);
    let best = InHandle.NOTHING;
    for (let h = fromHandle; h < toHandle; h++) {
      const handle = handleLetters(handles.values[h]!);
      for (let g = fromGiven; g < toGiven; g++) {
        for (const form of givenForms(given.values[g]!)) {
          if (form.length < SHORTEST_GIVEN) continue;
          if (best > InHandle.GIVEN && form.length > SHORTEST_GIVEN && handle.startsWith(form)) best = InHandle.GIVEN;
          for (let s = fromSurname; s < toSurname; s++) {
            const level = nameInHandle(handle, form, surnameText(surname.values[s]!));
            if (level >= best) continue;
            best = level;
            handleSurname = level <= InHandle.SURNAME ? surname.values[s]! : 0;
            handleGiven = level === InHandle.FULL ? roots[given.values[g]!]! : 0;
          }
        }
      }
      if (fromGiven === toGiven) {
        for (let s = fromSurname; s < toSurname; s++) {
          const family = surnameText(surname.values[s]!);
          if (best <= InHandle.SURNAME || family.length < SHORTEST_SURNAME || !handle.includes(family)) continue;
          best = InHandle.SURNAME;
          handleSurname = surname.values[s]!;
        }
      }
    }
    return best;
  }

  let handleSurname = 0;
  let handleGiven = 0;

  const comparison: Comparison = {
    spec,
    dictionary: surnames,
    agreed: 0,
    second: { dictionary: givenNames, agreed: 0 },
    compare(a, b) {
      agreedGiven = 0;
      agreedSurname = 0;
      this.agreed = 0;
      this.second!.agreed = 0;
      if (others && (others[a] !== 0 || others[b] !== 0)) return MISSING;
      const first = compareGiven(a, b);
      const family = compareSurnames(a, b);
      let level = byNames(first, family);
      if (family === Family.DIFFERENT) agreedSurname = 0;
      // What the names leave open, the handles may show; who shows another name is not made the same by a handle.
      if (first !== Given.DIFFERENT && family >= Family.INITIAL && family !== Family.DIFFERENT) {
        handleSurname = 0;
        handleGiven = 0;
        const inHandle = Math.min(compareHandle(a, b), compareHandle(b, a));
        const shown = byHandle(inHandle, first);
        if (shown !== 0 && (level === 0 || shown < level)) {
          level = shown;
          agreedSurname = handleSurname;
          if (agreedGiven === 0) agreedGiven = handleGiven;
        }
      }
      this.agreed = level <= Level.SURNAME && level !== Level.CUT ? agreedSurname : 0;
      this.second!.agreed = level !== Level.OTHER_GIVEN ? agreedGiven : 0;
      return level;
    },
  };
  return comparison;
}

function byNames(first: Given, family: Family): Level | 0 {
  if (first === Given.UNKNOWN && family === Family.UNKNOWN) return 0;
  if (first === Given.DIFFERENT) return family <= Family.SAME ? Level.OTHER_GIVEN : Level.DIFFERENT;
  if (family === Family.DIFFERENT) return first <= Given.NICKNAME ? Level.OTHER_SURNAME : Level.DIFFERENT;
  if (family === Family.UNKNOWN) return first === Given.INITIAL ? 0 : Level.GIVEN;
  if (first === Given.UNKNOWN) return family <= Family.SAME ? Level.SURNAME : 0;
  if (first === Given.INITIAL) return family <= Family.SAME ? Level.INITIAL : Level.DIFFERENT;
  if (family === Family.INITIAL) return Level.CUT;
  if (family === Family.ALIKE) return Level.ALIKE;
  if (first === Given.NICKNAME) return Level.NICKNAME;
  return family === Family.BOTH ? Level.DOUBLE : Level.FULL;
}

function byHandle(inHandle: InHandle, first: Given): Level | 0 {
  const isGivenKnown = first <= Given.NICKNAME;
  switch (inHandle) {
    case InHandle.FULL:
      return Level.HANDLE;
    case InHandle.INITIAL:
    case InHandle.SURNAME:
      return isGivenKnown ? Level.HANDLE : inHandle === InHandle.INITIAL ? Level.INITIAL : Level.SURNAME;
    case InHandle.CUT:
      return Level.CUT;
    case InHandle.GIVEN:
      return Level.GIVEN;
    default:
      return 0;
  }
}

function nameInHandle(handle: string, form: string, family: string): InHandle {
  if (family.length < 2) return InHandle.NOTHING;
  const hasSurname = family.length >= SHORTEST_SURNAME && handle.includes(family);
  if (handle.includes(form + family) || handle.includes(family + form)) return InHandle.FULL;
  if (hasSurname && handle.includes(form)) return InHandle.FULL;
  if (hasSurname) {
    const hasInitial = handle.startsWith(form[0] + family) || handle.startsWith(family + form[0]);
    return hasInitial ? InHandle.INITIAL : InHandle.SURNAME;
  }
  // Cut short: "mariap", and as networks with short handles make people do, "mariaper".
  const isCut = handle.length > form.length && handle.length <= form.length + 4 && (form + family).startsWith(handle);
  return isCut || handle === family[0] + form ? InHandle.CUT : InHandle.NOTHING;
}

const isInitial = ({ starts }: { starts: Int32Array }, id: number) => starts[id + 1]! - starts[id]! === 1;

function lazy<Made>(table: Table, column: Column, make: (text: string) => Made): (id: number) => Made {
  const dictionary = table.dictionaries[column.dictionary]!;
  const made: (Made | undefined)[] = [];
  return id => {
    made[id] ??= make(textOf(dictionary, id));
    return made[id];
  };
}
