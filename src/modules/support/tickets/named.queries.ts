import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';

/** What an input may name, where it is, whose rule decides who may name it, and what can still be named. */
const NAMED = {
  customer: { table: 'customers', kind: 'CUSTOMER', condition: 't.deleted_at is null' },
  identity: { table: 'social_identities', kind: 'IDENTITY', condition: 'true' },
  member: { table: 'members', kind: 'STAFF', condition: 't.deactivated_at is null' },
  team: { table: 'teams', kind: 'STAFF', condition: 'true' },
  queue: { table: 'support_queues', kind: null, condition: 'true' },
  ticket: { table: 'tickets', kind: 'TICKET', condition: 'true' },
  ticket_category: { table: 'ticket_categories', kind: null, condition: 't.is_active' },
} as const;

export type Named = keyof typeof NAMED;

/**
 * The stored id behind a public one that an input gives, held until the transaction ends so that it is still there then. Unknown,
 * forbidden and malformed ones are reported alike, and answer null; so does nothing at all, without a report.
 */
export async function findNamed(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  prefix: Named,
  id: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (id == null) return null;
  const { table, kind, condition } = NAMED[prefix];
  const stored = storedId(prefix, id);
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(stored, 'uuid')}`,
    condition,
    kind && visibleCondition(viewer, kind, 't', parameters),
  ].filter(Boolean);
  const [row] = stored
    ? await tx.query(`select 1 from ${table} t where ${conditions.join(' and ')} for key share of t`, parameters.values)
    : [];
  if (row) return stored;
  const what = prefix.replace('ticket_', '');
  return report(
    problems,
    field,
    `There is no such ${what}, or it is no longer in use, or you may not see it.`,
    'NOT_FOUND',
  );
}
