import type { Tx } from '../../platform/database/database.js';
import { sqlState } from '../../platform/errors.js';
import type { MergedTable } from './merge.tables.js';
import { fieldNameOf, type JournaledRow, NotRestoredReason, restorationOf } from './merge-undo.rules.js';

/** Something that stays as it is now. */
export interface Loss {
  table: string;
  prefix: string;
  id: string;
  field: string | null;
  reason: NotRestoredReason;
}

interface Restored {
  lost: Loss[];
  /** Rows that were given back, and to whom. */
  moved: { id: string; customerId: string }[];
}

/** Puts back what a merge did to the rows of one table. */
export async function restoreTable(tx: Tx, mergeId: string, table: MergedTable): Promise<Restored> {
  const rows = await journaledRows(tx, mergeId, table.table);
  if (rows.length === 0) return { lost: [], moved: [] };
  const lost: Loss[] = [];
  const lose = (id: string, column: string | null, reason: NotRestoredReason) =>
    lost.push({ table: table.table, prefix: table.prefix, id, field: column && fieldNameOf(column), reason });

  const changed = rows.filter(row => row.after !== null);
  for (const row of changed) if (!row.current) lose(row.id, null, NotRestoredReason.REMOVED_SINCE);
  const present = changed.filter(row => row.current !== null);
  const anew = new Set(
    await table.isGivenAnew?.(
      tx,
      mergeId,
      present.map(row => row.id),
    ),
  );
  const byColumns = new Map<string, string[]>();
  for (const row of present) {
    const { columns, changedSince } = restorationOf(row, table.columns);
    for (const column of changedSince) lose(row.id, column, NotRestoredReason.CHANGED_SINCE);
    const isLeft = anew.has(row.id) && columns.some(column => table.columns.includes(column));
    if (isLeft) lose(row.id, table.columns[0]!, NotRestoredReason.CHANGED_SINCE);
    const wanted = isLeft ? columns.filter(column => !table.columns.includes(column)) : columns;
    if (wanted.length === 0) continue;
    const ids = byColumns.get(wanted.join());
    if (ids) ids.push(row.id);
    else byColumns.set(wanted.join(), [row.id]);
  }
  const given = new Set<string>();
  for (const [key, ids] of byColumns) {
    const columns = key.split(',');
    const failed = await eachOrNone(tx, ids, some => putBack(tx, mergeId, table.table, columns, some));
    for (const [id, reason] of failed) for (const column of columns) lose(id, column, reason);
    if (columns.some(column => table.columns.includes(column))) {
      for (const id of ids) if (!failed.has(id)) given.add(id);
    }
  }

  const removed = rows.filter(row => row.after === null && row.current === null);
  const missing = removed.map(row => row.id);
  const failed = await eachOrNone(tx, missing, some => bringBack(tx, mergeId, table.table, removed[0]!, some));
  for (const [id, reason] of failed) lose(id, null, reason);
  const moved = present.filter(row => given.has(row.id));
  return {
    lost,
    moved: moved.map(row => ({ id: row.id, customerId: row.before[table.columns[0]!] as string })),
  };
}

/** The journal of one table beside its rows as they are, which are held. */
export async function journaledRows(tx: Tx, mergeId: string, table: string): Promise<JournaledRow[]> {
  const key = [tx.scope.organizationId, mergeId, table];
  const journal = 'j.organization_id = $1 and j.merge_id = $2 and j.table_name = $3';
  await tx.query(
    `select t.id from ${table} t join customer_merge_changes j on j.row_id = t.id
      where t.organization_id = $1 and ${journal} order by t.id for no key update of t`,
    key,
  );
  return tx.query<JournaledRow>(
    `select j.row_id as id, j.before, j.after, case when t.id is not null then to_jsonb(t) end as current
       from customer_merge_changes j left join ${table} t on t.organization_id = j.organization_id and t.id = j.row_id
      where ${journal} order by j.row_id`,
    key,
  );
}

/** Columns of rows as the journal has them; their values never pass through JavaScript. */
export async function putBack(tx: Tx, mergeId: string, table: string, columns: string[], ids: string[]): Promise<void> {
  await tx.query(
    `update ${table} t set ${columns.map(column => `${column} = b.${column}`).join(', ')}
       from customer_merge_changes j cross join lateral jsonb_populate_record(null::${table}, j.before) b
      where j.organization_id = $1 and j.merge_id = $2 and j.table_name = $3 and j.row_id = any ($4::uuid[])
        and t.organization_id = $1 and t.id = j.row_id`,
    [tx.scope.organizationId, mergeId, table, ids],
  );
}

async function bringBack(tx: Tx, mergeId: string, table: string, like: JournaledRow, ids: string[]): Promise<void> {
  const columns = Object.keys(like.before);
  await tx.query(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.map(column => `b.${column}`).join(', ')}
       from customer_merge_changes j cross join lateral jsonb_populate_record(null::${table}, j.before) b
      where j.organization_id = $1 and j.merge_id = $2 and j.table_name = $3 and j.row_id = any ($4::uuid[])`,
    [tx.scope.organizationId, mergeId, table, ids],
  );
}

const REASONS: Record<string, NotRestoredReason> = {
  '23505': NotRestoredReason.TAKEN_SINCE,
  '23503': NotRestoredReason.TARGET_GONE,
  '23502': NotRestoredReason.TARGET_GONE,
};

/** Does something for many rows at once; where that fails, for each by itself. Answers those for which it cannot be done. */
async function eachOrNone(
  tx: Tx,
  ids: string[],
  work: (ids: string[]) => Promise<void>,
): Promise<Map<string, NotRestoredReason>> {
  const failed = new Map<string, NotRestoredReason>();
  if (ids.length === 0 || (await attempt(tx, () => work(ids))) === null) return failed;
  for (const id of ids) {
    const reason = await attempt(tx, () => work([id]));
    if (reason) failed.set(id, reason);
  }
  return failed;
}

/** Null when it was done; else nothing of it was, because the database did not allow it. */
async function attempt(tx: Tx, work: () => Promise<void>): Promise<NotRestoredReason | null> {
  await tx.query('savepoint restoration');
  try {
    await work();
    await tx.query('release savepoint restoration');
    return null;
  } catch (error) {
    const reason = REASONS[sqlState(error) ?? ''];
    if (!reason) throw error;
    await tx.query('rollback to savepoint restoration');
    return reason;
  }
}
