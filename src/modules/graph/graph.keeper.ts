import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventFeed, EventType } from '../../events/index.js';
import type { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/logger.js';
import { catchUpEdges } from './edge.service.js';
import type { GraphRunKind } from './graph-run.entity.js';
import { requestRun } from './run/graph-run.service.js';

export interface GraphKeeper {
  stop(): Promise<void>;
}

export interface KeeperOptions {
  database: Database;
  feed: EventFeed;
  log: Logger;
}

/** How often new interactions are looked for. */
const LOOK_MS = 1000;

/** Ties stay as they are when it becomes known whose an identity is; but customers' influence is that of all their identities. */
const WHOSE: ReadonlySet<EventType> = new Set([
  'identity.linked',
  'identity.unlinked',
  'customer.merged',
  'customer.unmerged',
]);

/**
 * Keeps ties up to date as interactions come, and asks for a run where they have changed since the last one: at first at once,
 * then after a pause of twenty times what the last run took, a minute at least, so that runs take a twentieth of a core at most;
 * ten minutes after one that failed or was called off.
 * Every process that does background work has one; whichever looks first does what there is to do.
 */
export function openGraphKeeper({ database, feed, log }: KeeperOptions): GraphKeeper {
  const stopping = new AbortController();
  const relinked = new Set<string>();
  const forget = feed.listen(events => {
    for (const event of events) if (WHOSE.has(event.type)) relinked.add(event.organizationId);
  });
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await catchUpEdges(database.system);
        await markRelinked(database.system, relinked);
        await requestDueRuns(database);
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'the graph could not be kept up to date');
      }
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      forget();
      stopping.abort();
      await running;
    },
  };
}

/** Has organisations analysed anew; those that could not be written down are kept for the next look. */
async function markRelinked(system: Pool, organizationIds: Set<string>): Promise<void> {
  const ids = [...organizationIds];
  if (ids.length === 0) return;
  organizationIds.clear();
  try {
    await system.query('update graph_states set edges_changed_at = now() where organization_id = any ($1)', [ids]);
  } catch (error) {
    for (const id of ids) organizationIds.add(id);
    throw error;
  }
}

async function requestDueRuns(database: Database): Promise<void> {
  for (const { organizationId, kind } of await dueRuns(database.system)) {
    const scope = { organizationId, actor: 'system:graph', requestId: newId() };
    await database.write(scope, tx => requestRun(tx, kind));
  }
}

/** Organisations whose ties have changed since their last run, or were added up under settings that hold no longer. */
async function dueRuns(system: Pool): Promise<{ organizationId: string; kind: GraphRunKind }[]> {
  const { rows } = await system.query<{ organizationId: string; kind: GraphRunKind }>(
    `select g.organization_id as "organizationId", case when n.is_new then 'REBUILD' else 'ANALYSIS' end as kind
       from graph_states g
       left join graph_settings s on s.organization_id = g.organization_id
      cross join lateral (select s.updated_at is distinct from g.settings_of and s.updated_at is not null as is_new) n
       left join lateral (
         select r.finished_at,
                case when r.state <> 'DONE' then interval '10 minutes' when n.is_new then interval '0'
                     else greatest(20 * (r.finished_at - r.started_at), interval '1 minute') end as pause
           from graph_runs r where r.organization_id = g.organization_id order by r.requested_at desc limit 1) r on true
      where (n.is_new or coalesce(s.automatic_runs, true) and (g.analysed_at is null or g.edges_changed_at > g.analysed_at))
        and (r.finished_at is null or now() > r.finished_at + r.pause)
        and not exists (
          select 1 from graph_runs o where o.organization_id = g.organization_id and o.state in ('QUEUED', 'RUNNING'))`,
  );
  return rows;
}
