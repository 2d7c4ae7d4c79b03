import type { Tx } from '../../platform/database/database.js';
import { storedId } from '../../platform/ids.js';
import { type Problems, report } from '../../platform/input.rules.js';
import { Parameters } from '../../platform/paging/index.js';
import type { Viewer } from './viewer.js';
import { visibleCondition } from './visibility.rules.js';

/** A kind of record that an input may name. */
export interface Nameable {
  table: string;
  /** What `condition` calls a row of it; `t` unless given. */
  alias?: string;
  /** Key of the rule that decides who may name it; without one everybody of the organisation may. */
  visibility?: string;
  /** What can still be named; without one all of it. */
  condition?: string;
}

/**
 * Finds what inputs name, by the prefix of its public id. What is found is held until the transaction ends, so that it is still
 * there then. Unknown, forbidden and malformed ids, and what can no longer be named, are reported alike: NOT_FOUND of `field`.
 */
export interface NamedFinder<Prefix extends string> {
  /** The stored id; null, without a report, where nothing is named. */
  one(
    tx: Tx,
    viewer: Viewer,
    problems: Problems,
    prefix: Prefix,
    id: string | null | undefined,
    field: string,
  ): Promise<string | null>;
  /** The stored ids, in one statement; what is not to be found is reported at its place, `field.3`. */
  all(
    tx: Tx,
    viewer: Viewer,
    problems: Problems,
    prefix: Prefix,
    ids: readonly string[],
    field: string,
  ): Promise<string[]>;
}

export function namedFinder<Prefix extends string>(kinds: Record<Prefix, Nameable>): NamedFinder<Prefix> {
  const missing = (problems: Problems, prefix: Prefix, field: string): null => {
    const unused = kinds[prefix].condition ? 'it is no longer in use, or ' : '';
    const message = `There is no such ${prefix.replaceAll('_', ' ')}, or ${unused}you may not see it.`;
    return report(problems, field, message, 'NOT_FOUND');
  };
  return {
    async one(tx, viewer, problems, prefix, id, field) {
      if (id == null) return null;
      const stored = storedId(prefix, id);
      const found = await held(tx, viewer, kinds[prefix], [stored]);
      return found.has(stored) ? stored : missing(problems, prefix, field);
    },
    async all(tx, viewer, problems, prefix, ids, field) {
      const stored = ids.map(id => storedId(prefix, id));
      const found = await held(tx, viewer, kinds[prefix], stored);
      for (const [at, id] of stored.entries()) if (!found.has(id)) missing(problems, prefix, `${field}.${at}`);
      return [...found] as string[];
    },
  };
}

/** Of stored ids those that the viewer may name, held in their order. */
async function held(
  tx: Tx,
  viewer: Viewer,
  { table, alias = 't', visibility, condition }: Nameable,
  stored: readonly (string | null)[],
): Promise<Set<string | null>> {
  const ids = stored.filter(id => id !== null);
  if (ids.length === 0) return new Set();
  const parameters = new Parameters();
  const conditions = [
    `${alias}.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `${alias}.id = any (${parameters.add(ids, 'uuid[]')})`,
    condition,
    visibility && visibleCondition(viewer, visibility, alias, parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select ${alias}.id from ${table} ${alias} where ${conditions.join(' and ')} order by ${alias}.id for key share of ${alias}`,
    parameters.values,
  );
  return new Set(rows.map(({ id }) => id));
}
