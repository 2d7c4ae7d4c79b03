import validator from 'validator';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, sqlState, staleVersion, unlessTaken } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { cleanLine } from '../../../platform/text.js';
import type { Viewer } from '../../access/index.js';
import { cleanLanguage } from '../../customers/index.js';
import { findStaff } from './staff.queries.js';
import type { CreateTerritoryInput, UpdateTerritoryInput } from './territory.inputs.js';

const MOST_ENTRIES = 300;
const MOST_DEPTH = 20;

/** Makes a territory. Leads that lie in it are found in the background. */
export async function createTerritory(
  tx: Tx,
  viewer: Viewer,
  input: CreateTerritoryInput,
): Promise<{ territoryId: string }> {
  await lockTree(tx);
  const columns = await cleanTerritory(tx, viewer, input);
  const territoryId = newId();
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, territoryId, ...Object.values(columns)].map(value => parameters.add(value));
  await unlessTaken('name', 'Another territory is called so.', () =>
    tx.query(
      `insert into territories (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})`,
      parameters.values,
    ),
  );
  await checkDepth(tx, territoryId);
  return { territoryId };
}

/** Changes a territory. A `version` that is not the present one is a CONFLICT. */
export async function updateTerritory(
  tx: Tx,
  viewer: Viewer,
  input: UpdateTerritoryInput,
): Promise<{ territoryId: string }> {
  await lockTree(tx);
  const known = await lockTerritory(tx, input.id);
  if (input.version != null && input.version !== known.version) throw staleVersion('territory', known.version);
  const columns = await cleanTerritory(tx, viewer, input);
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await unlessTaken('name', 'Another territory is called so.', () =>
    tx.query(
      `update territories set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
        where organization_id = ${organization} and id = ${id}`,
      parameters.values,
    ),
  );
  await checkDepth(tx, known.id);
  return { territoryId: known.id };
}

/** Throws a CONFLICT while opportunities, rules or other territories belong to it. Its leads are placed anew in the background. */
export async function removeTerritory(tx: Tx, id: string): Promise<{ removedId: string }> {
  await lockTree(tx);
  const known = await lockTerritory(tx, id);
  const key = [tx.scope.organizationId, known.id];
  await tx.query(
    'update leads set territory_id = null, scored_at = null where organization_id = $1 and territory_id = $2',
    key,
  );
  try {
    await tx.query('delete from territories where organization_id = $1 and id = $2', key);
  } catch (error) {
    if (sqlState(error) !== '23503') throw error;
    throw invalid('id', 'Opportunities, assignment rules or other territories still belong to it.', 'CONFLICT');
  }
  return { removedId: id };
}

/** One at a time changes the tree, so that two who each hang one below the other do not make a circle. */
async function lockTree(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.organizationId}:territories`]);
}

async function lockTerritory(tx: Tx, id: string): Promise<{ id: string; version: number }> {
  const [row] = await tx.query<{ id: string; version: number }>(
    'select id, version from territories where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, storedId('territory', id)],
  );
  if (!row) throw invalid('id', 'There is no such territory, or you may not see it.', 'NOT_FOUND');
  return row;
}

type Fields = Partial<Omit<UpdateTerritoryInput, 'id'>>;

/** The columns that an input sets. */
async function cleanTerritory(tx: Tx, viewer: Viewer, input: Fields): Promise<Record<string, unknown>> {
  const problems: Problems = [];
  const columns: Record<string, unknown> = {};
  if (input.name !== undefined) columns['name'] = requiredLine(problems, 'name', input.name, 200);
  if (input.parentTerritoryId !== undefined)
    columns['parent_id'] = await findParent(tx, problems, input.parentTerritoryId);
  if (input.teamId !== undefined)
    columns['team_id'] = await findStaff(tx, viewer, problems, 'team', input.teamId, 'teamId');
  const entries = {
    countries: { column: 'countries', read: (text: string) => country(text) },
    postalPrefixes: { column: 'postal_prefixes', read: (text: string) => (text.length <= 20 ? text : null) },
    languages: { column: 'languages', read: (text: string) => cleanLanguage([], text) },
    industries: { column: 'industries', read: (text: string) => (text.length <= 100 ? text : null) },
  };
  for (const [field, { column, read }] of Object.entries(entries)) {
    const given = input[field as keyof typeof entries];
    if (given !== undefined) columns[column] = listOf(problems, field, given, read);
  }
  throwAny(problems);
  return columns;
}

const country = (text: string): string | null =>
  validator.isISO31661Alpha2(text.toUpperCase()) ? text.toUpperCase() : null;

function listOf(
  problems: Problems,
  field: string,
  given: string[] | null,
  read: (text: string) => string | null,
): string[] {
  const texts = [...new Set((given ?? []).map(cleanLine).filter(Boolean))];
  if (texts.length > MOST_ENTRIES) report(problems, field, `There are at most ${MOST_ENTRIES}.`, 'TOO_LONG');
  return texts.slice(0, MOST_ENTRIES).flatMap((text, at) => {
    const value = read(text);
    if (value === null) report(problems, `${field}.${at}`, 'It is not of the right form.');
    return value ?? [];
  });
}

async function findParent(tx: Tx, problems: Problems, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [row] = await tx.query<{ id: string }>(
    'select id from territories where organization_id = $1 and id = $2 for key share',
    [tx.scope.organizationId, storedId('territory', id)],
  );
  return (
    row?.id ?? report(problems, 'parentTerritoryId', 'There is no such territory, or you may not see it.', 'NOT_FOUND')
  );
}

/** Also finds a territory that would lie in itself: its path never ends. */
async function checkDepth(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ above: number; below: number }>(
    `with recursive above as (
       select parent_id, 1 as depth from territories where organization_id = $1 and id = $2
       union all select t.parent_id, a.depth + 1 from above a
         join territories t on t.organization_id = $1 and t.id = a.parent_id where a.depth <= $3),
     below as (
       select id, 0 as depth from territories where organization_id = $1 and id = $2
       union all select t.id, b.depth + 1 from below b
         join territories t on t.organization_id = $1 and t.parent_id = b.id where b.depth <= $3)
     select (select max(depth) from above)::int as above, (select max(depth) from below)::int as below`,
    [tx.scope.organizationId, id, MOST_DEPTH],
  );
  if (row && row.above + row.below > MOST_DEPTH)
    throw invalid(
      'parentTerritoryId',
      `A territory lies in none of its own, and at most ${MOST_DEPTH} deep.`,
      'NOT_ALLOWED',
    );
}
