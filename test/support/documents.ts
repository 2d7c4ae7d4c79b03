import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { allRecords } from '../../src/platform/schema/index.js';

export type RootName = 'Query' | 'Mutation' | 'Subscription';
export type Field = GraphQLField<unknown, unknown>;

export interface RootField {
  root: RootName;
  field: Field;
}

/** Every field of the three roots. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  return (['Query', 'Mutation', 'Subscription'] as const).flatMap(root =>
    Object.values((schema.getType(root) as { getFields(): Record<string, Field> } | undefined)?.getFields() ?? {}).map(
      field => ({ root, field }),
    ),
  );
}

/**
 * Everything that can be asked of a type: its plain fields, and `depth` levels of what it points to. Fields that need an
 * argument of their own are left out.
 */
export function selectionOf(schema: GraphQLSchema, output: GraphQLOutputType, depth = 2, prefix = ''): string {
  const type = getNamedType(output);
  if (!isCompositeType(type)) return '';
  if (isAbstractType(type)) {
    // Types that share an interface may have a field of one name and different types.
    const parts = schema
      .getPossibleTypes(type)
      .map(one => `... on ${one.name} ${selectionOf(schema, one, depth, `${one.name}_`)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(type)) return '{ __typename }';
  const parts = Object.values(type.getFields()).flatMap(field => {
    if (field.args.some(argument => isNonNullType(argument.type) && argument.defaultValue === undefined)) return [];
    const name = prefix ? `${prefix}${field.name}: ${field.name}` : field.name;
    if (isLeafType(getNamedType(field.type))) return [name];
    // How a page or a payload is written is no level of its own.
    const isWrapping = /(Connection|Edge|Payload)$/.test(type.name);
    if (depth === 0 && !isWrapping) return [];
    const page = field.args.some(argument => argument.name === 'first') ? '(first: 5)' : '';
    const inner = selectionOf(schema, field.type, isWrapping ? depth : depth - 1);
    return [`${name}${page} ${inner}`];
  });
  return parts.length > 0 ? `{ __typename ${parts.join(' ')} }` : '{ __typename }';
}

/** A document of one root field, its arguments as variables of their own names. */
export function documentOf(schema: GraphQLSchema, { root, field }: RootField, depth = 0): string {
  const { args } = field;
  const variables = args.map(argument => `$${argument.name}: ${variableType(argument)}`).join(', ');
  const given = args.map(argument => `${argument.name}: $${argument.name}`).join(', ');
  return `${root.toLowerCase()}${variables ? ` (${variables})` : ''} { ${field.name}${given ? `(${given})` : ''} ${selectionOf(schema, field.type, depth)} }`;
}

/** What a variable of an argument has to be: one that is not given leaves the argument its default. */
const variableType = ({ type, defaultValue }: GraphQLArgument): string =>
  String(defaultValue === undefined ? type : getNullableType(type));

/** How one record is asked for: by which root field, which argument of it, and an id of which prefix. */
export interface Door {
  field: string;
  argument: string;
  prefix: string;
}

/** Types that are asked for by the id of something else. */
const OTHER_DOORS: Record<string, Door> = {
  Audience: { field: 'audience', argument: 'account', prefix: 'account' },
  BoardStage: { field: 'boardStage', argument: 'id', prefix: 'stage' },
};

/** The root field that answers one record of the type `parent`. Throws for a type that nobody can ask for. */
export function doorTo(schema: GraphQLSchema, parent: string): Door {
  const other = OTHER_DOORS[parent];
  if (other) return other;
  const door = Object.values(schema.getQueryType()!.getFields()).find(
    field => getNamedType(field.type).name === parent && field.args.some(argument => argument.name === 'id'),
  );
  const record = allRecords().find(one => one.type.name === parent);
  if (!door || !record) throw new Error(`${parent} has lists, but no root field answers one by its id.`);
  return { field: door.name, argument: 'id', prefix: record.prefix };
}

/** A place in the arguments of a field, as the path to it. */
export type Slot = { path: string[]; type: GraphQLInputType };

/** Every place where an id can be given, also inside filters and lists (whose element is meant). */
export function idSlots(args: readonly (GraphQLArgument | GraphQLInputField)[], above: string[] = []): Slot[] {
  return args.flatMap(({ name, type }) => {
    const path = [...above, name];
    const named = getNamedType(type);
    if (named.name === 'ID') return [{ path, type }];
    // `and`, `or` and `not` hold the same filter again.
    if (!isInputObjectType(named) || ['and', 'or', 'not'].includes(name)) return [];
    return idSlots(Object.values(named.getFields()), path);
  });
}

/** The smallest value a type accepts: what is required, and nothing else. `leaf` makes scalars by where they stand. */
export function minimal(
  type: GraphQLInputType,
  path: string[],
  leaf: (path: string[], type: string) => unknown,
): unknown {
  const plain = getNullableType(type) as GraphQLInputType;
  if (isListType(plain)) return [minimal(plain.ofType as GraphQLInputType, path, leaf)];
  if (isEnumType(plain)) return plain.getValues()[0]!.name;
  if (isInputObjectType(plain)) {
    const required = Object.values(plain.getFields()).filter(
      field => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return Object.fromEntries(required.map(field => [field.name, minimal(field.type, [...path, field.name], leaf)]));
  }
  return leaf(path, (plain as { name: string }).name);
}

/** Puts `value` where `slot` says, making what is on the way: lists get one element, which holds it. */
export function withValue(
  variables: Record<string, unknown>,
  args: readonly (GraphQLArgument | GraphQLInputField)[],
  path: string[],
  value: unknown,
  leaf: (path: string[], type: string) => unknown,
  above: string[] = [],
): Record<string, unknown> {
  const [name, ...rest] = path;
  const { type } = args.find(argument => argument.name === name)!;
  const here = [...above, name!];
  const isList = isListType(getNullableType(type));
  const named = getNamedType(type);
  let inner = value;
  if (rest.length > 0 && isInputObjectType(named)) {
    const present = variables[name!];
    const known = (isList ? (present as unknown[] | undefined)?.[0] : present) ?? minimal(named, here, leaf);
    inner = withValue(known as Record<string, unknown>, Object.values(named.getFields()), rest, value, leaf, here);
  }
  // A whole list stands for itself; of anything else a list gets one.
  const isWhole = rest.length === 0 && Array.isArray(value);
  return { ...variables, [name!]: isList && !isWhole ? [inner] : inner };
}

/** What a field cannot be asked for without, as the smallest values there are. */
export function requiredOf(field: Field): Record<string, unknown> {
  const required = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const leaf = (path: string[], type: string): never => {
    throw new Error(`${field.name} takes a ${type} at ${path.join('.')}: a list is walked without knowing of any.`);
  };
  return Object.fromEntries(required.map(({ name, type }) => [name, minimal(type, [name], leaf)]));
}

/** A document of one page of the list `field`: of the whole organisation, or of the record with `$id` behind `door`. */
export function listDocument(
  schema: GraphQLSchema,
  field: Field,
  door?: Door,
): { document: string; variables: Record<string, unknown> } {
  const required = requiredOf(field);
  const asked = field.args.filter(({ name }) => name in required);
  const given = asked.map(({ name }) => `${name}: $${name}`);
  if (field.args.some(({ name }) => name === 'first')) given.push('first: 50');
  const inner = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selectionOf(schema, field.type, 1)}`;
  const taken = [...(door ? ['$id: ID!'] : []), ...asked.map(({ name, type }) => `$${name}: ${type}`)];
  const head = taken.length > 0 ? `query (${taken.join(', ')})` : 'query';
  const body = door ? `${door.field}(${door.argument}: $id) { __typename ${inner} }` : inner;
  return { document: `${head} { ${body} }`, variables: required };
}
