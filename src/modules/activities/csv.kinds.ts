import { recordEvents } from '../../events/index.js';
import { csvKind, momentColumn, textColumn, wordColumn } from '../../platform/csv/index.js';
import { MEMBER_BY_EMAIL, TEAM_BY_NAME } from '../access/index.js';
import { CUSTOMER_BY_KEY } from '../customers/index.js';
import { ActivityKind, ActivityPriority, ActivityStatus } from './activity.kinds.rules.js';

csvKind({
  name: 'activities',
  table: 'activities',
  visibility: 'ACTIVITY',
  joins: `left join customers c on c.organization_id = t.organization_id and c.id = t.customer_id
          left join members o on o.organization_id = t.organization_id and o.id = t.owner_id
          left join teams e on e.organization_id = t.organization_id and e.id = t.team_id`,
  key: ['external_id'],
  isVersioned: true,
  columns: [
    textColumn({
      field: 'externalId',
      column: 'external_id',
      isRequired: true,
      help: 'Its id in the system it comes from.',
    }),
    wordColumn(
      { field: 'kind', column: 'kind', isRequired: true, help: 'TASK, CALL, MEETING or VISIT.' },
      Object.values(ActivityKind),
    ),
    textColumn({ field: 'subject', column: 'subject', isRequired: true, help: 'What it is about.' }),
    textColumn({ field: 'notes', column: 'notes', help: 'More about it.' }, 10_000),
    wordColumn(
      { field: 'status', column: 'status', fallback: "'OPEN'", help: 'OPEN, DONE or CANCELLED.' },
      Object.values(ActivityStatus),
    ),
    wordColumn(
      { field: 'priority', column: 'priority', fallback: "'NORMAL'", help: 'LOW, NORMAL, HIGH or URGENT.' },
      Object.values(ActivityPriority),
    ),
    textColumn({ field: 'location', column: 'location', help: 'Where.' }),
    momentColumn({ field: 'startsAt', column: 'starts_at', help: 'When it starts.' }),
    momentColumn({ field: 'endsAt', column: 'ends_at', help: 'When it ends.' }),
    momentColumn({ field: 'dueAt', column: 'due_at', help: 'Until when it is to be done.' }),
    momentColumn({
      field: 'completedAt',
      column: 'completed_at',
      fallback: "case when r.status = 'DONE' then now() end",
      help: 'When it was done.',
    }),
    textColumn({ field: 'outcome', column: 'outcome', help: 'What came of it.' }, 10_000),
    textColumn({
      field: 'customer',
      column: 'customer_id',
      type: 'uuid',
      reference: CUSTOMER_BY_KEY,
      shown: 'c.external_id',
      help: 'The customer, by its `externalId`.',
    }),
    textColumn({
      field: 'owner',
      column: 'owner_id',
      type: 'uuid',
      reference: MEMBER_BY_EMAIL,
      shown: 'o.email',
      help: 'E-mail address of the member who does it.',
    }),
    textColumn({
      field: 'team',
      column: 'team_id',
      type: 'uuid',
      reference: TEAM_BY_NAME,
      shown: 'e.name',
      help: 'Name of the team that does it.',
    }),
  ],
  derived: { created_by: { sql: "'system:import'", onUpdate: false } },
  told: (tx, created, changed) =>
    recordEvents(
      tx,
      [...created, ...changed].map(subjectId => ({ type: 'activity.changed', subjectId })),
    ),
});
