import type { Tx } from '../database/database.js';
import { newId } from '../ids.js';
import type { AttachedRow, CsvColumn, CsvKind, OrganizationFacts } from './kinds.js';

/** Cells of one row by our fields, without those that are empty. */
export type CsvRow = Readonly<Record<string, string>>;

export interface Refusal {
  /** Place in the rows that were given. */
  at: number;
  field: string | null;
  reason: string;
}

export interface WrittenRows {
  created: number;
  changed: number;
  unchanged: number;
  refused: Refusal[];
}

export async function organizationFacts(tx: Tx): Promise<OrganizationFacts> {
  const [facts] = await tx.query<OrganizationFacts>(
    'select default_country as country, currency from organizations where id = $1',
    [tx.scope.organizationId],
  );
  return facts!;
}

/**
 * Keeps rows of one kind, in a few statements however many they are: what has a key that is known is changed where it differs, the
 * rest is new. An empty cell says nothing. A key that is there twice: the later row stands. Everything is kept or nothing is.
 */
export async function writeRows(tx: Tx, kind: CsvKind, rows: readonly CsvRow[]): Promise<WrittenRows> {
  const facts = await organizationFacts(tx);
  const batch = new Batch(kind, rows, facts);
  for (const column of kind.columns) if (column.reference) await batch.resolve(tx, column);
  await batch.compare(tx);
  const kept = batch.latest();
  if (kept.length === 0) return batch.outcome(0, 0);
  const written = await store(tx, kind, kept);
  await kind.attach?.(tx, written.attached, facts);
  await kind.told?.(tx, written.created, written.changed);
  return batch.outcome(written.created.length, written.changed.length);
}

interface ReadRow {
  at: number;
  key: string;
  /** By column of the table. */
  values: Record<string, string | undefined>;
  /** By field, of those without a column. */
  loose: Record<string, string>;
}

class Batch {
  readonly refused: Refusal[] = [];
  private rows: ReadRow[] = [];
  private readonly total: number;
  private readonly keys: CsvColumn[];

  constructor(
    private readonly kind: CsvKind,
    rows: readonly CsvRow[],
    facts: OrganizationFacts,
  ) {
    this.total = rows.length;
    this.keys = keysOf(kind);
    for (const [at, row] of rows.entries()) {
      const read: ReadRow = { at, key: '', values: {}, loose: {} };
      const fault = kind.columns.map(column => readCell(read, column, row[column.field], facts)).find(Boolean);
      const missing = this.keys.find(({ column }) => read.values[column!] === undefined);
      if (fault) this.refused.push({ at, ...fault });
      else if (missing) this.refused.push({ at, field: missing.field, reason: 'it is empty' });
      else this.rows.push(read);
    }
  }

  async resolve(tx: Tx, { column, field, reference }: CsvColumn): Promise<void> {
    const keys = [...new Set(this.rows.flatMap(({ values }) => values[column!] ?? []))];
    if (keys.length === 0) return;
    const found = await tx.query<{ key: string; id: string }>(reference!, [tx.scope.organizationId, keys]);
    const byKey = new Map(found.map(({ key, id }) => [key, id]));
    this.keep(({ values }) => {
      const key = values[column!];
      if (key === undefined) return undefined;
      const id = byKey.get(key);
      values[column!] = id;
      return id === undefined ? { field, reason: `"${key.slice(0, 60)}" is not there` } : undefined;
    });
  }

  /** What is new has all that is required, and what was deleted here is not brought back by a file. */
  async compare(tx: Tx): Promise<void> {
    for (const row of this.rows) row.key = JSON.stringify(this.keys.map(({ column }) => row.values[column!]));
    const known = await present(tx, this.kind, this.rows);
    const required = this.kind.columns.filter(({ isRequired, column }) => isRequired && column);
    this.keep((row, place) => {
      const there = known.get(place);
      if (there && !there.isLive) return { field: this.keys[0]!.field, reason: 'it was deleted here' };
      const missing = there ? undefined : required.find(({ column }) => row.values[column!] === undefined);
      return missing && { field: missing.field, reason: 'it is empty, and nothing is known by this key' };
    });
  }

  latest(): ReadRow[] {
    return [...new Map(this.rows.map(row => [row.key, row])).values()];
  }

  outcome(created: number, changed: number): WrittenRows {
    const unchanged = this.total - this.refused.length - created - changed;
    return { created, changed, unchanged, refused: this.refused };
  }

  private keep(faultOf: (row: ReadRow, place: number) => { field: string; reason: string } | undefined): void {
    this.rows = this.rows.filter((row, place) => {
      const fault = faultOf(row, place);
      if (fault) this.refused.push({ at: row.at, ...fault });
      return !fault;
    });
  }
}

const keysOf = ({ key, columns }: CsvKind): CsvColumn[] =>
  key.map(name => columns.find(({ column }) => column === name)!);

/** Those of the rows that are kept already, by their place. */
async function present(
  tx: Tx,
  kind: CsvKind,
  rows: readonly ReadRow[],
): Promise<Map<number, { id: string; isLive: boolean }>> {
  const keys = keysOf(kind);
  const found = await tx.query<{ place: number; id: string; isLive: boolean }>(
    `select (k.place - 1)::integer as place, t.id, (${kind.where ?? 'true'}) as "isLive"
       from unnest(${keys.map(({ type }, at) => `$${at + 2}::${type}[]`).join(', ')}) with ordinality as k(${kind.key.join(', ')}, place)
       join ${kind.table} t on t.organization_id = $1 and ${kind.key.map(name => `t.${name} = k.${name}`).join(' and ')}`,
    [tx.scope.organizationId, ...kind.key.map(name => rows.map(({ values }) => values[name]))],
  );
  return new Map(found.map(({ place, ...row }) => [place, row]));
}

function readCell(
  row: ReadRow,
  { field, column, read, expected }: CsvColumn,
  cell: string | undefined,
  facts: OrganizationFacts,
): { field: string; reason: string } | undefined {
  const text = cell?.trim();
  if (!text) return undefined;
  const value = read ? read(text, facts) : text;
  if (value === undefined) return { field, reason: `"${text.slice(0, 60)}" is not ${expected}` };
  if (column) row.values[column] = value;
  else row.loose[field] = value;
  return undefined;
}

interface Stored {
  created: string[];
  changed: string[];
  attached: AttachedRow[];
}

/** Changes what is known and adds the rest. What somebody else adds in between is known by then, and is changed, too. */
async function store(tx: Tx, kind: CsvKind, rows: ReadRow[]): Promise<Stored> {
  const stored: Stored = { created: [], changed: [], attached: [] };
  const { given, update, insert } = statementsOf(kind);
  for (let left = rows; left.length > 0; ) {
    const values = [
      tx.scope.organizationId,
      left.map(newId),
      ...given.map(({ column }) => left.map(row => row.values[column!] ?? null)),
    ];
    if (update) stored.changed.push(...(await tx.query<{ id: string }>(update, values)).map(({ id }) => id));
    const added = await tx.query<{ id: string }>(insert, values);
    stored.created.push(...added.map(({ id }) => id));
    const there = await present(tx, kind, left);
    for (const [place, { id }] of there) stored.attached.push({ id, values: left[place]!.loose });
    left = left.filter((_, place) => !there.has(place));
  }
  return stored;
}

/** `$1` is the organisation, `$2` new ids, and the others the columns of `given`, an array each. */
function statementsOf(kind: CsvKind): { given: CsvColumn[]; update: string | undefined; insert: string } {
  const given = kind.columns.filter(({ column }) => column !== undefined);
  const names = given.map(({ column }) => column!);
  const places = given.map(({ type }, at) => `$${at + 3}::${type === 'text[]' ? 'jsonb' : type}[]`);
  const chosen = given.map(({ column, type }) =>
    type === 'text[]'
      ? `case when c.${column} is not null then array(select jsonb_array_elements_text(c.${column})) end as ${column}`
      : `c.${column}`,
  );
  const r = `(select c.id, ${chosen.join(', ')} from unnest($2::uuid[], ${places.join(', ')}) as c(id, ${names.join(', ')})) r`;
  const same = kind.key.map(name => `t.${name} = r.${name}`).join(' and ');
  const derived = Object.entries(kind.derived ?? {});
  const sets = [
    ...names.filter(name => !kind.key.includes(name)).map(name => ({ name, sql: `coalesce(r.${name}, t.${name})` })),
    ...derived.flatMap(([name, { sql, onUpdate }]) => (onUpdate ? [{ name, sql: `coalesce(${sql}, t.${name})` }] : [])),
  ];
  const told = [...(kind.isVersioned ? ['version = t.version + 1'] : []), 'updated_at = now()'];
  const fresh = given.map(({ column, fallback }) => (fallback ? `coalesce(r.${column}, ${fallback})` : `r.${column}`));
  return {
    given,
    update:
      sets.length === 0
        ? undefined
        : `update ${kind.table} t set ${[...sets.map(({ name, sql }) => `${name} = ${sql}`), ...told].join(', ')}
             from ${r} where t.organization_id = $1 and ${same}
              and (${sets.map(({ name }) => `t.${name}`).join(', ')}) is distinct from (${sets.map(({ sql }) => sql).join(', ')})
           returning t.id`,
    insert: `insert into ${kind.table} (organization_id, id, ${[...names, ...derived.map(([name]) => name)].join(', ')})
             select $1, r.id, ${[...fresh, ...derived.map(([, { sql }]) => sql)].join(', ')} from ${r}
              where not exists (select 1 from ${kind.table} t where t.organization_id = $1 and ${same})
             on conflict (organization_id, ${kind.key.join(', ')}) do nothing returning id`,
  };
}
