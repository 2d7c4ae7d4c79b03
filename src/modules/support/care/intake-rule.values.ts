import type { Tx } from '../../../platform/database/database.js';
import { InputError } from '../../../platform/errors.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { cleanLine, cleanText } from '../../../platform/text.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { Account, Source } from '../../social/index.js';
import { findStaff } from '../queues/target.queries.js';
import { findNamed } from '../tickets/named.queries.js';
import type { UpdateIntakeRuleInput } from './intake-rule.inputs.js';

const MOST_LISTED = 100;
const LONGEST_WORD = 200;
const LANGUAGES = ['en', 'es', 'pt'];

type Fields = Partial<Omit<UpdateIntakeRuleInput, 'id' | 'version' | 'idempotencyKey'>>;

/** The columns that an input sets; a key that is absent was not said. Throws `InputError` naming everything that is wrong. */
export async function cleanRule(tx: Tx, viewer: Viewer, input: Fields): Promise<Record<string, unknown>> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  const set = (column: string, value: unknown) => (columns[column] = value);
  if (input.name !== undefined) set('name', requiredLine(problems, 'name', input.name, 200));
  if (input.subject !== undefined) set('subject', optionalLine(problems, 'subject', input.subject, 200));
  for (const [field, column] of [
    ['position', 'position'],
    ['isActive', 'is_active'],
    ['action', 'action'],
    ['acknowledges', 'acknowledges'],
  ] as const)
    if (input[field] != null) set(column, input[field]);
  for (const [field, column] of [
    ['sentimentBelow', 'sentiment_below'],
    ['priorityAtLeast', 'priority_at_least'],
    ['followersAtLeast', 'followers_at_least'],
    ['isCustomer', 'is_customer'],
    ['type', 'type'],
    ['priority', 'priority'],
  ] as const)
    if (input[field] !== undefined) set(column, input[field]);
  for (const field of ['channels', 'networks', 'kinds'] as const)
    if (input[field] !== undefined) set(field, [...new Set<string>(input[field] ?? [])]);
  for (const [field, column] of [
    ['wordsAny', 'words_any'],
    ['wordsAll', 'words_all'],
    ['wordsNone', 'words_none'],
    ['languages', 'languages'],
    ['customerTags', 'customer_tags'],
    ['tags', 'tags'],
  ] as const)
    if (input[field] !== undefined) set(column, cleanWords(problems, field, input[field] ?? []));
  checkRanges(problems, input);
  if (input.acknowledgement !== undefined)
    set('acknowledgement', cleanTexts(problems, 'acknowledgement', input.acknowledgement));
  if (input.accountIds !== undefined)
    set('account_ids', await foundIds(tx, viewer, problems, 'accountIds', input.accountIds));
  if (input.sourceIds !== undefined)
    set('source_ids', await foundIds(tx, viewer, problems, 'sourceIds', input.sourceIds));
  for (const [field, column, prefix] of [
    ['categoryId', 'category_id', 'ticket_category'],
    ['queueId', 'queue_id', 'queue'],
  ] as const)
    if (input[field] !== undefined) set(column, await findNamed(tx, viewer, problems, prefix, input[field], field));
  for (const [field, column, prefix] of [
    ['teamId', 'team_id', 'team'],
    ['assigneeId', 'assignee_id', 'member'],
  ] as const)
    if (input[field] !== undefined) set(column, await findStaff(tx, viewer, problems, prefix, input[field], field));
  throwAny(problems);
  return columns;
}

/** Words as they were given, cleaned, each once. */
export function cleanWords(problems: Problems, field: string, given: readonly string[]): string[] {
  const words = [...new Set(given.map(cleanLine).filter(Boolean))];
  if (words.length > MOST_LISTED) report(problems, field, `There are at most ${MOST_LISTED} of them.`, 'TOO_LONG');
  if (words.some(word => word.length > LONGEST_WORD))
    report(problems, field, `Each has at most ${LONGEST_WORD} characters.`, 'TOO_LONG');
  return words;
}

/** Texts by language, as `{ "es": "…" }`. */
export function cleanTexts(problems: Problems, field: string, given: unknown): Record<string, string> {
  if (given == null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    report(problems, field, 'It is an object: texts by language, such as { "es": "…" }.');
    return {};
  }
  const texts: Record<string, string> = {};
  for (const [language, text] of Object.entries(given)) {
    if (!LANGUAGES.includes(language)) report(problems, field, `Its languages are ${LANGUAGES.join(', ')}.`);
    else if (typeof text !== 'string') report(problems, field, 'Each of its values is a text.');
    else if (text.length > 5000) report(problems, field, 'Each text has at most 5,000 characters.', 'TOO_LONG');
    else if (cleanText(text)) texts[language] = cleanText(text);
  }
  return texts;
}

function checkRanges(problems: Problems, { sentimentBelow, priorityAtLeast, followersAtLeast }: Fields): void {
  if (sentimentBelow != null && !(sentimentBelow >= -1 && sentimentBelow <= 1))
    report(problems, 'sentimentBelow', 'A sentiment is from -1 to 1.');
  if (priorityAtLeast != null && !(priorityAtLeast >= 0 && priorityAtLeast <= 100))
    report(problems, 'priorityAtLeast', 'A priority is from 0 to 100.');
  if (followersAtLeast != null && followersAtLeast < 0)
    report(problems, 'followersAtLeast', 'Nobody has fewer than no followers.');
}

async function foundIds(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  field: 'accountIds' | 'sourceIds',
  ids: readonly string[] | null,
): Promise<string[]> {
  const given = [...new Set(ids ?? [])];
  if (given.length > MOST_LISTED) {
    report(problems, field, `There are at most ${MOST_LISTED} of them.`, 'TOO_LONG');
    return [];
  }
  const found: string[] = [];
  for (const id of given) {
    try {
      found.push(await visibleId(tx, viewer, field === 'accountIds' ? Account : Source, id, field));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  return found;
}
