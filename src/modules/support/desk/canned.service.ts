import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { cleanText } from '../../../platform/text.js';
import { Team, type Viewer, visibleId } from '../../access/index.js';
import { cleanLanguage } from '../../customers/index.js';
import type { CannedTextInput, CreateCannedResponseInput, UpdateCannedResponseInput } from './canned.inputs.js';
import { fillVariables, textFor, unknownVariables, type Values } from './canned.rules.js';

const LONGEST_TEXT = 20_000;
const MOST_LANGUAGES = 20;

type Id = { cannedResponseId: string };

export async function createCannedResponse(tx: Tx, viewer: Viewer, input: CreateCannedResponseInput): Promise<Id> {
  const problems: Problems = [];
  const row = {
    shortcut: cleanShortcut(problems, input.shortcut),
    name: requiredLine(problems, 'name', input.name, 200),
    texts: cleanTexts(problems, input.texts),
  };
  throwAny(problems);
  const teamId = input.teamId ? await visibleId(tx, viewer, Team, input.teamId, 'teamId') : null;
  const id = newId();
  await unlessTaken('shortcut', 'Another canned response has this shortcut.', () =>
    tx.query(
      'insert into canned_responses (organization_id, id, shortcut, name, texts, team_id, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [tx.scope.organizationId, id, row.shortcut, row.name, row.texts, teamId, viewer.actor],
    ),
  );
  return { cannedResponseId: id };
}

export async function updateCannedResponse(tx: Tx, viewer: Viewer, input: UpdateCannedResponseInput): Promise<Id> {
  const { organizationId } = tx.scope;
  const id = storedId('canned_response', input.id);
  const [known] = await tx.query<{
    version: number;
    shortcut: string;
    name: string;
    texts: object;
    team: string | null;
  }>(
    'select version, shortcut, name, texts, team_id as team from canned_responses where organization_id = $1 and id = $2 for update',
    [organizationId, id],
  );
  if (!known) throw invalid('id', 'There is no such canned response.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('canned response', known.version);
  const problems: Problems = [];
  const shortcut = input.shortcut == null ? known.shortcut : cleanShortcut(problems, input.shortcut);
  const name = input.name == null ? known.name : requiredLine(problems, 'name', input.name, 200);
  const texts = input.texts == null ? known.texts : cleanTexts(problems, input.texts);
  throwAny(problems);
  const teamId =
    input.teamId === undefined
      ? known.team
      : input.teamId && (await visibleId(tx, viewer, Team, input.teamId, 'teamId'));
  await unlessTaken('shortcut', 'Another canned response has this shortcut.', () =>
    tx.query(
      `update canned_responses set shortcut = $3, name = $4, texts = $5, team_id = $6, version = version + 1, updated_at = now()
        where organization_id = $1 and id = $2`,
      [organizationId, id, shortcut, name, texts, teamId],
    ),
  );
  return { cannedResponseId: id! };
}

export async function removeCannedResponse(tx: Tx, publicId: string): Promise<Record<string, never>> {
  const gone = await tx.query('delete from canned_responses where organization_id = $1 and id = $2 returning 1', [
    tx.scope.organizationId,
    storedId('canned_response', publicId),
  ]);
  if (gone.length === 0) throw invalid('id', 'There is no such canned response.', 'NOT_FOUND');
  return {};
}

function cleanShortcut(problems: Problems, raw: string): string {
  const shortcut = raw.trim().toLowerCase();
  if (!/^[\p{L}\p{N}_-]{1,50}$/u.test(shortcut))
    report(problems, 'shortcut', 'It has 1 to 50 letters, digits, - and _.', 'INVALID');
  return shortcut;
}

function cleanTexts(problems: Problems, given: readonly CannedTextInput[]): Record<string, string> {
  if (given.length === 0) report(problems, 'texts', 'Say it in one language at least.', 'REQUIRED');
  if (given.length > MOST_LANGUAGES) report(problems, 'texts', `At most ${MOST_LANGUAGES} languages.`, 'TOO_LONG');
  const texts: Record<string, string> = {};
  for (const [at, { language: tag, text: raw }] of given.entries()) {
    const wrong: Problems = [];
    const language = cleanLanguage(wrong, tag);
    const text = cleanText(raw);
    const field = `texts.${at}`;
    if (!language) report(problems, `${field}.language`, 'It is not a language of BCP 47, such as es-AR.');
    else if (texts[language] !== undefined) report(problems, `${field}.language`, 'It is there twice.', 'TAKEN');
    if (!text) report(problems, `${field}.text`, 'It must be given.', 'REQUIRED');
    if (text.length > LONGEST_TEXT)
      report(problems, `${field}.text`, `It has at most ${LONGEST_TEXT} characters.`, 'TOO_LONG');
    const unknown = unknownVariables(text);
    if (unknown.length > 0) report(problems, `${field}.text`, `There is no variable ${unknown.join(', ')}.`);
    if (language) texts[language] = text;
  }
  return texts;
}

export interface Facts {
  values: Values;
  ticketLanguage: string | null;
  customerLanguage: string | null;
  defaultLanguage: string;
}

/**
 * What a canned response (public id) says in a ticket (stored id), in the language that is wanted, else of the ticket, the
 * customer or the organisation. Throws `InputError` of `field` when there is none.
 */
export async function sayCanned(
  reader: Pick<Tx, 'query' | 'scope'>,
  viewer: Viewer,
  { id, ticketId, language, field }: { id: string; ticketId: string; language?: string | null; field: string },
): Promise<{ text: string; language: string; missing: string[] }> {
  const { organizationId } = reader.scope;
  const [canned] = await reader.query<{ texts: Record<string, string> }>(
    'select texts from canned_responses where organization_id = $1 and id = $2',
    [organizationId, storedId('canned_response', id)],
  );
  if (!canned) throw invalid(field, 'There is no such canned response.', 'NOT_FOUND');
  const { values, ...languages } = await factsOf(reader, viewer, ticketId);
  const chosen = textFor(canned.texts, [
    language,
    languages.ticketLanguage,
    languages.customerLanguage,
    languages.defaultLanguage,
    'en',
  ]);
  return { language: chosen.language, ...fillVariables(chosen.text, values) };
}

/** What can be filled in about a ticket (stored id), and the languages that come into question. */
export async function factsOf(reader: Pick<Tx, 'query' | 'scope'>, viewer: Viewer, ticketId: string): Promise<Facts> {
  const [row] = await reader.query<Record<string, string | null>>(
    `select t.number, t.subject, t.language, c.display_name as customer, c.given_name as given, c.language as spoken,
            i.display_name as known_as, m.name as agent, o.name as organization, o.default_language as ours
       from tickets t join organizations o on o.id = t.organization_id
       left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
       left join social_identities i on i.organization_id = t.organization_id and i.id = t.identity_id
       left join members m on m.organization_id = t.organization_id and m.id = $3
      where t.organization_id = $1 and t.id = $2`,
    [reader.scope.organizationId, ticketId, viewer.memberId ?? null],
  );
  const first = (name: string | null | undefined) => name?.trim().split(/\s+/)[0] ?? null;
  const customer = row?.['customer'] ?? row?.['known_as'] ?? null;
  return {
    values: {
      'customer.name': customer,
      'customer.firstName': row?.['given'] ?? first(customer),
      'ticket.number': row?.['number'] ?? null,
      'ticket.subject': row?.['subject'] ?? null,
      'agent.name': row?.['agent'] ?? null,
      'agent.firstName': first(row?.['agent']),
      'organization.name': row?.['organization'] ?? null,
    },
    ticketLanguage: row?.['language'] ?? null,
    customerLanguage: row?.['spoken'] ?? null,
    defaultLanguage: row?.['ours'] ?? 'es',
  };
}
