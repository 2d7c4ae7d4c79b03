import { defineRecord } from '../../../platform/schema/index.js';
import { ForecastSnapshot } from './snapshot.entity.js';
import { SalesTarget } from './target.entity.js';

defineRecord({
  type: SalesTarget,
  name: 'salesTargets',
  prefix: 'sales_target',
  visibility: 'SALES_TARGET',
  orders: {
    STARTS_ON: { sql: 't.starts_on', type: 'date', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'STARTS_ON', direction: 'ASC' }],
  filters: {
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    period: { sql: 't.period', type: 'text' },
    startsOn: { sql: 't.starts_on', type: 'date' },
    endsOn: { sql: 't.ends_on', type: 'date' },
  },
});

defineRecord({
  type: ForecastSnapshot,
  name: 'forecastSnapshots',
  prefix: 'forecast_snapshot',
  orders: { TAKEN_AT: { sql: 't.taken_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'TAKEN_AT', direction: 'DESC' }],
  filters: {},
});
