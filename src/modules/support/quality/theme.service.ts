import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { cleanNames, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { cleanWords } from './contact-reason.service.js';
import { Theme } from './theme.entity.js';
import type { CreateThemeInput, UpdateThemeInput } from './theme.inputs.js';

const MOST_THEMES = 100;

/** Keeps a theme. Throws `InputError` naming everything that is wrong. */
export async function createTheme(tx: Tx, input: CreateThemeInput): Promise<{ themeId: string }> {
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, 'names', input.names);
  const words = requiredWords(problems, input.words);
  throwAny(problems);
  const [there] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from themes where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (there!.count >= MOST_THEMES) throw invalid('name', `There are at most ${MOST_THEMES} themes.`, 'NOT_ALLOWED');
  const themeId = newId();
  await unlessTaken('name', 'Another theme is called that.', () =>
    tx.query('insert into themes (organization_id, id, name, names, words) values ($1, $2, $3, $4, $5)', [
      tx.scope.organizationId,
      themeId,
      name,
      names,
      words,
    ]),
  );
  return { themeId };
}

export async function updateTheme(tx: Tx, viewer: Viewer, input: UpdateThemeInput): Promise<{ themeId: string }> {
  const themeId = await visibleId(tx, viewer, Theme, input.id);
  const [known] = await tx.query<{ version: number }>(
    'select version from themes where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, themeId],
  );
  if (input.version != null && input.version !== known!.version) throw staleVersion('theme', known!.version);
  const problems: Problems = [];
  const name = input.name == null ? null : requiredLine(problems, 'name', input.name, 100);
  const names = input.names === undefined ? null : cleanNames(problems, 'names', input.names);
  const words = input.words == null ? null : requiredWords(problems, input.words);
  throwAny(problems);
  await unlessTaken('name', 'Another theme is called that.', () =>
    tx.query(
      `update themes set name = coalesce($3, name), names = coalesce($4, names), words = coalesce($5, words),
              is_active = coalesce($6, is_active), version = version + 1
        where organization_id = $1 and id = $2`,
      [tx.scope.organizationId, themeId, name, names, words, input.isActive ?? null],
    ),
  );
  return { themeId };
}

function requiredWords(problems: Problems, given: string[]): string[] {
  const words = cleanWords(problems, given);
  if (words.length === 0) report(problems, 'words', 'A theme has words to look for.', 'REQUIRED');
  return words;
}
