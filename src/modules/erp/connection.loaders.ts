import type { LoaderDefinition } from '../../platform/loaders.js';
import type { RequestContext } from '../access/index.js';
import type { ErpKindStatus, ErpWaitingRecord } from './connection.inputs.js';
import type { StoredErpProblem } from './problem.rules.js';

export interface ConnectionFacts {
  erpName: string | null;
  erpVersion: string | null;
  problem: StoredErpProblem | null;
  lastSyncedAt: string | null;
  nextSyncAt: string | null;
  queuedWrites: number;
  failedWrites: number;
}

const NONE: ConnectionFacts = {
  erpName: null,
  erpVersion: null,
  problem: null,
  lastSyncedAt: null,
  nextSyncAt: null,
  queuedWrites: 0,
  failedWrites: 0,
};

/** By the connection's stored id. */
export const factsOfConnection: LoaderDefinition<RequestContext, string, ConnectionFacts> = {
  name: 'erp_connection.facts',
  async batch(context, ids) {
    const rows = await context.read<ConnectionFacts & { id: string }>(
      `select s.connection_id as id, s.erp_name as "erpName", s.erp_version as "erpVersion", s.problem, s.last_synced_at as "lastSyncedAt",
              s.next_sync_at as "nextSyncAt", coalesce(w.queued, 0)::integer as "queuedWrites", coalesce(w.failed, 0)::integer as "failedWrites"
         from erp_states s
         left join lateral (select count(*) filter (where state in ('QUEUED', 'SENDING')) as queued, count(*) filter (where state = 'FAILED') as failed
                              from erp_writes w where w.organization_id = s.organization_id and w.connection_id = s.connection_id) w on true
        where s.connection_id = any ($1::uuid[])`,
      [ids],
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? NONE);
  },
};

/** How each kind fares that was ever read. */
export const kindsOfConnection: LoaderDefinition<RequestContext, string, ErpKindStatus[]> = {
  name: 'erp_connection.kinds',
  async batch(context, ids) {
    const rows = await context.read<ErpKindStatus & { id: string }>(
      `select c.connection_id as id, c.kind, c.synced_at as "syncedAt", c.read_count::float8 as "readCount", c.is_replay as replaying, c.problem,
              (select count(*)::integer from erp_links l where l.organization_id = c.organization_id and l.connection_id = c.connection_id
                  and l.kind = c.kind and l.record_id is not null) as "linkedCount",
              (select count(*)::integer from erp_waiting w where w.organization_id = c.organization_id and w.connection_id = c.connection_id
                  and w.kind = c.kind) as "waitingCount",
              (select count(*)::integer from erp_conflicts k where k.organization_id = c.organization_id and k.connection_id = c.connection_id
                  and k.kind = c.kind and k.state = 'OPEN') as "conflictCount"
         from erp_cursors c where c.connection_id = any ($1::uuid[])
        order by array_position(array['PRODUCT', 'PRICE_BOOK', 'STOCK', 'CUSTOMER', 'ORDER', 'INVOICE', 'PAYMENT'], c.kind)`,
      [ids],
    );
    const byId = Map.groupBy(rows, row => row.id);
    return ids.map(id => byId.get(id) ?? []);
  },
};

const MOST_WAITING = 100;

/** The longest waiting first, 100 at most. */
export const waitingOfConnection: LoaderDefinition<RequestContext, string, ErpWaitingRecord[]> = {
  name: 'erp_connection.waiting',
  async batch(context, ids) {
    const rows = await context.read<ErpWaitingRecord & { id: string }>(
      `select w.* from unnest($1::uuid[]) as k(id)
        cross join lateral (
          select connection_id as id, kind, external_id as "externalId", missing_kind as "missingKind", missing_id as "missingId", problem,
                 created_at as "createdAt"
            from erp_waiting where connection_id = k.id order by created_at, external_id limit ${MOST_WAITING}) w`,
      [ids],
    );
    const byId = Map.groupBy(rows, row => row.id);
    return ids.map(id => byId.get(id) ?? []);
  },
};

export interface OrderErpFacts {
  state: string;
  externalId: string | null;
  number: string | null;
  problem: StoredErpProblem | null;
  connectionId: string | null;
}

/** How orders stand with their ERP, by stored id; null where none has to do with them. */
export const erpOfOrder: LoaderDefinition<RequestContext, string, OrderErpFacts | null> = {
  name: 'order.erp',
  async batch(context, ids) {
    const rows = await context.read<OrderErpFacts & { id: string }>(
      `select o.id, case when o.erp_id is not null and w.state is distinct from 'QUEUED' then 'SENT' else w.state end as state,
              coalesce(l.external_id, o.erp_id) as "externalId", o.erp_number as number, w.problem,
              coalesce(w.connection_id, l.connection_id) as "connectionId"
         from orders o
         left join lateral (select state, problem, connection_id from erp_writes w
                             where w.organization_id = o.organization_id and w.record_id = o.id and w.kind = 'ORDER' limit 1) w on true
         left join lateral (select external_id, connection_id from erp_links l
                             where l.organization_id = o.organization_id and l.record_id = o.id and l.kind = 'ORDER' limit 1) l on true
        where o.id = any ($1::uuid[]) and (w.state is not null or l.external_id is not null or o.erp_id is not null)`,
      [ids],
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? null);
  },
};
