import { isSame } from './merge.rules.js';

/** Why something is not as it was before a merge. */
export enum NotRestoredReason {
  CHANGED_SINCE = 'CHANGED_SINCE',
  REMOVED_SINCE = 'REMOVED_SINCE',
  TAKEN_SINCE = 'TAKEN_SINCE',
  TARGET_GONE = 'TARGET_GONE',
}

type Columns = Record<string, unknown>;

/** A row of a merge's journal beside the row as it is now, null where it is no more. */
export interface JournaledRow {
  id: string;
  before: Columns;
  /** Null where the merge removed it. */
  after: Columns | null;
  current: Columns | null;
}

/** What is put back of a row, and what was changed since and so stays. */
export interface Restoration {
  columns: string[];
  changedSince: string[];
}

/**
 * Which columns of a row that is still there are put back: those that are as the merge left them. Of `unit` all are put back or
 * none, because a tie whose one end is of before and whose other is of after would be one that nobody ever made.
 */
export function restorationOf({ before, after, current }: JournaledRow, unit: readonly string[] = []): Restoration {
  const changed = Object.keys(before).filter(column => !isSame(before[column], after?.[column]));
  const isAsBefore = (column: string) => isSame(current?.[column], before[column]);
  const wanted = changed.filter(column => !isAsBefore(column));
  const changedSince = wanted.filter(column => !isSame(current?.[column], after?.[column]));
  const isUnitChanged = changedSince.some(column => unit.includes(column));
  return {
    columns: wanted.filter(column => !changedSince.includes(column) && !(isUnitChanged && unit.includes(column))),
    changedSince,
  };
}

/** Words as before the merge, with those that were added after it and without those that were taken away after it. */
export function restoredWords(before: string[], after: string[], current: string[]): string[] {
  if (isSame(current, after)) return before;
  const removedSince = after.filter(word => !current.includes(word));
  const addedSince = current.filter(word => !after.includes(word));
  return [...new Set([...before.filter(word => !removedSince.includes(word)), ...addedSince])];
}

/** Values by key as before the merge; a key that was changed after it stays as it is, and is told. */
export function restoredKeys(
  before: Columns,
  after: Columns,
  current: Columns,
): { value: Columns; restored: string[]; changedSince: string[] } {
  const value = { ...current };
  const restored: string[] = [];
  const changedSince: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isSame(before[key], after[key]) || isSame(current[key], before[key])) continue;
    if (!isSame(current[key], after[key])) {
      changedSince.push(key);
      continue;
    }
    if (before[key] === undefined) delete value[key];
    else {
      value[key] = before[key];
      restored.push(key);
    }
  }
  return { value, restored, changedSince };
}

/** The name a column has in the schema: `given_name` is `givenName`, `owner_id` is `owner`, and `external_id` names no record. */
export const fieldNameOf = (column: string): string =>
  column.replace(/(?<!^external)_id$/, '').replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
