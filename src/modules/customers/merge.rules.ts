import type { MergedField } from './merge.entity.js';

/** Customers that are one, by stored ids, and whose value counts where somebody chose: by field, the customer. */
export interface Merge {
  survivorId: string;
  mergedIds: string[];
  choices: ReadonlyMap<string, string>;
}

/** The columns of a stored row that a merge looks at, as JSON has them. */
export interface MergeRow {
  id: string;
  [column: string]: unknown;
}

/** What a table looks like after a merge. A row that is in neither part is removed without another in its place. */
export interface MergePlan {
  rows: MergeRow[];
  /** Rows that are the same as another one: their id, and the id of the one that is kept. */
  folded: Map<string, string>;
  /** Where the customers said different things, for the report. */
  fields: MergedField[];
  /** Fields that somebody may choose about, by name. */
  choosable: string[];
}

/** Everybody of a merge: the survivor before the others, those in the order in which they were named. */
export const everybodyOf = ({ survivorId, mergedIds }: Merge): string[] => [survivorId, ...mergedIds];

/** Rows of which each customer in `columns` that was merged is the survivor now; nothing else of them changes. */
export function repoint(rows: MergeRow[], columns: readonly string[], merge: Merge): MergePlan {
  const merged = new Set(merge.mergedIds);
  const moved = rows.map(row => {
    const changed = columns.filter(column => merged.has(row[column] as string));
    return { ...row, ...Object.fromEntries(changed.map(column => [column, merge.survivorId])) };
  });
  return { rows: moved, folded: new Map(), fields: [], choosable: [] };
}

/** The same rows, those of the survivor first, then those of the merged ones in their order, the oldest first. */
export function ranked(rows: MergeRow[], column: string, merge: Merge): MergeRow[] {
  const ranks = new Map(everybodyOf(merge).map((id, rank) => [id, rank]));
  const rankOf = (row: MergeRow) => ranks.get(row[column] as string) ?? ranks.size;
  return [...rows].sort(
    (a, b) => rankOf(a) - rankOf(b) || compare(a['created_at'], b['created_at']) || compare(a.id, b.id),
  );
}

/**
 * Keeps of rows with one key the first, which takes from the others what `combine` says. Texts of moments compare as the moments
 * do, because the database writes them all in UTC.
 */
export function foldInto(
  plan: MergePlan,
  keyOf: (row: MergeRow) => string,
  combine: (kept: MergeRow, folded: MergeRow) => Partial<MergeRow>,
): MergePlan {
  const kept = new Map<string, MergeRow>();
  const folded = new Map(plan.folded);
  for (const row of plan.rows) {
    const key = keyOf(row);
    const first = kept.get(key);
    if (first) folded.set(row.id, first.id);
    kept.set(key, first ? { ...first, ...combine(first, row) } : row);
  }
  return { ...plan, rows: [...kept.values()], folded };
}

/** Whether two values are the same as JSON; the order of an object's keys says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b)))
      : inner,
  );
}

export function compare(a: unknown, b: unknown): number {
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * What there is to tell of a field: null where nobody but the survivor ever said anything about it and nobody chose. `values` are
 * in the order of `everybodyOf`; `fromId` is whose value it is, null where it is made of several.
 */
export function fieldOf(
  merge: Merge,
  field: string,
  values: ReadonlyMap<string, unknown>,
  chosen: { fromId: string | null; value: unknown },
): MergedField | null {
  const said = [...values].filter(([, value]) => value !== null && value !== undefined);
  const isNew = !isSame(values.get(merge.survivorId), chosen.value);
  const isMadeOfSeveral = chosen.fromId === null && chosen.value !== null;
  const givenUp = isMadeOfSeveral ? [] : said.filter(([, value]) => !isSame(value, chosen.value));
  if (!isNew && givenUp.length === 0) return null;
  return {
    field,
    fromId: chosen.fromId,
    value: chosen.value ?? null,
    conflict: !isMadeOfSeveral && said.some(([, value]) => !isSame(value, said[0]![1])),
    givenUp: givenUp.map(([customerId, value]) => ({ customerId, value })),
  };
}
