import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { cleanLine } from '../../../platform/text.js';
import type { CreateSurveyInput, UpdateSurveyInput } from './survey.inputs.js';
import type { SurveyTexts } from './survey.rules.js';
import { SurveyTrigger } from './survey.rules.js';

const LANGUAGES = ['en', 'es', 'pt'];
const MOST_TEXT = 300;
const MOST_DELAY = 43_200;
const MOST_SURVEYS = 50;

/** Makes a survey. Throws `InputError` naming everything that is wrong. */
export async function createSurvey(tx: Tx, input: CreateSurveyInput): Promise<{ surveyId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const values = cleanSurvey(problems, input);
  throwAny(problems);
  const [there] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from surveys where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (there!.count >= MOST_SURVEYS) throw invalid('name', `There are at most ${MOST_SURVEYS} surveys.`, 'NOT_ALLOWED');
  const surveyId = newId();
  await unlessTaken('name', 'Another survey is called that.', () =>
    tx.query(
      `insert into surveys (organization_id, id, name, kind, trigger, texts, delay_minutes, channels, types, rest_days, valid_days)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        tx.scope.organizationId,
        surveyId,
        name,
        input.kind,
        input.trigger ?? SurveyTrigger.SOLVED,
        values.texts ?? {},
        input.delayMinutes ?? 0,
        values.channels ?? [],
        values.types ?? [],
        input.restDays ?? 30,
        input.validDays ?? 14,
      ],
    ),
  );
  return { surveyId };
}

/** Changes what the input says. What was already sent is answered as it was asked. */
export async function updateSurvey(tx: Tx, input: UpdateSurveyInput): Promise<{ surveyId: string }> {
  const [known] = await tx.query<{ id: string; version: number }>(
    'select id, version from surveys where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('survey', input.id)],
  );
  if (!known) throw invalid('id', 'There is no such survey.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('survey', known.version);
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 100);
  const values = cleanSurvey(problems, input);
  throwAny(problems);
  await unlessTaken('name', 'Another survey is called that.', () =>
    tx.query(
      `update surveys set name = coalesce($3, name), trigger = coalesce($4, trigger), texts = coalesce($5, texts),
              delay_minutes = coalesce($6, delay_minutes), channels = coalesce($7, channels), types = coalesce($8, types),
              rest_days = coalesce($9, rest_days), valid_days = coalesce($10, valid_days), is_active = coalesce($11, is_active),
              version = version + 1
        where organization_id = $1 and id = $2`,
      [
        tx.scope.organizationId,
        known.id,
        name,
        input.trigger ?? null,
        values.texts,
        input.delayMinutes ?? null,
        values.channels,
        values.types,
        input.restDays ?? null,
        input.validDays ?? null,
        input.isActive ?? null,
      ],
    ),
  );
  return { surveyId: known.id };
}

function cleanSurvey(
  problems: Problems,
  {
    texts,
    delayMinutes,
    restDays,
    validDays,
    channels,
    types,
  }: Pick<UpdateSurveyInput, 'texts' | 'delayMinutes' | 'restDays' | 'validDays' | 'channels' | 'types'>,
) {
  const within = (field: string, value: number | null | undefined, least: number, most: number) => {
    if (value != null && (value < least || value > most)) report(problems, field, `It lies from ${least} to ${most}.`);
  };
  within('delayMinutes', delayMinutes, 0, MOST_DELAY);
  within('restDays', restDays, 0, 365);
  within('validDays', validDays, 1, 90);
  return {
    texts: texts == null ? null : cleanTexts(problems, texts),
    channels: channels ? [...new Set(channels)] : null,
    types: types ? [...new Set(types)] : null,
  };
}

function cleanTexts(problems: Problems, given: unknown): Record<string, SurveyTexts> {
  const cleaned: Record<string, SurveyTexts> = {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    report(problems, 'texts', 'It is an object, with the words of each language.');
    return cleaned;
  }
  for (const [language, words] of Object.entries(given)) {
    const path = `texts.${cleanLine(language).slice(0, 20)}`;
    if (!LANGUAGES.includes(language)) report(problems, path, `It is one of: ${LANGUAGES.join(', ')}.`);
    else if (typeof words !== 'object' || words === null) report(problems, path, 'It is an object: question, thanks.');
    else cleaned[language] = cleanWords(problems, path, words as Record<string, unknown>);
  }
  return cleaned;
}

function cleanWords(problems: Problems, path: string, words: Record<string, unknown>): SurveyTexts {
  const cleaned: SurveyTexts = {};
  for (const [key, value] of Object.entries(words)) {
    const text = typeof value === 'string' ? cleanLine(value) : null;
    if (key !== 'question' && key !== 'thanks') report(problems, path, 'It has a question and thanks, nothing else.');
    else if (text === null) report(problems, `${path}.${key}`, 'It is a text.');
    else if (text.length > MOST_TEXT)
      report(problems, `${path}.${key}`, `It has at most ${MOST_TEXT} characters.`, 'TOO_LONG');
    else if (text) cleaned[key] = text;
  }
  return cleaned;
}
