import type { Language } from '../../access/index.js';
import { REFUSAL_WORDS } from './refusal.words.js';

/** Something that stands in the way of a reply, or that its sender should know. */
export interface Refusal {
  code: string;
  parameters?: Record<string, string | number>;
}

/** In one sentence, in the reader's language. A code without words reads as that the network does not take it. */
export function explainRefusal({ code, parameters = {} }: Refusal, language: Language): string {
  const words = REFUSAL_WORDS[language];
  const said = (hasWordsFor(code) ? words[code] : undefined) ?? words['INVALID']!;
  return typeof said === 'string' ? said : said(parameters);
}

/** Whether a code is one of ours, rather than one that only its network knows. */
export const hasWordsFor = (code: string): boolean => Object.hasOwn(REFUSAL_WORDS.en, code);
