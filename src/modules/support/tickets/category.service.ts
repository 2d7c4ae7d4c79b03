import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { CreateTicketCategoryInput, LocalNameInput, UpdateTicketCategoryInput } from './category.inputs.js';

const LANGUAGES = new Set(['en', 'es', 'pt']);
const MOST_DEEP = 5;
const MOST_CATEGORIES = 1000;

/** Makes a category. Answers its stored id. */
export async function createCategory(tx: Tx, input: CreateTicketCategoryInput): Promise<{ categoryId: string }> {
  await holdTree(tx);
  const problems: Problems = [];
  const name = requiredLine(problems, 'name', input.name, 100);
  const names = cleanNames(problems, input.names ?? []);
  const id = newId();
  const parentId = await findParent(tx, problems, id, input.parentId);
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
    'select count(*)::integer as count from ticket_categories where organization_id = $1',
    [tx.scope.organizationId],
  );
  if (count >= MOST_CATEGORIES) report(problems, 'name', `There are at most ${MOST_CATEGORIES}.`, 'NOT_ALLOWED');
  throwAny(problems);
  await unlessTaken('name', 'Another category is called that.', () =>
    tx.query(
      'insert into ticket_categories (organization_id, id, name, names, parent_id) values ($1, $2, $3, $4, $5)',
      [tx.scope.organizationId, id, name, names, parentId],
    ),
  );
  return { categoryId: id };
}

/** Changes what `input` says of a category. */
export async function updateCategory(tx: Tx, input: UpdateTicketCategoryInput): Promise<{ categoryId: string }> {
  await holdTree(tx);
  const { organizationId } = tx.scope;
  const id = storedId('ticket_category', input.id);
  const [known] = await tx.query<{
    version: number;
    name: string;
    names: object;
    parent_id: string | null;
    is_active: boolean;
  }>(
    'select version, name, names, parent_id, is_active from ticket_categories where organization_id = $1 and id = $2 for update',
    [organizationId, id],
  );
  if (!known) throw invalid('id', 'There is no such category.', 'NOT_FOUND');
  if (input.version != null && input.version !== known.version) throw staleVersion('category', known.version);
  const problems: Problems = [];
  const name = input.name === undefined ? known.name : requiredLine(problems, 'name', input.name, 100);
  const names = input.names ? cleanNames(problems, input.names) : known.names;
  const parentId = input.parentId === undefined ? known.parent_id : await findParent(tx, problems, id!, input.parentId);
  throwAny(problems);
  await unlessTaken('name', 'Another category is called that.', () =>
    tx.query(
      `update ticket_categories set name = $3, names = $4, parent_id = $5, is_active = $6, version = version + 1
        where organization_id = $1 and id = $2`,
      [organizationId, id, name, names, parentId, input.isActive ?? known.is_active],
    ),
  );
  return { categoryId: id! };
}

/** Whoever changes the tree goes alone, so that two changes at once cannot close a circle. */
const holdTree = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.organizationId}:ticket-categories`]);

/** The category above `id`, where it may be that: neither itself nor below it, and not too deep. */
async function findParent(
  tx: Tx,
  problems: Problems,
  id: string,
  given: string | null | undefined,
): Promise<string | null> {
  if (given == null) return null;
  const parentId = storedId('ticket_category', given);
  const above = await tx.query<{ id: string }>(
    `with recursive above as (
       select id, parent_id from ticket_categories where organization_id = $1 and id = $2
       union select c.id, c.parent_id from above a join ticket_categories c on c.organization_id = $1 and c.id = a.parent_id)
     select id from above`,
    [tx.scope.organizationId, parentId],
  );
  if (above.length === 0) return report(problems, 'parentId', 'There is no such category.', 'NOT_FOUND');
  if (above.some(one => one.id === id))
    return report(problems, 'parentId', 'It cannot be a part of itself.', 'NOT_ALLOWED');
  if (above.length >= MOST_DEEP)
    return report(problems, 'parentId', `Categories are at most ${MOST_DEEP} levels deep.`, 'NOT_ALLOWED');
  return parentId;
}

function cleanNames(problems: Problems, given: readonly LocalNameInput[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [at, { language, name }] of given.entries()) {
    if (!LANGUAGES.has(language)) report(problems, `names.${at}.language`, 'It is en, es or pt.');
    else names[language] = requiredLine(problems, `names.${at}.name`, name, 100);
  }
  return names;
}
