import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { cleanText } from '../../../platform/text.js';
import type { Writer } from '../../social/index.js';
import { fillVariables } from './canned.rules.js';
import { factsOf, sayCanned } from './canned.service.js';
import { wordsOf } from './desk.words.js';

const LONGEST_NOTE = 50_000;

export interface GivenWords {
  text: string;
  language?: string | null;
  /** Public id of a canned response that is said before the text. */
  cannedResponseId?: string | null;
  /** The text has variables, as that of a macro has. */
  hasVariables?: boolean;
}

/** What is said in a ticket (stored id), with everything filled in. Throws `InputError` for what is not known of the ticket. */
export async function wordsFor(
  tx: Tx,
  { viewer, language }: Writer,
  ticketId: string,
  given: GivenWords,
): Promise<{ text: string; language: string | null }> {
  const parts: string[] = [];
  const missing: string[] = [];
  let spoken = given.language ?? null;
  if (given.cannedResponseId) {
    const canned = await sayCanned(tx, viewer, {
      id: given.cannedResponseId,
      ticketId,
      language: given.language ?? null,
      field: 'cannedResponseId',
    });
    parts.push(canned.text);
    missing.push(...canned.missing);
    spoken ??= canned.language;
  }
  if (given.hasVariables && given.text.includes('{{')) {
    const filled = fillVariables(given.text, (await factsOf(tx, viewer, ticketId)).values);
    parts.push(filled.text);
    missing.push(...filled.missing);
  } else parts.push(given.text);
  if (missing.length > 0)
    throw invalid(
      given.cannedResponseId ? 'cannedResponseId' : 'text',
      wordsOf(language).missing([...new Set(missing)]),
      'REQUIRED',
    );
  return { text: parts.filter(part => part.trim() !== '').join('\n\n'), language: spoken };
}

/** What goes nowhere but into the ticket. Throws `InputError`. */
export function keptWords(text: string, { withFiles, withMedia }: { withFiles: boolean; withMedia: boolean }): string {
  const clean = cleanText(text);
  if (withMedia) throw invalid('media', 'Upload it: the portal shows files that lie with us.', 'NOT_ALLOWED');
  if (!clean && !withFiles) throw invalid('text', 'It must be given.', 'REQUIRED');
  if (clean.length > LONGEST_NOTE) throw invalid('text', `It has at most ${LONGEST_NOTE} characters.`, 'TOO_LONG');
  return clean;
}
