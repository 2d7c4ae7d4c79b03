import type pg from 'pg';
import type { Database, Scope } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logger.js';
import { catchUp, lookAgain } from './catch-up.service.js';
import { trainMatching } from './model.service.js';

/** Name of the background task that learns anew. */
export const TRAIN_MATCHING = 'matching:train';

const LOOK_MS = 1000;

export interface MatchingRunner {
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

/** Keeps suggestions up with what changes, in every organisation, beside other processes that do the same. */
export function openMatching({ database, log }: { database: Database; log: Logger }): MatchingRunner {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        for (const organizationId of await waiting(database.system)) {
          if (stopping.signal.aborted) break;
          // What keeps one organisation from being matched is none of the others' business.
          await catchUp(database, scopeOf(organizationId), log, stopping.signal).catch(error =>
            log.warn({ err: error, organizationId }, 'changes could not be matched and are tried again'),
          );
        }
      } catch (error) {
        if (!stopping.signal.aborted) log.warn({ err: error }, 'matching was interrupted and goes on');
      }
      await pause(stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Learns anew where the number of customers or identities has changed by a fifth since, or a month has passed. */
export async function trainOutdated(database: Database): Promise<void> {
  const { rows } = await database.system.query<{ organization_id: string }>(
    `select m.organization_id from match_models m
      cross join lateral (select count(*) as number from customers c where c.organization_id = m.organization_id and c.deleted_at is null) c
      cross join lateral (select count(*) as number from social_identities i where i.organization_id = m.organization_id) i
      where m.trained_at < now() - interval '30 days'
         or abs(c.number - m.customers) > m.customers / 5.0 or abs(i.number - m.identities) > m.identities / 5.0`,
  );
  for (const { organization_id } of rows) {
    await trainMatching(database, scopeOf(organization_id));
    await lookAgain(database, scopeOf(organization_id));
  }
}

const scopeOf = (organizationId: string): Scope => ({
  organizationId,
  actor: 'system:matching',
  requestId: `matching:${organizationId}`,
});

/** Organisations in which something changed: one look at the index for each, however long its queue is. */
async function waiting(system: pg.Pool): Promise<string[]> {
  const { rows } = await system.query<{ organization_id: string }>(
    `with recursive o as (
       (select organization_id from match_queue order by organization_id limit 1)
       union all
       select (select q.organization_id from match_queue q where q.organization_id > o.organization_id order by q.organization_id limit 1)
         from o where o.organization_id is not null)
     select organization_id from o where organization_id is not null`,
  );
  return rows.map(row => row.organization_id);
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, LOOK_MS);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
