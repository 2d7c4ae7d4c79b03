import { stringify } from 'csv-stringify/sync';
import { Parameters } from '../paging/index.js';
import type { Run } from '../paging/list.js';
import type { CsvKind, Sight } from './kinds.js';

const PIECE = 2000;

/** A text that begins so is a formula to a spreadsheet, whoever wrote it. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value)
    ? value.join('|')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
};

const SEES_ALL: Sight = { visible: () => undefined, isHidden: () => false };

/**
 * Everything of one kind that may be seen, as CSV with the fields' names first, a piece at a time, in the order in which it was
 * kept. What an import reads comes out under the same names, so that a file goes out, is changed, and comes in again.
 */
export async function* exportRows(run: Run, kind: CsvKind, sight: Sight = SEES_ALL): AsyncGenerator<string> {
  const columns = kind.columns.filter(
    ({ shown, column, field, hideable = field }) => (shown ?? column) && !sight.isHidden(kind.visibility, hideable),
  );
  yield stringify([columns.map(({ field }) => field)]);
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const parameters = new Parameters();
    const select = columns.map(({ shown, column, tellsOf }, at) => {
      const told = shown ?? `t.${column}`;
      const visible = tellsOf && sight.visible(tellsOf.visibility, tellsOf.alias, parameters);
      return `${visible ? `case when ${visible} then ${told} end` : told} as "c${at}"`;
    });
    const conditions = [
      `t.id > ${parameters.add(after, 'uuid')}`,
      kind.where,
      sight.visible(kind.visibility, kind.seenThrough ?? 't', parameters),
    ].filter(Boolean);
    const rows = await run<Record<string, unknown> & { id: string }>(
      `select t.id, ${select.join(', ')} from ${kind.table} t ${kind.joins ?? ''} where ${conditions.join(' and ')} order by t.id limit ${PIECE}`,
      parameters.values,
    );
    if (rows.length > 0) yield stringify(rows.map(row => columns.map((_, at) => cell(row[`c${at}`]))));
    if (rows.length < PIECE) return;
    after = rows.at(-1)!.id;
  }
}
