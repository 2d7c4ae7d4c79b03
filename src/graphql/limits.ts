import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '../platform/errors.js';
import { DEFAULT_PAGE } from '../platform/paging/list.js';

export interface Limits {
  maxDepth: number;
  maxAliases: number;
  maxRootFields: number;
  maxCost: number;
}

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
  const walk: Walk = { schema, fragments, variables, limits, aliases: 0, selections: 0, cost: 0 };
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
  const { limits } = walk;
  const name = field.name.value;
  // Introspection is bounded by the schema itself, and tools nest it deeply.
  if (name === '__schema' || name === '__type') {
    walk.cost += 100;
    return;
  }
  if (field.alias && field.alias.value !== name && ++walk.aliases > limits.maxAliases) {
    throw new AppError('TOO_MANY_ALIASES', `The operation has more than ${limits.maxAliases} aliases.`);
  }
  if (name === 'totalCount') walk.cost += 10 * times;
  if (field.selectionSet) {
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = definition && getNamedType(definition.type);
    if (!type || !isCompositeType(type)) return;
    const below = times * pageOf(walk, field, type.name.endsWith('Connection'));
    // `edges`, `node` and `pageInfo` are how a page is written, not more of it.
    walk.cost += ['edges', 'pageInfo', 'node'].includes(name) ? 0 : times;
    if (name === 'node' && parent.name.endsWith('Edge')) walk.cost += times;
    visit(walk, field.selectionSet, type, depth + 1, below);
  }
  if (walk.cost > limits.maxCost) {
    throw new AppError(
      'TOO_COSTLY',
      `The operation costs more than ${limits.maxCost}. Ask for smaller pages or fewer levels.`,
      {
        limit: limits.maxCost,
      },
    );
  }
}

/** How many rows a connection field can answer: its `first` or `last`, or the default. Ids asked for by list count each. */
function pageOf(walk: Walk, field: FieldNode, isConnection: boolean): number {
  let size: number | undefined;
  for (const argument of field.arguments ?? []) {
    const value = argument.value;
    const given =
      value.kind === Kind.INT
        ? Number(value.value)
        : value.kind === Kind.VARIABLE
          ? walk.variables[value.name.value]
          : undefined;
    if ((argument.name.value === 'first' || argument.name.value === 'last') && typeof given === 'number') {
      size = Math.max(size ?? 0, given);
    }
    if (argument.name.value === 'ids')
      size = value.kind === Kind.LIST ? value.values.length : Array.isArray(given) ? given.length : undefined;
  }
  return isConnection ? Math.max(1, size ?? DEFAULT_PAGE) : Math.max(1, size ?? 1);
}
