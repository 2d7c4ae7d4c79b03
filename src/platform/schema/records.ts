import { getMetadataArgsStorage } from 'typeorm';
import { SnakeNaming } from '../database/naming.js';
import type { ListSpec } from '../paging/list.js';

// biome-ignore lint/suspicious/noExplicitAny: any class can be a record
export type RecordClass<Row = any> = new (...args: never[]) => Row;

/**
 * A kind of record as data: what its public ids look like, where it is stored, whose rule decides who sees it, how it is
 * listed. Loaders, connections and `node(id)` are all read from here, so a new kind of record needs no code for them.
 */
export interface RecordSpec<Row = unknown> extends ListSpec {
  type: RecordClass<Row>;
  /** Prefix of the public id: `customer_…`. */
  prefix: string;
  /** Key of the visibility rule; undefined where the organisation's border is the only one. */
  visibility?: string;
}

const byType = new Map<RecordClass, RecordSpec>();
const byPrefix = new Map<string, RecordSpec>();

const naming = new SnakeNaming();

/** Registers `spec` for its class; the columns are the entity's own, less those marked `select: false`. */
export function defineRecord<Row>(
  spec: Omit<RecordSpec<Row>, 'columns' | 'from'> & { from?: string },
): RecordSpec<Row> {
  const table = getMetadataArgsStorage().tables.find(candidate => candidate.target === spec.type);
  if (!table?.name) throw new Error(`${spec.type.name} is not an entity with a table name.`);
  const record: RecordSpec<Row> = { from: `${table.name} t`, ...spec, columns: columnsOf(spec.type) };
  byType.set(spec.type, record as RecordSpec);
  byPrefix.set(spec.prefix, record as RecordSpec);
  return record;
}

/** The narrow select list of an entity: `t.display_name as "displayName", …`. */
export function columnsOf(type: RecordClass, alias = 't'): string {
  return getMetadataArgsStorage()
    .columns.filter(
      column => column.target === type && column.options.select !== false && column.propertyName !== 'organizationId',
    )
    .map(
      column =>
        `${alias}.${naming.columnName(column.propertyName, column.options.name, [])} as "${column.propertyName}"`,
    )
    .join(', ');
}

export function recordOf<Row>(type: RecordClass<Row>): RecordSpec<Row> {
  const spec = byType.get(type);
  if (!spec) throw new Error(`${type.name} is not a defined record.`);
  return spec as RecordSpec<Row>;
}

export const recordByPrefix = (prefix: string): RecordSpec | undefined => byPrefix.get(prefix);
export const allRecords = (): RecordSpec[] => [...byType.values()];
