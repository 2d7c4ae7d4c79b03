import { AppError } from '../errors.js';
import { storedId } from '../ids.js';
import type { Parameters } from './parameters.js';

/** How one field of a filter input becomes SQL. */
export interface FilterField {
  sql: string;
  type: 'uuid' | 'text' | 'timestamptz' | 'date' | 'integer' | 'real' | 'numeric' | 'boolean' | 'text[]';
  /** For ids: the prefix of their public form. */
  prefix?: string;
  /** Name of the field whose hiding also forbids filtering by it. */
  hideable?: string;
  /** What only staff see of a record, others do not find out by asking for it. */
  isForStaff?: boolean;
  /** For conditions that are not a comparison of one column; gets the operand as given. */
  build?(operand: unknown, parameters: Parameters, asker: Asker): string;
  /** What fits depends on who asks, and not only on what they may see. */
  isPersonal?: boolean;
}

/** Who asks, as far as a condition may depend on it. */
export interface Asker {
  /** Stored id of the member, where it is one. */
  memberId?: string | undefined;
  /** Stored id of the customer it acts for. */
  customerId?: string | undefined;
  isStaff: boolean;
  /** Stored ids of its teams, where it sees tickets by these and not all. */
  ticketTeamIds?: readonly string[] | undefined;
  /** The condition that keeps of another kind of record, aliased `alias`, what it sees; nothing when that is all. */
  sees?(kind: string, alias: string, parameters: Parameters): string | undefined;
  isHidden?(kind: string, field: string): boolean;
}

export type FilterFields = Record<string, FilterField>;

type FilterInput = Record<string, unknown>;

const MAX_NESTING = 8;
const MAX_CONDITIONS = 200;
const MAX_ALTERNATIVES = 1000;

/**
 * Compiles a typed filter input to a condition, or `undefined` when it asks for nothing. `isHidden` says which fields the
 * caller may not see: filtering by one would tell its value, so it is refused.
 */
export function filterCondition(
  fields: FilterFields,
  filter: FilterInput | null | undefined,
  parameters: Parameters,
  isHidden: (field: string) => boolean = () => false,
  asker: Asker = { isStaff: false },
): string | undefined {
  return compile(fields, filter, parameters, { isHidden, asker, conditions: 0 }, 0);
}

interface Compiling {
  isHidden: (field: string) => boolean;
  asker: Asker;
  conditions: number;
}

function compile(
  fields: FilterFields,
  filter: FilterInput | null | undefined,
  parameters: Parameters,
  state: Compiling,
  depth: number,
): string | undefined {
  if (!filter) return undefined;
  if (depth > MAX_NESTING) throw new AppError('BAD_USER_INPUT', `A filter may be nested ${MAX_NESTING} levels deep.`);
  const conditions: string[] = [];
  const nested = (inner: unknown) => compile(fields, inner as FilterInput, parameters, state, depth + 1);
  for (const [name, operand] of Object.entries(filter)) {
    if (operand === undefined || operand === null) continue;
    if (++state.conditions > MAX_CONDITIONS) {
      throw new AppError('BAD_USER_INPUT', `A filter has at most ${MAX_CONDITIONS} conditions.`);
    }
    if (name === 'and' || name === 'or') {
      const parts = (operand as FilterInput[]).map(nested).map(part => part ?? 'true');
      // An empty `or` names no alternative: nothing fits. An empty `and` asks for nothing.
      conditions.push(parts.length > 0 ? `(${parts.join(` ${name} `)})` : name === 'or' ? 'false' : 'true');
    } else if (name === 'not') {
      conditions.push(`not coalesce((${nested(operand) ?? 'true'}), false)`);
    } else {
      const field = fields[name];
      if (!field) throw new AppError('BAD_USER_INPUT', `There is no filter called ${name}.`);
      if (field.hideable && state.isHidden(field.hideable)) {
        throw new AppError('FORBIDDEN', `Your role does not see ${field.hideable}, so it cannot filter by it.`);
      }
      if (field.isForStaff && !state.asker.isStaff) throw new AppError('FORBIDDEN', `Only staff filter by ${name}.`);
      conditions.push(
        field.build ? field.build(operand, parameters, state.asker) : fieldCondition(field, operand, parameters),
      );
    }
  }
  return conditions.length > 0 ? `(${conditions.join(' and ')})` : undefined;
}

function fieldCondition(field: FilterField, operand: unknown, parameters: Parameters): string {
  // A bare value is short for equality: `{ authored: true }`.
  if (typeof operand !== 'object' || operand instanceof Date) return compare(field, 'eq', operand, parameters);
  const conditions = Object.entries(operand as FilterInput)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([operator, value]) => compare(field, operator, value, parameters));
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

const SIGNS: Record<string, string> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' };

function compare(field: FilterField, operator: string, value: unknown, parameters: Parameters): string {
  const { sql, type } = field;
  const stored = (given: unknown) => (field.prefix ? storedOrNothing(field.prefix, String(given)) : exactly(given));
  if (operator in SIGNS) return `${sql} ${SIGNS[operator]} ${parameters.add(stored(value), type)}`;
  switch (operator) {
    case 'in':
      if ((value as unknown[]).length > MAX_ALTERNATIVES) {
        throw new AppError('BAD_USER_INPUT', `At most ${MAX_ALTERNATIVES} values are compared at once.`);
      }
      return `${sql} = any (${parameters.add((value as unknown[]).map(stored), `${type}[]`)})`;
    case 'isNull':
      return value ? `${sql} is null` : `${sql} is not null`;
    case 'contains':
      return type === 'text[]'
        ? `${parameters.add(value, 'text')} = any (${sql})`
        : `normalise_text(${sql}) like '%' || ${likeText(value, parameters)} || '%' escape '\\'`;
    case 'startsWith':
      return `normalise_text(${sql}) like ${likeText(value, parameters)} || '%' escape '\\'`;
    default:
      throw new AppError('BAD_USER_INPUT', `There is no operator called ${operator}.`);
  }
}

/** An id of another type, or a malformed one, matches nothing: exactly as an unknown one does. */
const NO_ROW = '00000000-0000-0000-0000-000000000000';
const storedOrNothing = (prefix: string, id: string): string => storedId(prefix, id) ?? NO_ROW;

/** Folded by the database, as the column is: nobody else knows all its accents. `%`, `_` and `\` mean themselves. */
const likeText = (value: unknown, parameters: Parameters): string =>
  `regexp_replace(normalise_text(${parameters.add(value, 'text')}), '([\\\\%_])', '\\\\\\1', 'g')`;

/** A moment as it was written: a JavaScript date would drop its microseconds. */
const exactly = (value: unknown): unknown =>
  value instanceof Date ? ((value as Date & { exact?: string }).exact ?? value) : value;
