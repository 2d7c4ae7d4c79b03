import type { Tx } from '../database/database.js';
import type { Parameters } from '../paging/index.js';

/** What a cell may say, read into what its column takes: undefined for what it cannot mean. */
export type ReadCell = (text: string, facts: OrganizationFacts) => string | undefined;

/** What reading a cell may depend on. */
export interface OrganizationFacts {
  country: string;
  currency: string;
}

export interface CsvColumn {
  /** Name of our field, as mappings and the first row of an export say it. */
  field: string;
  /** Column of the table; none where `attach` keeps it. */
  column?: string;
  type: 'text' | 'text[]' | 'integer' | 'numeric' | 'date' | 'timestamptz' | 'boolean' | 'uuid' | 'jsonb';
  /** In one line, for who maps a file: "Three letters, such as EUR." */
  help: string;
  /** A row that makes something new has it; also the key itself. */
  isRequired?: boolean;
  read?: ReadCell;
  /** SQL over the row `r` for what is new and has an empty cell, where the column must not be empty. */
  fallback?: string;
  /** What a cell is that `read` takes: "a currency such as EUR". */
  expected?: string;
  /**
   * The cell holds the key of another record: a select of (key, id) for the organisation $1 and the keys $2::text[]. What is not
   * found is refused.
   */
  reference?: string;
  /** SQL for an export, where it is not the column itself. */
  shown?: string;
  /** Name of the field whose hiding hides it; `field` unless said. */
  hideable?: string;
  /** It tells of another record: the alias of its join, and the rule by which it is empty for who may not see that one. */
  tellsOf?: { alias: string; visibility: string };
}

/** One kind of record that comes and goes as CSV. A module calls `csvKind` once for each of its own, when it is loaded. */
export interface CsvKind {
  /** `customers`. */
  name: string;
  table: string;
  /** Key of the visibility rule. */
  visibility: string;
  /** Alias of the joined row whose rule it is; `t` unless said. */
  seenThrough?: string;
  /** What must also hold of an exported row. */
  where?: string;
  /** Joins of an export. */
  joins?: string;
  /** Columns by which a row is known again; unique in the organisation, and among `columns`. */
  key: readonly string[];
  /** Whether it counts its changes. */
  isVersioned: boolean;
  columns: readonly CsvColumn[];
  /** Columns that follow from the rest: SQL over the row `r` (all columns of the table that are given) for organisation $1. */
  derived?: Readonly<Record<string, { sql: string; onUpdate: boolean }>>;
  /** Only read, never written: what comes from elsewhere by another way. */
  isExportOnly?: boolean;
  /** Tables that `attach` fills. */
  alsoFills?: readonly string[];
  /** Keeps what other tables hold of these rows, in the same transaction. */
  attach?(tx: Tx, rows: readonly AttachedRow[], facts: OrganizationFacts): Promise<void>;
  /** Told which rows are new and which were changed, in the same transaction. */
  told?(tx: Tx, created: readonly string[], changed: readonly string[]): Promise<void>;
}

export interface AttachedRow {
  id: string;
  /** What the fields without a column said; a field that is not there said nothing. */
  values: Readonly<Record<string, string>>;
}

/** What of an export somebody sees. */
export interface Sight {
  /** The condition that keeps of the rows under `alias` what may be seen, as `visibleCondition` makes it. */
  visible(visibility: string, alias: string, parameters: Parameters): string | undefined;
  isHidden(visibility: string, field: string): boolean;
}

const kinds = new Map<string, CsvKind>();

export function csvKind(kind: CsvKind): void {
  kinds.set(kind.name, kind);
}

export const csvKinds = (): readonly CsvKind[] => [...kinds.values()];
export const csvKindOf = (name: string): CsvKind | undefined => kinds.get(name);
