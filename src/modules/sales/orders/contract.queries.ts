import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import type { ContractStatus } from './contract.entity.js';

/** A contract whose row is held until the transaction ends. */
export interface LockedContract {
  id: string;
  orderId: string | null;
  status: ContractStatus;
  currency: string;
  amount: string;
  startsOn: string;
  termMonths: number;
  renewals: number;
  renewsOn: string | null;
  endsOn: string | null;
  renewsItself: boolean;
  noticeDays: number;
  version: number;
}

/**
 * The contract behind a public id, held for a change. Unknown, forbidden and malformed ids answer alike as NOT_FOUND; a `version` that
 * is not the present one is a CONFLICT.
 */
export async function lockContract(
  tx: Tx,
  viewer: Viewer,
  id: string,
  version: number | null | undefined,
): Promise<LockedContract> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('contract', id), 'uuid')}`,
    visibleCondition(viewer, 'ORDER', 't', parameters),
  ].filter(Boolean);
  const [contract] = await tx.query<LockedContract>(
    `select t.id, t.order_id as "orderId", t.status, t.currency, t.amount, t.starts_on::text as "startsOn", t.term_months as "termMonths",
            t.renewals, t.renews_on::text as "renewsOn", t.ends_on::text as "endsOn", t.renews_itself as "renewsItself",
            t.notice_days as "noticeDays", t.version
       from contracts t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!contract) throw invalid('id', 'There is no such contract, or you may not see it.', 'NOT_FOUND');
  if (version != null && version !== contract.version) throw staleVersion('contract', contract.version);
  return contract;
}

/** Writes columns of a contract that is held, and tells of it. */
export async function writeContract(tx: Tx, id: string, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, contract] = [parameters.add(tx.scope.organizationId), parameters.add(id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update contracts set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = ${organization} and id = ${contract}`,
    parameters.values,
  );
  await tellContracts(tx, [id]);
}

export const tellContracts = (tx: Tx, ids: readonly string[]): Promise<void> =>
  recordEvents(
    tx,
    ids.map(subjectId => ({ type: 'contract.changed' as const, subjectId })),
  );

/** Who follows an order hears of the contracts that were made from it; one that was made by hand has none. */
export async function tellOrders(tx: Tx, orderIds: readonly (string | null)[]): Promise<void> {
  const ids = new Set(orderIds.filter(id => id !== null));
  await recordEvents(
    tx,
    [...ids].map(subjectId => ({ type: 'order.changed' as const, subjectId })),
  );
}
