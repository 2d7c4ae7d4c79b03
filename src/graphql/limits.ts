import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { AppError } from '../platform/errors.js';
import { DEFAULT_PAGE } from '../platform/paging/list.js';

export interface Limits {
  maxDepth: number;
  maxAliases: number;
  maxRootFields: number;
  maxCost: number;
}

/** What a list without pages is taken to hold: contact points, identities, links. */
const PLAIN_LIST = 4;

/** Arguments that say how much a field answers at most. */
const SIZES = ['first', 'last', 'limit', 'k'];

/** What is taken for fields that answer as much as there is, and ask for no size. */
const WITHOUT_SIZE: Record<string, number> = { conversationTree: 100 };

/** Lists that are as long as the field above them was asked for. */
const SIZED_ABOVE = ['edges', 'nodes', 'seeds'];

/** Selections read before we give up: fragments that spread one another can make a short document enormous. */
const MAX_SELECTIONS = 20_000;

interface Walk {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  limits: Limits;
  aliases: number;
  selections: number;
  cost: number;
}

/**
 * What an operation costs before it runs: one point for every object it can answer, where a list or connection multiplies what is
 * selected below it by the page asked for, and `totalCount` costs 10 because it counts a whole list. Throws the error of
 * the first limit that is passed. Fragments are counted where they are spread; the document was validated before.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  limits: Limits,
): number {
  const fragments = new Map(
    document.definitions
      .filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map(fragment => [fragment.name.value, fragment]),
  );
  const root = schema.getRootType(operation.operation)!;
  // A default in the document counts as much as a value beside it. What cannot be coerced fails before it runs.
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const walk: Walk = { schema, fragments, variables: coerced ?? variables, limits, aliases: 0, selections: 0, cost: 0 };
  const rootFields = countFields(walk, operation.selectionSet);
  if (rootFields > limits.maxRootFields) {
    throw new AppError(
      'TOO_MANY_ROOT_FIELDS',
      `The operation has ${rootFields} root fields; ${limits.maxRootFields} are allowed.`,
    );
  }
  visit(walk, operation.selectionSet, root, 1, 1);
  return Math.ceil(walk.cost);
}

function countFields(walk: Walk, selections: SelectionSetNode, seen = 0): number {
  let fields = seen;
  for (const selection of selections.selections) {
    if (fields > walk.limits.maxRootFields) break;
    if (selection.kind === Kind.FIELD) fields += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT) fields = countFields(walk, selection.selectionSet, fields);
    else fields = countFields(walk, walk.fragments.get(selection.name.value)!.selectionSet, fields);
  }
  return fields;
}

function visit(
  walk: Walk,
  selections: SelectionSetNode,
  parent: GraphQLCompositeType,
  depth: number,
  times: number,
): void {
  const { limits } = walk;
  if (depth > limits.maxDepth)
    throw new AppError('TOO_DEEP', `The operation is nested more than ${limits.maxDepth} levels deep.`);
  for (const selection of selections.selections) {
    if (++walk.selections > MAX_SELECTIONS) throw new AppError('TOO_COSTLY', 'The operation selects too much.');
    if (selection.kind === Kind.FIELD) {
      visitField(walk, selection, parent, depth, times);
    } else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value)!;
      const condition = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : parent;
      visit(walk, fragment.selectionSet, isCompositeType(condition) ? condition : parent, depth, times);
    }
  }
}

function visitField(walk: Walk, field: FieldNode, parent: GraphQLCompositeType, depth: number, times: number): void {
  const name = field.name.value;
  countAlias(walk, field);
  if (name === '__schema' || name === '__type') {
    visitIntrospection(walk, field, 1);
    return;
  }
  if (name === 'totalCount') walk.cost += 10 * times;
  if (field.selectionSet) {
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = definition && getNamedType(definition.type);
    if (!type || !isCompositeType(type)) return;
    const below = times * pageOf(walk, field, definition);
    // `edges`, `node` and `pageInfo` are how a page is written, not more of it.
    const isOfPage = ['pageInfo', 'node'].includes(name) || (name === 'edges' && parent.name.endsWith('Connection'));
    walk.cost += isOfPage ? 0 : times;
    if (name === 'node' && parent.name.endsWith('Edge')) walk.cost += times;
    visit(walk, field.selectionSet, type, depth + 1, below);
  }
  requireAffordable(walk);
}

/** About how many entries the lists of introspection have. */
const INTROSPECTED: Record<string, number> = {
  types: 200,
  directives: 5,
  fields: 6,
  inputFields: 5,
  args: 2,
  enumValues: 4,
  possibleTypes: 2,
};
const INTROSPECTION_POINTS = 0.3;

/** Tools nest introspection deeply, so depth is not held against it; but it can be made to answer the schema many times over. */
function visitIntrospection(walk: Walk, field: FieldNode, times: number): void {
  const entries = times * (INTROSPECTED[field.name.value] ?? 1);
  if (field.selectionSet) walk.cost += entries * INTROSPECTION_POINTS;
  requireAffordable(walk);
  const walkSelections = (selections: SelectionSetNode): void => {
    for (const selection of selections.selections) {
      if (++walk.selections > MAX_SELECTIONS) throw new AppError('TOO_COSTLY', 'The operation selects too much.');
      if (selection.kind === Kind.FIELD) {
        countAlias(walk, selection);
        visitIntrospection(walk, selection, entries);
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value)!;
        walkSelections(fragment.selectionSet);
      }
    }
  };
  if (field.selectionSet) walkSelections(field.selectionSet);
}

function countAlias(walk: Walk, field: FieldNode): void {
  const { maxAliases } = walk.limits;
  if (field.alias && field.alias.value !== field.name.value && ++walk.aliases > maxAliases) {
    throw new AppError('TOO_MANY_ALIASES', `The operation has more than ${maxAliases} aliases.`);
  }
}

function requireAffordable({ cost, limits }: Walk): void {
  if (cost <= limits.maxCost) return;
  const message = `The operation costs more than ${limits.maxCost}. Ask for smaller pages or fewer levels.`;
  throw new AppError('TOO_COSTLY', message, { limit: limits.maxCost });
}

/**
 * How many rows a field can answer: what it is asked for, or the default of its argument or of a page; of the ids in a list, each
 * counts.
 */
function pageOf(walk: Walk, field: FieldNode, { name, args, type }: GraphQLField<unknown, unknown>): number {
  const given = new Map(field.arguments?.map(argument => [argument.name.value, givenBy(walk, argument.value)]));
  const ids = given.get('ids');
  if (Array.isArray(ids)) return Math.max(1, ids.length);
  const sizes = args
    .filter(argument => SIZES.includes(argument.name))
    .map(argument => given.get(argument.name) ?? argument.defaultValue)
    .filter(size => typeof size === 'number');
  if (sizes.length > 0) return Math.max(1, ...sizes);
  if (getNamedType(type).name.endsWith('Connection')) return DEFAULT_PAGE;
  const isPlainList = isListType(getNullableType(type)) && !SIZED_ABOVE.includes(name);
  return WITHOUT_SIZE[name] ?? (isPlainList ? PLAIN_LIST : 1);
}

/** The numbers and lists that arguments are made of; what is inside a list does not matter. */
function givenBy(walk: Walk, value: ValueNode): unknown {
  if (value.kind === Kind.VARIABLE) return walk.variables[value.name.value];
  if (value.kind === Kind.LIST) return value.values;
  return value.kind === Kind.INT ? Number(value.value) : undefined;
}
