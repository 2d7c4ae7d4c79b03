import { type Evidence, EvidenceKind, hasWords, wordsOf } from '../social/index.js';
import { type Contribution, levelsOf, type Model } from './engine/index.js';

const KINDS: Record<string, EvidenceKind> = {
  name: EvidenceKind.NAME,
  company: EvidenceKind.NAME,
  handle: EvidenceKind.HANDLE,
  email: EvidenceKind.EMAIL,
  phone: EvidenceKind.PHONE,
  born: EvidenceKind.BIRTH_DATE,
  year: EvidenceKind.BIRTH_DATE,
  place: EvidenceKind.PLACE,
  word: EvidenceKind.WORDS,
  site: EvidenceKind.SITE,
  avatar: EvidenceKind.AVATAR,
  language: EvidenceKind.LANGUAGE,
  hours: EvidenceKind.POSTING_HOURS,
  standing: EvidenceKind.BORROWED_NAME,
};

/** What more than this share has is not worth calling rare. */
const COMMON = 0.01;
/** How much a comparison must say to count towards linking without asking, in bits, and how little may speak against it. */
const STRONG_BITS = 6;
const MOST_AGAINST = -3;

/** One entry a comparison that says anything, what says most first; `rivals` is how many other customers fit, at what cost in bits. */
export function evidenceOf(
  model: Model,
  contributions: readonly Contribution[],
  rivals?: { count: number; bits: number },
): Evidence[] {
  const specs = new Map(model.comparisons.map(({ spec }) => [spec.name, spec]));
  const entries = contributions.flatMap(({ name, level, weight, share }): Evidence[] => {
    const code = `${name.toUpperCase()}.${levelsOf(specs.get(name)!)[level]}`;
    const kind = KINDS[name];
    if (!kind || level === 0 || !hasWords(code)) return [];
    const parameters = share !== null && share < COMMON ? { oneIn: rounded(1 / share) } : undefined;
    return [entry(kind, code, weight, parameters)];
  });
  if (rivals && rivals.count > 0) {
    entries.push(entry(EvidenceKind.RIVALS, EvidenceKind.RIVALS, -rivals.bits, { count: rivals.count }));
  }
  return entries.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
}

function entry(kind: EvidenceKind, code: string, weight: number, parameters?: Evidence['parameters']): Evidence {
  return {
    kind,
    code,
    detail: wordsOf(code, parameters),
    ...(parameters ? { parameters } : {}),
    weight: Math.round(weight * 10) / 10,
  };
}

/** Two figures are enough for people. */
const rounded = (value: number): number => Number(value.toPrecision(2));

/** What is proof of a person rather than a trait many share. */
const OF_ONE_PERSON: ReadonlySet<string> = new Set([
  EvidenceKind.NAME,
  EvidenceKind.EMAIL,
  EvidenceKind.PHONE,
  EvidenceKind.SITE,
  EvidenceKind.AVATAR,
  EvidenceKind.HANDLE,
  EvidenceKind.BIRTH_DATE,
]);

/** Whether at least two independent comparisons are strong and none speaks against: only then may a machine decide. */
export function isBeyondDoubt(evidence: readonly Evidence[]): boolean {
  if (evidence.some(({ weight }) => weight < MOST_AGAINST)) return false;
  return evidence.filter(({ kind, weight }) => OF_ONE_PERSON.has(kind) && weight >= STRONG_BITS).length >= 2;
}
