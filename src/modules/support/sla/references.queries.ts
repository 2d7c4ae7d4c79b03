import type { Tx } from '../../../platform/database/database.js';
import { InputError, sqlState } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';

const TABLES = {
  business_calendar: { table: 'business_calendars', visibility: null, condition: 'true' },
  ticket_category: { table: 'ticket_categories', visibility: null, condition: 'true' },
  queue: { table: 'support_queues', visibility: null, condition: 'true' },
  // Who only signs in as a customer works on nothing.
  member: { table: 'members', visibility: 'STAFF', condition: `t.deactivated_at is null and t.role <> 'CUSTOMER'` },
  team: { table: 'teams', visibility: 'STAFF', condition: 'true' },
} as const;

/**
 * The stored ids of records that settings name, held so that they are not removed meanwhile. Unknown ones and those the viewer may
 * not see are reported alike, as NOT_FOUND of their place in `field`.
 */
export async function findNamed(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  prefix: keyof typeof TABLES,
  field: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { table, visibility, condition } = TABLES[prefix];
  const stored = ids.map(id => storedId(prefix, id));
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(
      stored.filter(id => id !== null),
      'uuid[]',
    )})`,
    condition,
    visibility && visibleCondition(viewer, visibility, 't', parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select t.id from ${table} t where ${conditions.join(' and ')} order by t.id for key share`,
    parameters.values,
  );
  const found = new Set(rows.map(({ id }) => id));
  for (const [at, id] of stored.entries())
    if (!id || !found.has(id))
      report(
        problems,
        ids.length === 1 && !field.endsWith('Ids') ? field : `${field}.${at}`,
        `There is no such ${prefix.replace('_', ' ')}, or you may not see it.`,
        'NOT_FOUND',
      );
  return [...found];
}

/** One of them, or null for none. */
export async function findOne(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  prefix: keyof typeof TABLES,
  field: string,
  id: string | null,
): Promise<string | null> {
  const [found] = await findNamed(tx, viewer, problems, prefix, field, id === null ? [] : [id]);
  return found ?? null;
}

/** What the key of names refuses, as TAKEN. */
export async function unlessTaken<Result>(message: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (sqlState(error) === '23505') throw new InputError([{ field: 'name', code: 'TAKEN', message }]);
    throw error;
  }
}
