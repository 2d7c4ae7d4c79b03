import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import type { OpportunityStatus } from './opportunity.kinds.rules.js';

/** An opportunity whose row is held until the transaction ends. */
export interface LockedOpportunity {
  id: string;
  customerId: string;
  pipelineId: string;
  stageId: string;
  status: OpportunityStatus;
  amount: string | null;
  currency: string;
  expectedCloseOn: string | null;
  nextStep: string | null;
  closedAt: Date | null;
  stageEnteredAt: Date;
  ownerId: string | null;
  teamId: string | null;
  version: number;
}

const COLUMNS = `t.id, t.customer_id as "customerId", t.pipeline_id as "pipelineId", t.stage_id as "stageId", t.status, t.amount,
  t.currency, t.expected_close_on::text as "expectedCloseOn", t.next_step as "nextStep", t.closed_at as "closedAt", t.stage_entered_at as "stageEnteredAt",
  t.owner_id as "ownerId", t.team_id as "teamId", t.version`;

export const UNKNOWN_OPPORTUNITY = 'There is no such opportunity, or you may not see it.';

/** The opportunity behind a public id, held for a change. Throws NOT_FOUND of `field`, and CONFLICT for a version that is not the present one. */
export async function lockOpportunity(
  tx: Tx,
  viewer: Viewer,
  id: string,
  { field = 'id', version }: { field?: string; version?: number | null | undefined } = {},
): Promise<LockedOpportunity> {
  const stored = storedId('opportunity', id);
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(stored, 'uuid')}`,
    visibleCondition(viewer, 'OPPORTUNITY', 't', parameters),
  ].filter(Boolean);
  const [row] = stored
    ? await tx.query<LockedOpportunity>(
        `select ${COLUMNS} from opportunities t where ${conditions.join(' and ')} for update of t`,
        parameters.values,
      )
    : [];
  if (!row) throw invalid(field, UNKNOWN_OPPORTUNITY, 'NOT_FOUND');
  if (version != null && version !== row.version) {
    throw staleVersion('opportunity', row.version);
  }
  return row;
}

/** The same by its stored id, for what the product itself does. */
export async function lockStored(tx: Tx, id: string): Promise<LockedOpportunity | undefined> {
  const [row] = await tx.query<LockedOpportunity>(
    `select ${COLUMNS} from opportunities t where t.organization_id = $1 and t.id = $2 for update of t`,
    [tx.scope.organizationId, id],
  );
  return row;
}

/**
 * Writes columns of an opportunity that is held. Its time is that of the write and not of the transaction, so that of two that
 * waited for each other the later one is later in the history, too; `moments` are columns that take the same time.
 */
export async function writeOpportunity(
  tx: Tx,
  id: string,
  columns: Record<string, unknown>,
  moments: readonly ('stage_entered_at' | 'closed_at')[] = [],
): Promise<void> {
  const parameters = new Parameters();
  const [organization, place] = [parameters.add(tx.scope.organizationId), parameters.add(id)];
  const sets = [
    ...Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`),
    ...['updated_at', ...moments].map(column => `${column} = c.at`),
    'version = version + 1',
  ];
  await tx.query(
    `update opportunities set ${sets.join(', ')} from (select clock_timestamp() as at) c
      where organization_id = ${organization} and id = ${place}`,
    parameters.values,
  );
}

/** One event an opportunity, however often it was changed. */
export const recordOpportunities = (tx: Tx, ids: readonly string[]): Promise<void> =>
  recordEvents(
    tx,
    [...new Set(ids)].map(subjectId => ({ type: 'opportunity.changed' as const, subjectId })),
  );
