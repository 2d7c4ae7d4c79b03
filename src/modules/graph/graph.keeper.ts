import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { enqueue } from '../../platform/jobs.js';
import type { Logger } from '../../platform/logger.js';
import { catchUpEdges } from './edge.service.js';
import type { GraphRunKind } from './graph-run.entity.js';
import { LEFT_BEHIND, RUN_GRAPH, requestRun } from './run/graph-run.service.js';

export interface GraphKeeper {
  stop(): Promise<void>;
}

/** How often new interactions are looked for. */
const LOOK_MS = 1000;

/**
 * Keeps ties up to date as interactions come, and asks for a run where they have changed since the last one: at first at once,
 * then after a pause of twenty times what the last run took, between a minute and an hour, so that runs take a twentieth of a core;
 * ten minutes after one that failed or was called off.
 * Every process that does background work has one; whichever looks first does what there is to do.
 */
export function openGraphKeeper(database: Database, log: Logger): GraphKeeper {
  const stopping = new AbortController();
  const step = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    await work().catch(error => {
      if (!stopping.signal.aborted) log.warn({ err: error }, what);
    });
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await step('ties could not be added up', () => catchUpAll(database.system, stopping.signal));
      await step('runs that were left behind could not be seen to', () => resumeLeftBehind(database));
      await step('runs of the graph could not be asked for', () => requestDueRuns(database, log));
      await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function catchUpAll(system: Pool, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await catchUpEdges(system))?.isBehind) {
    // A step at a time: what others commit meanwhile is not held up.
  }
}

const scopeOf = (organizationId: string) => ({ organizationId, actor: 'system:graph', requestId: newId() });

/** Runs whose worker has not been heard of are given to another one, which gives up where it has been tried too often. */
async function resumeLeftBehind(database: Database): Promise<void> {
  const { rows } = await database.system.query<{ organizationId: string; runId: string }>(
    `select organization_id as "organizationId", id as "runId" from graph_runs where ${LEFT_BEHIND}`,
  );
  for (const { organizationId, runId } of rows)
    await database.write(scopeOf(organizationId), tx =>
      enqueue(tx, RUN_GRAPH, { runId }, { key: `graph.run:${runId}` }),
    );
}

async function requestDueRuns(database: Database, log: Logger): Promise<void> {
  for (const { organizationId, kind } of await dueRuns(database.system)) {
    await database
      .write(scopeOf(organizationId), tx => requestRun(tx, kind))
      .catch(error => {
        log.warn({ err: error, organizationId }, 'a run of the graph could not be asked for');
      });
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
                     else least(greatest(20 * (r.finished_at - r.begun_at), interval '1 minute'), interval '1 hour') end as pause
           from graph_runs r where r.organization_id = g.organization_id order by r.requested_at desc limit 1) r on true
      where (n.is_new or coalesce(s.automatic_runs, true) and g.edges_changed_at is distinct from g.analysed_of)
        and (r.finished_at is null or now() > r.finished_at + r.pause)
        and not exists (
          select 1 from graph_runs o where o.organization_id = g.organization_id and o.state in ('QUEUED', 'RUNNING'))`,
  );
  return rows;
}
