import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { organizationDay } from '../../access/index.js';
import { tellContracts, tellOrders } from './contract.queries.js';

export const RENEW_CONTRACTS = 'contracts:renew';

/** Few, so that no transaction is long. */
const AT_ONCE = 100;

/**
 * Renews what renews itself and ends what does not, by each organisation's own day. A term is written once, in the transaction that
 * moves the contract on: stopped anywhere, or running twice at once, every term is there once. What is several terms behind is
 * brought up to today, term by term.
 */
export async function renewContracts(database: Database): Promise<void> {
  // Nowhere is it later than 14 hours ahead; whose day has not begun is left for the next time.
  const { rows } = await database.system.query<{ id: string }>(
    `select distinct organization_id as id from contracts
      where status <> 'ENDED' and least(renews_on, ends_on) <= (now() + interval '14 hours')::date`,
  );
  for (const { id: organizationId } of rows) {
    const scope: Scope = { organizationId, actor: `system:${RENEW_CONTRACTS}`, requestId: RENEW_CONTRACTS };
    while ((await database.write(scope, async tx => renewDue(tx, await organizationDay(tx)))) > 0) {
      // As long as there are any that are due.
    }
  }
}

/** One step of what is due on `today`; answers how many it moved on. Those that somebody else is changing are left for later. */
export async function renewDue(tx: Tx, today: string): Promise<number> {
  const due = await tx.query<{ id: string; renews: boolean; orderId: string | null }>(
    `select id, status = 'ACTIVE' and renews_itself and renews_on is not null as renews, order_id as "orderId" from contracts
      where organization_id = $1 and status <> 'ENDED' and least(renews_on, ends_on) <= $2::date
      order by id limit $3 for update skip locked`,
    [tx.scope.organizationId, today, AT_ONCE],
  );
  const renewed = due.filter(({ renews }) => renews).map(({ id }) => id);
  await tx.query(
    `with told as (
       insert into contract_renewals (organization_id, id, contract_id, starts_on, until, amount, renewed_by)
       select $1, n.id, c.id, c.renews_on, (c.starts_on + make_interval(months => c.term_months * (c.renewals + 2)))::date, c.amount, $4
         from unnest($2::uuid[], $3::uuid[]) as n(contract_id, id)
         join contracts c on c.organization_id = $1 and c.id = n.contract_id
       on conflict (organization_id, contract_id, starts_on) do nothing)
     update contracts c
        set renewals = renewals + 1, renews_on = (starts_on + make_interval(months => term_months * (renewals + 2)))::date,
            version = version + 1, updated_at = now()
      where c.organization_id = $1 and c.id = any ($2::uuid[])`,
    [tx.scope.organizationId, renewed, renewed.map(newId), tx.scope.actor],
  );
  await tx.query(
    `update contracts set status = 'ENDED', ends_on = coalesce(ends_on, renews_on), renews_on = null, version = version + 1, updated_at = now()
      where organization_id = $1 and id = any ($2::uuid[])`,
    [tx.scope.organizationId, due.filter(({ renews }) => !renews).map(({ id }) => id)],
  );
  await tellContracts(
    tx,
    due.map(({ id }) => id),
  );
  await tellOrders(
    tx,
    due.map(({ orderId }) => orderId),
  );
  return due.length;
}
