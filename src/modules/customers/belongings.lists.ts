import { type ListSpec, Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import { Consent } from './consent.entity.js';
import type { BelongingsList } from './list.loaders.js';
import { Note } from './note.entity.js';
import { MUTUAL_KINDS } from './relation.rules.js';

const newestFirst = (column: string): Pick<ListSpec, 'orders' | 'defaultOrder' | 'filters'> => ({
  orders: { AT: { sql: column, type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'AT', direction: 'DESC' }],
  filters: {},
});

export const notesList: BelongingsList = {
  spec: { name: 'customer.notes', from: 'notes t', columns: columnsOf(Note), ...newestFirst('t.created_at') },
  condition: 't.customer_id = k.parent',
};

export const consentHistory: BelongingsList = {
  spec: {
    name: 'customer.consentHistory',
    from: 'consents t',
    columns: columnsOf(Consent),
    ...newestFirst('t.recorded_at'),
  },
  condition: 't.customer_id = k.parent',
};

const mutual = MUTUAL_KINDS.map(kind => `'${kind}'`).join(', ');
const relationEnd = (direction: string, near: string, far: string) =>
  `select r.id, r.kind, r.detail, r.since, r.until, r.created_at, r.${near} as customer_id, r.${far} as other_id,
          case when r.kind in (${mutual}) then 'MUTUAL' else '${direction}' end as direction
     from customer_relations r where r.${near} = k.parent`;

/** Both ends of a relation see it, as long as the viewer may see the other one. */
export const relationsList: BelongingsList = {
  spec: {
    name: 'customer.relations',
    from: '',
    columns:
      't.id, t.kind, t.detail, t.since, t.until, t.created_at as "createdAt", t.other_id as "otherId", t.direction',
    ...newestFirst('t.created_at'),
  },
  condition: 't.customer_id = k.parent',
  from: () =>
    `lateral (${relationEnd('OUTGOING', 'from_customer_id', 'to_customer_id')}
       union all ${relationEnd('INCOMING', 'to_customer_id', 'from_customer_id')}) t
     join customers other on other.id = t.other_id and other.deleted_at is null`,
  visible: (viewer: Viewer, parameters: Parameters) => visibleCondition(viewer, 'CUSTOMER', 'other', parameters),
};
