import { defineRecord } from '../../../platform/schema/index.js';
import { Queue } from './queue.entity.js';
import { Skill } from './skill.entity.js';

export const queueRecord = defineRecord({
  type: Queue,
  name: 'queues',
  prefix: 'queue',
  orders: {
    POSITION: { sql: 't.position', type: 'integer', nullable: false },
    NAME: { sql: 't.name', type: 'text', nullable: false },
  },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'queue' },
    name: { sql: 't.name', type: 'text' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    isActive: { sql: 't.is_active', type: 'boolean' },
  },
});

defineRecord({
  type: Skill,
  name: 'skills',
  prefix: 'skill',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});
