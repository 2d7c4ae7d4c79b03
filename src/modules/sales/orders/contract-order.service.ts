import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { dayIn, nextNumbers, organizationDay, zoneOf } from '../../access/index.js';
import { tellContracts } from './contract.queries.js';
import { DEFAULT_TERM_MONTHS, monthsAfter } from './contract.rules.js';

/**
 * Makes a contract of every subscription of these orders that has none; of one line there is one. It begins on the day of the order,
 * runs for a year and renews itself. What an order that was called off holds is left alone.
 */
export async function contractSubscriptions(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const lines = await tx.query<{ id: string; placedAt: Date }>(
    `select l.id, o.placed_at as "placedAt" from order_lines l
       join orders o on o.organization_id = $1 and o.id = l.order_id and o.status <> 'CANCELLED'
       join products p on p.organization_id = $1 and p.id = l.product_id and p.kind = 'SUBSCRIPTION'
      where l.organization_id = $1 and l.order_id = any ($2::uuid[]) and l.net >= 0 and not exists (
        select 1 from contracts c where c.organization_id = $1 and c.order_line_id = l.id)
      order by o.number, l.position, l.id`,
    [tx.scope.organizationId, orderIds],
  );
  if (lines.length === 0) return;
  const [organization] = await tx.query<{ country: string; settings: Record<string, unknown> }>(
    'select default_country as country, settings from organizations where id = $1',
    [tx.scope.organizationId],
  );
  const zone = zoneOf(organization!.country, organization!.settings);
  const starts = lines.map(({ placedAt }) => dayIn(zone, placedAt));
  const made = await tx.query<{ id: string }>(
    `insert into contracts (organization_id, id, number, name, customer_id, order_id, order_line_id, product_id, quantity, amount, currency,
                            billing_period, starts_on, term_months, renews_on, owner_id)
     select $1, n.id, n.number, l.description, o.customer_id, o.id, l.id, p.id, l.quantity, l.net, o.currency,
            coalesce(p.billing_period, 'MONTH'), n.starts_on, $7::int, n.renews_on, c.owner_id
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[]) as n(line_id, id, number, starts_on, renews_on)
       join order_lines l on l.organization_id = $1 and l.id = n.line_id
       join orders o on o.organization_id = $1 and o.id = l.order_id
       join products p on p.organization_id = $1 and p.id = l.product_id
       join customers c on c.organization_id = $1 and c.id = o.customer_id
     on conflict (organization_id, order_line_id) do nothing returning id`,
    [
      tx.scope.organizationId,
      lines.map(({ id }) => id),
      lines.map(newId),
      await nextNumbers(tx, 'CONTRACT', lines.length),
      starts,
      starts.map(day => monthsAfter(day, DEFAULT_TERM_MONTHS)),
      DEFAULT_TERM_MONTHS,
    ],
  );
  await tellContracts(
    tx,
    made.map(({ id }) => id),
  );
}

/** Ends the contracts of orders that were called off, today or on the day they would have begun. */
export async function endContractsOf(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const ended = await tx.query<{ id: string }>(
    `update contracts set status = 'ENDED', ends_on = greatest(starts_on, least(ends_on, $3::date)), renews_on = null, renews_itself = false,
            cancelled_at = coalesce(cancelled_at, now()), version = version + 1, updated_at = now()
      where organization_id = $1 and order_id = any ($2::uuid[]) and status <> 'ENDED' returning id`,
    [tx.scope.organizationId, orderIds, await organizationDay(tx)],
  );
  await tellContracts(
    tx,
    ended.map(({ id }) => id),
  );
}
