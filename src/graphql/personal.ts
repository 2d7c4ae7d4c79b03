import { BREAK, type DocumentNode, type NameNode, visit } from 'graphql';
import { allRecords, personalFields } from '../platform/schema/index.js';

/**
 * Whether an operation is answered otherwise to another person with the same rights: it asks for a field, or filters anywhere by a
 * condition, that depends on who asks. Goes by names alone, so that it says yes rather too often.
 */
export function isPersonal(document: DocumentNode, variables: object): boolean {
  const [fields, conditions] = [personalFields(), personalConditions()];
  let found = hasKey(variables, conditions);
  const note = (names: ReadonlySet<string>) => (node: { name: NameNode }) => {
    found ||= names.has(node.name.value);
    return found ? BREAK : undefined;
  };
  visit(document, { Field: note(fields), ObjectField: note(conditions) });
  return found;
}

/** Names of conditions that depend on who asks. */
function personalConditions(): Set<string> {
  const filters = allRecords().flatMap(record => Object.entries(record.filters));
  return new Set(filters.flatMap(([name, { isPersonal: depends }]) => (depends ? [name] : [])));
}

const hasKey = (value: unknown, names: Set<string>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => names.has(name) || hasKey(inner, names));
