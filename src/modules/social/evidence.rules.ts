import type { Language, Viewer } from '../access/index.js';
import { WORDS } from './evidence.words.js';
import { type Evidence, EvidenceKind, type EvidenceParameters } from './linking.rules.js';

/** Whether there are words for a code; comparisons that say nothing worth reading have none. */
export const hasWords = (code: string): boolean => code in WORDS.en;

/** A piece of evidence in plain words. What a person wrote stays as they wrote it, and so does what has no code. */
export function evidenceInWords({ detail, code, parameters }: Evidence, language: Language): string {
  return code ? wordsOf(code, parameters, language) : detail;
}

export function wordsOf(code: string, parameters: EvidenceParameters = {}, language: Language = 'en'): string {
  const words = WORDS[language];
  const sentences = [words[code] ?? code, ...(parameters.oneIn ? [words['ONE_IN']!] : [])].join(' ');
  return sentences.replace(/\{(\w+)\}/g, (_, name: keyof EvidenceParameters) =>
    (parameters[name] ?? 0).toLocaleString(language),
  );
}

/** What each hideable field of a customer keeps from being told. */
const TOLD_BY: Record<string, readonly EvidenceKind[]> = {
  birthDate: [EvidenceKind.BIRTH_DATE],
  // A handle may have been compared with a mail box, which is part of an address.
  contactPoints: [EvidenceKind.EMAIL, EvidenceKind.PHONE, EvidenceKind.SITE, EvidenceKind.PLACE, EvidenceKind.HANDLE],
};

/** In place of how many other customers fit, for who does not see all customers. */
const SOME_RIVALS = 'RIVALS.SOME';

interface Reader {
  isHidden(visibility: string, field: string): boolean;
  viewer: Pick<Viewer, 'scopeOf'>;
}

/** Without what speaks of fields that are hidden from the reader, or counts customers the reader may not see. */
export function shownEvidence<Entry extends Evidence>(evidence: readonly Entry[], reader: Reader): Entry[] {
  const hidden = new Set(
    Object.entries(TOLD_BY).flatMap(([field, kinds]) => (reader.isHidden('CUSTOMER', field) ? kinds : [])),
  );
  const seesAll = reader.viewer.scopeOf('CUSTOMER') === 'ALL';
  return evidence
    .filter(({ kind }) => !hidden.has(kind))
    .map(entry => (entry.kind === EvidenceKind.RIVALS && !seesAll ? uncounted(entry) : entry));
}

function uncounted<Entry extends Evidence>(entry: Entry): Entry {
  const { parameters, ...rest } = entry;
  return { ...rest, code: SOME_RIVALS, detail: wordsOf(SOME_RIVALS) } as Entry;
}
