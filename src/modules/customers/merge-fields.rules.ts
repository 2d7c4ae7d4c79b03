import type { MergedField } from './merge.entity.js';
import { everybodyOf, fieldOf, isSame, type Merge, type MergePlan, type MergeRow } from './merge.rules.js';

/** Fields of a customer that a merge decides about, and their columns. */
export const MERGED_COLUMNS: Readonly<Record<string, string>> = {
  kind: 'kind',
  displayName: 'display_name',
  givenName: 'given_name',
  familyName: 'family_name',
  legalName: 'legal_name',
  jobTitle: 'job_title',
  birthDate: 'birth_date',
  language: 'language',
  timeZone: 'time_zone',
  externalId: 'external_id',
  owner: 'owner_id',
  team: 'team_id',
  tags: 'tags',
};

/** What the journal keeps of a customer: nothing in its row names another one that could be merged with it. */
export const customersTable = { table: 'customers', columns: [] };

interface Chosen {
  fromId: string | null;
  value: unknown;
}

/**
 * The rows of the customers themselves after a merge at `moment`. The merged ones stay, deleted, and say whom they became; of two
 * ids from another system the one that is given up goes to the merged customer, so that what still comes under it finds the way.
 */
export function planCustomers(rows: MergeRow[], merge: Merge, moment: string): MergePlan {
  const byId = new Map(rows.map(row => [row.id, row]));
  const everybody = everybodyOf(merge).map(id => byId.get(id)!);
  const survivor: MergeRow = { ...everybody[0]! };
  const fields: (MergedField | null)[] = [];
  const valuesOf = (read: (row: MergeRow) => unknown) => new Map(everybody.map(row => [row.id, read(row) ?? null]));

  for (const [field, column] of Object.entries(MERGED_COLUMNS)) {
    const values = valuesOf(row => (column === 'tags' && (row[column] as string[]).length === 0 ? null : row[column]));
    const chosen = column === 'tags' ? chosenTags(merge, everybody) : chosenOf(merge, field, values);
    survivor[column] = chosen.value;
    fields.push(fieldOf(merge, field, values, column === 'tags' && isSame(chosen.value, []) ? NOTHING : chosen));
  }

  const customFields = everybody.map(row => row['custom_fields'] as Record<string, unknown>);
  const keys = [...new Set(customFields.flatMap(Object.keys))].sort();
  const kept: Record<string, unknown> = {};
  for (const key of keys) {
    const field = `customFields.${key}`;
    const values = valuesOf(row => (row['custom_fields'] as Record<string, unknown>)[key]);
    const chosen = chosenOf(merge, field, values);
    if (chosen.value !== null) kept[key] = chosen.value;
    fields.push(fieldOf(merge, field, values, chosen));
  }
  survivor['custom_fields'] = kept;

  const numberedBy = chosenOf(
    merge,
    'externalId',
    valuesOf(row => row['external_id']),
  ).fromId;
  const merged = everybody.slice(1).map(row => ({
    ...row,
    external_id: row.id === numberedBy ? everybody[0]!['external_id'] : row['external_id'],
    deleted_at: moment,
    merged_into_id: merge.survivorId,
  }));
  return {
    rows: [survivor, ...merged],
    folded: new Map(),
    fields: fields.filter(field => field !== null),
    choosable: [...Object.keys(MERGED_COLUMNS), ...keys.map(key => `customFields.${key}`)],
  };
}

const NOTHING: Chosen = { fromId: null, value: null };

/** Who was chosen counts, also with nothing; else the first who has a value, the survivor before the others. */
export function chosenOf(merge: Merge, field: string, values: ReadonlyMap<string, unknown>): Chosen {
  const choice = merge.choices.get(field);
  if (choice !== undefined) return { fromId: choice, value: values.get(choice) ?? null };
  const first = everybodyOf(merge).find(id => (values.get(id) ?? null) !== null);
  return first === undefined ? NOTHING : { fromId: first, value: values.get(first) };
}

/** All of them put together, those of the survivor first, unless somebody chose whose. */
function chosenTags(merge: Merge, everybody: MergeRow[]): Chosen {
  const choice = merge.choices.get('tags');
  const from = everybody.filter(row => choice === undefined || row.id === choice);
  const value = [...new Set(from.flatMap(row => row['tags'] as string[]))];
  return { fromId: choice ?? null, value };
}
