import { AppError } from '../errors.js';
import type { CursorSeal, CursorValue } from './cursors.js';
import { type Asker, type FilterFields, filterCondition } from './filters.js';
import { afterCondition, type Direction, type OrderTerm, opposite, orderBy } from './keyset.js';
import { Parameters } from './parameters.js';

export const DEFAULT_PAGE = 25;
export const MAX_PAGE = 200;

/** A list as data: where its rows live, what they may be ordered and filtered by. Rows are aliased `t`. */
export interface ListSpec {
  /** Name sealed into cursors. */
  name: string;
  /** `from` text with alias `t`, joins included. */
  from: string;
  /** Select list: `t.id, t.display_name as "displayName", …`. */
  columns: string;
  /** Always true of a listed row, for example that it is not deleted. */
  where?: string;
  /** SQL type of `t.id`, which ends every order; a UUID unless said. */
  idType?: 'uuid' | 'bigint';
  /** `hideable` names the field whose hiding also forbids ordering by it: order and cursors would tell its value. */
  orders: Record<string, Omit<OrderTerm, 'direction'> & { hideable?: string }>;
  defaultOrder: OrderInput[];
  filters: FilterFields;
  /** Where the rows are counted already: sums stand in for a count that asks for nothing but `filters`, of who sees every row. */
  totals?: { from: string; count: string; filters: readonly string[] };
}

export interface OrderInput {
  field: string;
  direction: Direction;
}

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  filter?: object | null;
  orderBy?: OrderInput[] | null;
}

export interface PageRequest {
  spec: ListSpec;
  args: PageArguments;
  /** Stands in for the list's own `from` where that depends on values: a search, or who is asking. */
  from?: (parameters: Parameters) => string;
  /** Rows of these parents only, one page each; `condition` ties `t` to `k.parent`. */
  parents?: { keys: string[]; condition: string };
  /** What the caller may see of `t`, or undefined for everything. */
  visible?: (parameters: Parameters) => string | undefined;
  isHidden?: (field: string) => boolean;
  asker?: Asker;
}

export interface Page<Row> {
  edges: { readonly cursor: string; readonly node: Row }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  /** Asked of the database only when it is asked for. */
  totalCount(): Promise<number>;
  /** How many rows of the list come before this page; asked of the database only when it is asked for. */
  countBefore(): Promise<number>;
}

/** The same page, its edges told in another way: where they say more than their node does. Their cursors still wait to be asked for. */
export function withEdges<Row, Edge>(
  page: Page<Row>,
  edgeOf: (edge: Page<Row>['edges'][number], at: number) => Edge,
): Omit<Page<Row>, 'edges'> & { edges: Edge[] } {
  return Object.create(page, { edges: { value: page.edges.map(edgeOf), enumerable: true } });
}

/** Sealing a cursor costs more than reading its row, so it waits until somebody asks. */
class SealedEdge<Row extends RawRow> {
  constructor(
    readonly node: Row,
    private readonly listName: string,
    private readonly seal: CursorSeal,
    private readonly keys: readonly KeyColumn[],
    // Whoever asked for the rows may give them other ids before they are shown.
    private readonly id = node.id,
  ) {}

  get cursor(): string {
    return this.seal.seal(this.listName, [...this.keys.map(key => this.node[key] ?? null), this.id]);
  }
}

/** Runs a statement with its values; row-level security is already in force on the connection behind it. */
export type Run = <Row>(sql: string, values: unknown[]) => Promise<Row[]>;

/** What a row is ordered by, beside its id, which it carries anyway. */
type KeyColumn = `__key${number}`;

type RawRow = { id: string; __parent?: string } & { [key in KeyColumn]?: CursorValue };

/** One page a parent in one statement (or one page, without parents), by keyset: correct while rows come and go. */
export async function loadPages<Row>(
  request: PageRequest,
  seal: CursorSeal,
  run: Run,
): Promise<Map<string, Page<Row>>> {
  const { spec, args, parents } = request;
  const size = pageSize(args);
  const terms = orderTerms(spec, args.orderBy, request.isHidden);
  const listName = `${spec.name}:${terms.map(term => `${term.sql} ${term.direction}`).join()}`;
  const backwards = args.last !== null && args.last !== undefined;
  const walked = backwards ? terms.map(term => ({ ...term, direction: opposite(term.direction) })) : terms;

  const parameters = new Parameters();
  const keys = parents ? parameters.add(parents.keys, 'uuid[]') : undefined;
  const from = request.from?.(parameters) ?? spec.from;
  const conditions = baseConditions(request, parameters);
  const after = args.after ? seal.open(listName, args.after) : undefined;
  const before = args.before ? seal.open(listName, args.before) : undefined;
  const reversedTerms = terms.map(term => ({ ...term, direction: opposite(term.direction) }));
  if (after) conditions.push(afterCondition(terms, after, parameters));
  if (before) conditions.push(afterCondition(reversedTerms, before, parameters));

  const keyColumns = terms.slice(0, -1).map((_, at): KeyColumn => `__key${at}`);
  const keyed = keyColumns.map((key, at) => `${keyText(terms[at]!)} as "${key}"`);
  const select = (extra: string) =>
    `select ${[spec.columns, ...keyed].join(', ')} from ${from}${whereText([...conditions, ...(extra ? [extra] : [])])} order by ${orderBy(walked)} limit ${size + 1}`;
  const sql = parents
    ? `select k.parent as "__parent", r.* from unnest(${keys}) as k(parent) cross join lateral (${select(parents.condition)}) r`
    : select('');
  const rows = size === 0 && !parents ? [] : await run<RawRow>(sql, parameters.values);

  const byParent = new Map<string, RawRow[]>((parents?.keys ?? ['']).map(key => [key, []]));
  for (const row of rows) byParent.get(row.__parent ?? '')?.push(row);
  const pages = new Map<string, Page<Row>>();
  for (const [parent, found] of byParent) {
    const more = found.length > size;
    if (more) found.pop();
    if (backwards) found.reverse();
    const edges = found.map(row => new SealedEdge(row as Row & RawRow, listName, seal, keyColumns));
    pages.set(parent, {
      edges,
      // The side we walked from lies behind a cursor row, which exists or existed: Relay lets us say so without asking.
      hasNextPage: backwards ? before !== undefined : more,
      hasPreviousPage: backwards ? more : after !== undefined,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
      totalCount: () => countRows(request, parent, run),
      async countBefore() {
        const begin = edges[0] && seal.open(listName, edges[0].cursor);
        if (!begin) return 0;
        return countRows(request, parent, run, given => afterCondition(reversedTerms, begin, given));
      },
    });
  }
  return pages;
}

async function countRows(
  request: PageRequest,
  parent: string,
  run: Run,
  part?: (parameters: Parameters) => string,
): Promise<number> {
  const counted = part || request.parents || request.from ? undefined : await summedRows(request, run);
  if (counted !== undefined) return counted;
  const parameters = new Parameters();
  const conditions = baseConditions(request, parameters);
  const rows = request.from?.(parameters) ?? request.spec.from;
  if (part) conditions.push(part(parameters));
  const from = request.parents ? `unnest(${parameters.add([parent], 'uuid[]')}) as k(parent), ${rows}` : rows;
  if (request.parents) conditions.push(request.parents.condition);
  const [row] = await run<{ count: number }>(
    `select count(*) as count from ${from}${whereText(conditions)}`,
    parameters.values,
  );
  return Number(row?.count ?? 0);
}

/** How many rows there are by what was counted before, where that answers it. */
async function summedRows({ spec, args, ...request }: PageRequest, run: Run): Promise<number | undefined> {
  const { totals } = spec;
  if (!totals || request.visible?.(new Parameters()) !== undefined) return undefined;
  const filter = args.filter as Record<string, unknown> | null | undefined;
  if (!asksOnly(filter, totals.filters)) return undefined;
  const parameters = new Parameters();
  const condition = filterCondition(spec.filters, filter, parameters, request.isHidden, request.asker);
  const [row] = await run<{ count: number }>(
    `select coalesce(sum(${totals.count}), 0) as count from ${totals.from}${whereText(condition ? [condition] : [])}`,
    parameters.values,
  );
  return Number(row?.count ?? 0);
}

/** Whether a filter has conditions by these fields only, whatever way they are combined. */
function asksOnly(filter: object | null | undefined, fields: readonly string[]): boolean {
  return Object.entries(filter ?? {}).every(([name, operand]) => {
    if (operand === undefined || operand === null) return true;
    if (name === 'and' || name === 'or') return (operand as object[]).every(inner => asksOnly(inner, fields));
    return name === 'not' ? asksOnly(operand as object, fields) : fields.includes(name);
  });
}

function baseConditions({ spec, args, visible, isHidden, asker }: PageRequest, parameters: Parameters): string[] {
  return [
    spec.where,
    visible?.(parameters),
    filterCondition(
      spec.filters,
      args.filter as Record<string, unknown> | null | undefined,
      parameters,
      isHidden,
      asker,
    ),
  ].filter(condition => condition !== undefined);
}

const whereText = (conditions: string[]): string => (conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '');

/** Timestamps go into cursors as text, because a JavaScript date would drop their microseconds. */
const keyText = (term: OrderTerm): string =>
  ['timestamptz', 'date', 'bigint'].includes(term.type) ? `${term.sql}::text` : term.sql;

/** Validates and bounds `first`/`last`. Neither: a default; both, negative or huge: BAD_USER_INPUT. */
export function pageSize({ first, last, after, before }: PageArguments): number {
  if (first != null && last != null) throw new AppError('BAD_USER_INPUT', 'Give `first` or `last`, not both.');
  if (last != null && after != null && before == null) {
    throw new AppError('BAD_USER_INPUT', '`last` goes with `before`, `first` with `after`.');
  }
  const size = first ?? last ?? DEFAULT_PAGE;
  const name = last != null ? 'last' : 'first';
  if (!Number.isInteger(size) || size < 0)
    throw new AppError('BAD_USER_INPUT', `\`${name}\` is a whole number from 0 to ${MAX_PAGE}.`);
  if (size > MAX_PAGE) throw new AppError('BAD_USER_INPUT', `\`${name}\` is at most ${MAX_PAGE}.`);
  return size;
}

function orderTerms(
  spec: ListSpec,
  given: OrderInput[] | null | undefined,
  isHidden?: (field: string) => boolean,
): OrderTerm[] {
  const wanted = given && given.length > 0 ? given : spec.defaultOrder;
  if (wanted.length > 4) throw new AppError('BAD_USER_INPUT', 'A list is ordered by four fields at most.');
  const terms = wanted.map(({ field, direction }) => {
    const order = spec.orders[field];
    if (!order) throw new AppError('BAD_USER_INPUT', `This list cannot be ordered by ${field}.`);
    if (order.hideable && isHidden?.(order.hideable)) {
      throw new AppError('FORBIDDEN', `Your role does not see ${order.hideable}, so it cannot order by it.`);
    }
    return { ...order, direction };
  });
  const last = terms.at(-1);
  return [...terms, { sql: 't.id', type: spec.idType ?? 'uuid', nullable: false, direction: last?.direction ?? 'ASC' }];
}
