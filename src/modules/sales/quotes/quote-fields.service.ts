import type { Tx } from '../../../platform/database/database.js';
import { InputError } from '../../../platform/errors.js';
import { isCalendarDay, optionalLine, type Problems, report } from '../../../platform/input.rules.js';
import type { RecordClass } from '../../../platform/schema/index.js';
import { cleanText } from '../../../platform/text.js';
import { Member, Team, type Viewer, visibleId } from '../../access/index.js';
import { fittingLanguage, localeOf } from './document/quote.words.js';
import type { QuoteFields } from './quote.inputs.js';
import { cleanPercent } from './quote-line.service.js';

export const MOST_TEXT = 10_000;
const LATEST_DAY = '9999-12-31';

/** What was said of a quote, cleaned; what is left out is undefined. Ids are stored ones. */
export interface QuoteValues {
  title: string | null;
  terms: string | null;
  language: string;
  validUntil: string;
  discountPercent: string;
  ownerId: string | null;
  teamId: string | null;
}

/** `today` is the organisation's day. What is wrong goes into `problems`. */
export async function cleanFields(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  input: QuoteFields,
  today: string,
): Promise<Partial<QuoteValues>> {
  const values: Partial<QuoteValues> = {};
  if (input.title !== undefined) values.title = optionalLine(problems, 'title', input.title, 200);
  if (input.terms !== undefined) values.terms = longText(problems, 'terms', input.terms);
  if (input.language != null) {
    if (fittingLanguage(input.language)) values.language = localeOf(input.language);
    else report(problems, 'language', 'A quote is written in English, Spanish or Portuguese: en, es or pt.');
  }
  if (input.validUntil != null) {
    if (!isCalendarDay(input.validUntil) || input.validUntil > LATEST_DAY)
      report(problems, 'validUntil', 'It is not a calendar day.');
    else if (input.validUntil < today) report(problems, 'validUntil', 'That day is over.');
    else values.validUntil = input.validUntil;
  }
  if (input.discountPercent != null)
    values.discountPercent = cleanPercent(problems, 'discountPercent', input.discountPercent);
  if (input.ownerId !== undefined) values.ownerId = await staff(tx, viewer, problems, Member, 'ownerId', input.ownerId);
  if (input.teamId !== undefined) values.teamId = await staff(tx, viewer, problems, Team, 'teamId', input.teamId);
  return values;
}

/** A text of several lines, or null when nothing is left of it. */
export function longText(problems: Problems, field: string, raw: string | null | undefined): string | null {
  const text = cleanText(raw ?? '');
  if (text.length > MOST_TEXT) return report(problems, field, `It has at most ${MOST_TEXT} characters.`, 'TOO_LONG');
  return text || null;
}

async function staff(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  type: RecordClass,
  field: 'ownerId' | 'teamId',
  id: string | null,
): Promise<string | null> {
  if (viewer.isHidden('QUOTE', field.slice(0, -2)))
    return report(problems, field, 'Your role does not see it, so it cannot set it.', 'NOT_ALLOWED');
  if (id === null) return null;
  try {
    return await visibleId(tx, viewer, type, id, field);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}
