import { parsePublicId, storedId } from '../../platform/ids.js';
import type { Parameters } from '../../platform/paging/index.js';
import { defineRecord } from '../../platform/schema/index.js';
import { Activity } from './activity.entity.js';

const AT = 'coalesce(t.starts_at, t.due_at)';

/** Ids of any kind: malformed ones match nothing, as unknown ones do. */
function isRegarding(operand: unknown, parameters: Parameters): string {
  const { eq, in: among, isNull } = operand as { eq?: string; in?: string[]; isNull?: boolean };
  const stored = (ids: string[]) =>
    `t.regarding_id = any (${parameters.add(
      ids.flatMap(id => parsePublicId(id)?.uuid ?? []),
      'uuid[]',
    )})`;
  const conditions = [
    eq != null && stored([eq]),
    among && stored(among),
    isNull != null && `t.regarding_id is ${isNull ? '' : 'not '}null`,
  ].filter(Boolean);
  return conditions.length > 0 ? conditions.join(' and ') : 'true';
}

function isAttended(id: unknown, parameters: Parameters): string {
  const prefix = parsePublicId(String(id))?.prefix === 'member' ? 'member' : 'customer';
  return `exists (select 1 from activity_attendees fa where fa.organization_id = t.organization_id and fa.activity_id = t.id
            and fa.${prefix}_id = ${parameters.add(storedId(prefix, String(id)), 'uuid')})`;
}

export const activityRecord = defineRecord({
  type: Activity,
  name: 'activities',
  prefix: 'activity',
  visibility: 'ACTIVITY',
  orders: {
    STARTS_AT: { sql: 't.starts_at', type: 'timestamptz', nullable: true },
    DUE_AT: { sql: 't.due_at', type: 'timestamptz', nullable: true },
    AT: { sql: AT, type: 'timestamptz', nullable: true },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'activity' },
    kind: { sql: 't.kind', type: 'text' },
    status: { sql: 't.status', type: 'text' },
    priority: { sql: 't.priority', type: 'text' },
    subject: { sql: 't.subject', type: 'text' },
    startsAt: { sql: 't.starts_at', type: 'timestamptz' },
    dueAt: { sql: 't.due_at', type: 'timestamptz' },
    at: { sql: AT, type: 'timestamptz' },
    completedAt: { sql: 't.completed_at', type: 'timestamptz' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    regardingId: { sql: '', type: 'uuid', build: isRegarding },
    attendeeId: { sql: '', type: 'uuid', build: isAttended },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
  },
});
