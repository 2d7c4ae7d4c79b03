import { publicId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { visibleCondition } from '../access/index.js';
import { exportSection } from '../customers/index.js';

exportSection('activities', async (context, customerId) => {
  if (!context.viewer.may('activities:read')) return [];
  const parameters = new Parameters();
  const customer = parameters.add(customerId, 'uuid');
  const conditions = [
    `(t.customer_id = ${customer} or exists (select 1 from activity_attendees a
        where a.organization_id = t.organization_id and a.activity_id = t.id and a.customer_id = ${customer}))`,
    visibleCondition(context.viewer, 'ACTIVITY', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string }>(
    `select t.id, t.kind, t.status, t.subject, t.notes, t.location, t.starts_at, t.ends_at, t.due_at, t.outcome, t.completed_at,
            t.checked_in_at, t.check_in_latitude, t.check_in_longitude, t.check_in_accuracy, t.created_at
       from activities t where ${conditions.join(' and ')} order by t.created_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({ ...row, id: publicId('activity', row.id) }));
});
