import type { Tx } from '../../platform/database/database.js';
import { isSame, type MergePlan, type MergeRow } from './merge.rules.js';
import type { MergedTable } from './merge.tables.js';

/** What the journal needs to know of a table. */
export type JournalTable = Pick<MergedTable, 'table' | 'columns' | 'reads'>;

export interface AppliedPlan {
  /** Rows that name another customer than before, in the first of the table's columns or in another. */
  moved: MergeRow[];
  folded: number;
  dropped: number;
}

/** The rows of a table that name one of the customers, in the order of their ids; held, unless they are only looked at. */
export function readRows(
  tx: Tx,
  { table, columns, reads }: JournalTable,
  customerIds: string[],
  isHeld: boolean,
): Promise<MergeRow[]> {
  const named = columns.map(column => `t.${column} = any ($2::uuid[])`).join(' or ');
  return tx
    .query<{ row: MergeRow }>(
      `select ${jsonOf(['id', ...columns, ...(reads ?? [])])} as row from ${table} t
        where t.organization_id = $1 and (${named}) order by t.id ${isHeld ? 'for no key update' : ''}`,
      [tx.scope.organizationId, customerIds],
    )
    .then(found => found.map(({ row }) => row));
}

/** How many rows of these tables name one of the customers, counted up to `most` a column: more than that is all the same. */
export async function countRows(
  tx: Tx,
  tables: readonly JournalTable[],
  customerIds: string[],
  most: number,
): Promise<number> {
  const counts = tables.flatMap(({ table, columns }) =>
    columns.map(
      column =>
        `(select count(*) from (select 1 from ${table} t
           where t.organization_id = $1 and t.${column} = any ($2::uuid[]) limit $3) r)`,
    ),
  );
  const [row] = await tx.query<{ count: string }>(`select ${counts.join(' + ')} as count`, [
    tx.scope.organizationId,
    customerIds,
    most + 1,
  ]);
  return Number(row!.count);
}

/** What a plan does to rows that were read; it writes nothing. */
export function outcomeOf({ columns }: JournalTable, before: MergeRow[], plan: MergePlan): AppliedPlan {
  const known = new Map(before.map(row => [row.id, row]));
  const kept = new Set(plan.rows.map(row => row.id));
  const gone = before.filter(row => !kept.has(row.id));
  return {
    moved: plan.rows.filter(row => columns.some(column => known.get(row.id)![column] !== row[column])),
    folded: gone.filter(row => plan.folded.has(row.id)).length,
    dropped: gone.filter(row => !plan.folded.has(row.id)).length,
  };
}

/**
 * Makes the table what the plan says, and keeps in the merge's journal what each row was and became. `release` runs between the
 * two, where rows give to one another what only one of them can have.
 */
export async function applyPlan(
  tx: Tx,
  mergeId: string,
  table: JournalTable,
  before: MergeRow[],
  plan: MergePlan,
  release?: () => Promise<void>,
): Promise<void> {
  const kept = new Set(plan.rows.map(row => row.id));
  const gone = before.map(row => row.id).filter(id => !kept.has(id));
  const changes = changesOf(before, plan);
  const changed = new Set(changes.flatMap(({ rows }) => rows.map(row => row.id)));
  const holding = [...new Set(plan.folded.values())];
  await removeRows(tx, mergeId, table, gone);
  await journalHolders(
    tx,
    mergeId,
    table,
    holding.filter(id => !changed.has(id)),
  );
  for (const change of changes) await journalRows(tx, mergeId, table, change, holding);
  await release?.();
  for (const change of changes) await writeRows(tx, table.table, change);
}

/** Rows in which the same columns change: one statement is enough for them. */
interface Changes {
  columns: string[];
  rows: MergeRow[];
}

function changesOf(before: MergeRow[], plan: MergePlan): Changes[] {
  const known = new Map(before.map(row => [row.id, row]));
  const byColumns = Map.groupBy(plan.rows, row => {
    const was = known.get(row.id)!;
    return Object.keys(row)
      .filter(column => !isSame(row[column], was[column]))
      .join();
  });
  byColumns.delete('');
  return [...byColumns].map(([columns, rows]) => ({ columns: columns.split(','), rows }));
}

async function removeRows(tx: Tx, mergeId: string, { table }: JournalTable, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `with gone as (delete from ${table} t where t.organization_id = $1 and t.id = any ($4::uuid[]) returning t.id, to_jsonb(t) as row)
     insert into customer_merge_changes (organization_id, merge_id, table_name, row_id, before)
     select $1, $2, $3, id, row from gone`,
    [tx.scope.organizationId, mergeId, table, ids],
  );
}

/** A row that stands for others from now on is remembered even where nothing of it changes: a later undoing must know. */
async function journalHolders(tx: Tx, mergeId: string, { table, columns }: JournalTable, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `insert into customer_merge_changes (organization_id, merge_id, table_name, row_id, before, after, holds_folded)
     select $1, $2, $3, t.id, ${jsonOf(columns)}, ${jsonOf(columns)}, true from ${table} t
      where t.organization_id = $1 and t.id = any ($4::uuid[])`,
    [tx.scope.organizationId, mergeId, table, ids],
  );
}

/** The journal is written first: what a row was is read from the row itself, and never passes through a number of JavaScript. */
async function journalRows(
  tx: Tx,
  mergeId: string,
  { table, columns: named }: JournalTable,
  { columns, rows }: Changes,
  holding: string[],
): Promise<void> {
  const kept = [...new Set([...named, ...columns])];
  await tx.query(
    `insert into customer_merge_changes (organization_id, merge_id, table_name, row_id, before, after, holds_folded)
     select $1, $2, $3, t.id, ${jsonOf(kept)}, ${jsonOf(kept)} || ${jsonOf(columns, 'n')}, t.id = any ($5::uuid[])
       from jsonb_populate_recordset(null::${table}, $4::jsonb) n join ${table} t on t.organization_id = $1 and t.id = n.id`,
    [tx.scope.organizationId, mergeId, table, valuesOf(columns, rows), holding],
  );
}

async function writeRows(tx: Tx, table: string, { columns, rows }: Changes): Promise<void> {
  await tx.query(
    `update ${table} t set ${columns.map(column => `${column} = n.${column}`).join(', ')}
       from jsonb_populate_recordset(null::${table}, $2::jsonb) n where t.organization_id = $1 and t.id = n.id`,
    [tx.scope.organizationId, valuesOf(columns, rows)],
  );
}

const valuesOf = (columns: string[], rows: MergeRow[]): string =>
  JSON.stringify(rows.map(row => Object.fromEntries(['id', ...columns].map(column => [column, row[column]]))));

/** An expression for some columns of a row, as one JSON object. */
const jsonOf = (columns: readonly string[], alias = 't'): string =>
  `jsonb_build_object(${columns.map(column => `'${column}', ${alias}.${column}`).join(', ')})`;
