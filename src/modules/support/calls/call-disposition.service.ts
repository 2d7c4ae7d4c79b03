import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { CreateCallDispositionInput, UpdateCallDispositionInput } from './call.inputs.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const MOST_LANGUAGES = 50;

function cleanNames(problems: Problems, given: Record<string, unknown> | null): Record<string, string> {
  const entries = Object.entries(given ?? {});
  if (Array.isArray(given) || entries.length > MOST_LANGUAGES) {
    report(problems, 'names', 'It is an object of names by language: {"es": "Resuelto"}.');
    return {};
  }
  const names: Record<string, string> = {};
  for (const [language, name] of entries) {
    if (!LANGUAGE.test(language) || typeof name !== 'string') {
      report(problems, `names.${language}`, 'It is a text under a language (BCP 47).');
      continue;
    }
    const line = optionalLine(problems, `names.${language}`, name, 100);
    if (line) names[language] = line;
  }
  return names;
}

export async function createCallDisposition(
  tx: Tx,
  input: CreateCallDispositionInput,
): Promise<{ callDispositionId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, input.names ?? null);
  throwAny(problems);
  const callDispositionId = newId();
  await unlessTaken('name', 'Another disposition has this name.', () =>
    tx.query('insert into call_dispositions (organization_id, id, name, names) values ($1, $2, $3, $4)', [
      tx.scope.organizationId,
      callDispositionId,
      name,
      names,
    ]),
  );
  return { callDispositionId };
}

/** One that was given stays with the calls it was given of; `isActive: false` has it given no more. */
export async function updateCallDisposition(
  tx: Tx,
  input: UpdateCallDispositionInput,
): Promise<{ callDispositionId: string }> {
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 100);
  const names = input.names === undefined ? null : cleanNames(problems, input.names);
  throwAny(problems);
  const place = [tx.scope.organizationId, storedId('call_disposition', input.id)];
  const [row] = await tx.query<{ id: string; version: number }>(
    'select id, version from call_dispositions where organization_id = $1 and id = $2 for update',
    place,
  );
  if (!row) throw invalid('id', 'There is no such disposition.', 'NOT_FOUND');
  if (input.version != null && input.version !== row.version) throw staleVersion('disposition', row.version);
  await unlessTaken('name', 'Another disposition has this name.', () =>
    tx.query(
      `update call_dispositions set name = coalesce($3, name), names = coalesce($4, names), is_active = coalesce($5, is_active), version = version + 1
        where organization_id = $1 and id = $2`,
      [...place, name, names, input.isActive ?? null],
    ),
  );
  return { callDispositionId: row.id };
}
