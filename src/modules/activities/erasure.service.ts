import type { Tx } from '../../platform/database/database.js';
import { onErase, onForgotten } from '../customers/index.js';
import { tellActivities } from './activity.queries.js';

onErase(eraseActivities);
onForgotten(eraseRegarding);

/**
 * Empties what was planned about a customer, calls off what was still to come, and asks it to nothing any more. The rows stay, so
 * that what colleagues did stays counted.
 */
async function eraseActivities(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const series = await tx.query<{ id: string }>(
    `update activity_series set subject = '', notes = null, location = null, customer_id = null, regarding_prefix = null, regarding_id = null,
            member_ids = '{}', attending_ids = '{}', ends_before = least(ends_before, now())
      where organization_id = $1 and customer_id = $2 returning id`,
    [organizationId, customerId],
  );
  const asked = await tx.query<{ id: string }>(
    `update activity_series set attending_ids = array_remove(attending_ids, $2::uuid) where organization_id = $1 and $2::uuid = any (attending_ids) returning id`,
    [organizationId, customerId],
  );
  const activities = await tx.query<{ id: string }>(
    `update activities set subject = '', notes = null, location = null, outcome = null, customer_id = null, regarding_prefix = null,
            regarding_id = null, check_in_latitude = null, check_in_longitude = null, check_in_accuracy = null,
            status = case status when 'OPEN' then 'CANCELLED' else status end, version = version + 1, updated_at = now()
      where organization_id = $1 and customer_id = $2 returning id`,
    [organizationId, customerId],
  );
  const attended = await tx.query<{ id: string }>(
    'delete from activity_attendees where organization_id = $1 and customer_id = $2 returning activity_id as id',
    [organizationId, customerId],
  );
  await tellActivities(tx, [...new Set([...activities, ...attended].map(({ id }) => id))]);
  return [...series, ...asked, ...activities].map(({ id }) => id);
}

/** Empties and calls off what was planned about something that was forgotten: an opportunity, a lead, a quote, a post. */
async function eraseRegarding(tx: Tx, forgotten: readonly string[]): Promise<string[]> {
  const values = [tx.scope.organizationId, forgotten];
  const series = await tx.query<{ id: string }>(
    `update activity_series set subject = '', notes = null, location = null, regarding_prefix = null, regarding_id = null,
            ends_before = least(ends_before, now())
      where organization_id = $1 and regarding_id = any ($2::uuid[]) returning id`,
    values,
  );
  const activities = await tx.query<{ id: string }>(
    `update activities set subject = '', notes = null, location = null, outcome = null, regarding_prefix = null, regarding_id = null,
            check_in_latitude = null, check_in_longitude = null, check_in_accuracy = null,
            status = case status when 'OPEN' then 'CANCELLED' else status end, version = version + 1, updated_at = now()
      where organization_id = $1 and regarding_id = any ($2::uuid[]) returning id`,
    values,
  );
  await tellActivities(
    tx,
    activities.map(({ id }) => id),
  );
  return [...series, ...activities].map(({ id }) => id);
}
