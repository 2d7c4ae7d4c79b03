import type { Language } from '../access/index.js';
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
  contactPoints: [EvidenceKind.EMAIL, EvidenceKind.PHONE, EvidenceKind.SITE, EvidenceKind.PLACE],
};

/** Without what speaks of fields that are hidden from the reader. */
export function shownEvidence<Entry extends Pick<Evidence, 'kind'>>(
  evidence: readonly Entry[],
  reader: { isHidden(visibility: string, field: string): boolean },
): Entry[] {
  const hidden = new Set(
    Object.entries(TOLD_BY).flatMap(([field, kinds]) => (reader.isHidden('CUSTOMER', field) ? kinds : [])),
  );
  return evidence.filter(({ kind }) => !hidden.has(kind));
}
