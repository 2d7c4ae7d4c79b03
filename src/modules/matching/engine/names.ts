import { foldWords } from './fold.js';
import { NICKNAMES, PARTICLES, TITLES } from './names.words.js';

const ROOTS = new Map<string, string>(
  Object.entries(NICKNAMES).flatMap(([root, nicknames]) =>
    nicknames.split(' ').map((nickname): [string, string] => [nickname, root]),
  ),
);
const FAMILIES = new Map(Object.entries(NICKNAMES).map(([root, nicknames]) => [root, [root, ...nicknames.split(' ')]]));

/** The name a fond or foreign form stands for: "pepe" for "jose". A name that stands for itself answers itself. */
export function rootOf(name: string): string {
  return FAMILIES.has(name) ? name : (ROOTS.get(name) ?? name);
}

/** A name with all its fond forms. */
export function formsOf(name: string): readonly string[] {
  return FAMILIES.get(rootOf(name)) ?? [name];
}

const isGivenName = (word: string) => FAMILIES.has(word) || ROOTS.has(word);

export interface PersonName {
  given: string[];
  surnames: string[];
}

/** Given names as they are filled in a field of their own. */
export const givenNames = (raw: string): string[] => wordsOf(raw).filter(word => !PARTICLES.has(word));

/** Surnames as they are filled in a field of their own: "de la Fuente Ríos" is "fuente", "rios". */
export const surnames = (raw: string): string[] => wordsOf(raw).filter(word => !PARTICLES.has(word));

/**
 * Given names and surnames of a name that is written as one. Of three words the middle one is a given name where it is known as
 * one ("Ana María Pérez") and else the first of two surnames ("María Pérez Gómez"); a comma means the surnames came first.
 */
export function partsOfName(raw: string): PersonName {
  // What stands in brackets is a remark, and so is all after a bar or a bullet.
  const plain = raw.replace(/[([{][^)\]}]*[)\]}]?/g, ' ').split(/[|•·—–/]/)[0]!;
  const [before, after] = plain.split(',', 2);
  if (after !== undefined && wordsOf(after).length > 0) {
    return { given: givenNames(after), surnames: surnames(before!) };
  }
  const words = wordsOf(plain);
  const solid = words.filter(word => !PARTICLES.has(word));
  if (solid.length <= 1) return { given: solid, surnames: [] };
  if (solid.length === 2) return { given: [solid[0]!], surnames: [solid[1]!] };
  // After a small word there are surnames only: "Ana de la Fuente Ríos".
  const particle = words.findIndex(word => PARTICLES.has(word));
  const beforeParticle = particle > 0 ? words.slice(0, particle).length : solid.length;
  const isTwoGiven = isGivenName(solid[1]!) || (solid.length >= 4 && beforeParticle >= 2);
  const given = Math.min(isTwoGiven ? 2 : 1, Math.max(1, beforeParticle));
  return { given: solid.slice(0, given), surnames: solid.slice(given) };
}

function wordsOf(raw: string): string[] {
  return foldWords(raw)
    .split(' ')
    .filter(word => word !== '' && !TITLES.has(word) && /\p{L}/u.test(word));
}
