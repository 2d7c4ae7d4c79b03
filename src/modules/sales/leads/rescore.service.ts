import type { Database, Scope } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { OPEN_STATUSES } from './lead.entity.js';
import { tellLeads } from './lead.queries.js';
import { scoreLeads } from './score.service.js';

export const RESCORE_LEADS = 'leads:rescore';

/** Few, so that no transaction lasts. */
const BATCH = 100;
/** Of one organisation at a time, so that a large one does not keep the others waiting. */
const MOST_BATCHES = 20;

/**
 * Scores open leads anew whose people have spoken, whose territories changed, or whose score is a day old: what was recent is then
 * less so. Run again it finds nothing left to do.
 */
export async function rescoreLeads(database: Database, signal: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ id: string }>(
    `select o.id from organizations o where exists (
       select 1 from leads l where l.organization_id = o.id and l.status = any ($1))`,
    [OPEN_STATUSES],
  );
  for (const { id: organizationId } of rows) {
    const scope = { organizationId, actor: 'system:leads', requestId: newId() };
    const done = new Set<string>();
    for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch++) {
      const ids = (await staleLeads(database, scope)).filter(id => !done.has(id));
      if (ids.length === 0) break;
      await database.write(scope, async tx => tellLeads(tx, await scoreLeads(tx, ids)));
      for (const id of ids) done.add(id);
    }
  }
}

const OPEN = `l.status in ('NEW', 'WORKING', 'QUALIFIED')`;
/** A post may be committed a little after the moment it bears. */
const SPOKE = `p.organization_id = $1 and p.received_at > now() - interval '10 minutes' and l.scored_at < p.received_at + interval '1 minute'`;

async function staleLeads(database: Database, scope: Scope): Promise<string[]> {
  const rows = await database.read<{ id: string }>(
    scope,
    `(select l.id from leads l where l.organization_id = $1 and ${OPEN}
         and (l.scored_at is null or l.scored_at < greatest(now() - interval '1 day',
                (select coalesce(max(t.updated_at), '-infinity') from territories t where t.organization_id = $1)))
       order by l.scored_at nulls first limit $2)
     union
     (select l.id from posts p join leads l on l.organization_id = p.organization_id and l.identity_id = p.author_id
       where ${OPEN} and ${SPOKE} limit $2)
     union
     (select l.id from posts p
        join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
        join social_identities j on j.organization_id = i.organization_id and j.customer_id = i.customer_id
        join leads l on l.organization_id = j.organization_id and l.identity_id = j.id
       where ${OPEN} and ${SPOKE} limit $2)`,
    [scope.organizationId, BATCH],
    RESCORE_LEADS,
  );
  return rows.map(row => row.id);
}
