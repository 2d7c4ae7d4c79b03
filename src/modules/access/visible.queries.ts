import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import type { Viewer } from './viewer.js';
import { visibleCondition } from './visibility.rules.js';

/** What an input may name, and where it is: the condition keeps what can still be named. */
const NAMED = {
  customer: { table: 'customers', kind: 'CUSTOMER', condition: 'n.deleted_at is null' },
  team: { table: 'teams', kind: 'STAFF', condition: 'true' },
  member: { table: 'members', kind: 'STAFF', condition: 'true' },
  api_key: { table: 'api_keys', kind: 'CREDENTIAL', condition: 'true' },
  oauth_client: { table: 'oauth_clients', kind: 'CREDENTIAL', condition: 'true' },
} as const;

type Named = keyof typeof NAMED;

/**
 * The stored id behind a public one that an input gives, locked so that it stays: `share` against removal, `update` against
 * any other change. Throws `InputError` NOT_FOUND alike for what is malformed, unknown, another organisation's or not visible.
 */
export async function namedId(
  tx: Tx,
  viewer: Viewer,
  prefix: Named,
  id: string,
  field: string,
  lock: 'key share' | 'update' = 'key share',
): Promise<string> {
  const { table, kind, condition } = NAMED[prefix];
  const parameters = new Parameters();
  const where = [
    `n.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `n.id = ${parameters.add(storedId(prefix, id), 'uuid')}`,
    condition,
    visibleCondition(viewer, kind, 'n', parameters) ?? 'true',
  ];
  const [row] = await tx.query<{ id: string }>(
    `select n.id from ${table} n where ${where.join(' and ')} for ${lock}`,
    parameters.values,
  );
  if (!row) throw invalid(field, `There is no such ${prefix.replace('_', ' ')}, or you may not see it.`, 'NOT_FOUND');
  return row.id;
}
