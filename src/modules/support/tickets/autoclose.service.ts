import type { Database } from '../../../platform/database/database.js';
import { closeTickets } from './moving.service.js';
import { closeAfterSql } from './settings.queries.js';

export const CLOSE_SOLVED = 'tickets:close-solved';

const AT_ONCE = 200;

/**
 * Closes what has been solved for as many days as its organisation says. Running twice at once, it closes each once: what another
 * holds is left for the next time.
 */
export async function closeSolved(database: Database, signal?: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ id: string; days: number }>(
    `select o.id, ${closeAfterSql('o')} as days from organizations o
      where exists (select 1 from tickets t where t.organization_id = o.id and t.status = 'SOLVED'
                       and t.solved_at < now() - ${closeAfterSql('o')} * interval '1 day')`,
  );
  for (const { id: organizationId, days } of rows) {
    const scope = { organizationId, actor: `system:${CLOSE_SOLVED}`, requestId: CLOSE_SOLVED };
    let closed: number;
    do {
      if (signal?.aborted) return;
      closed = await database.write(scope, async tx => {
        const over = await tx.query<{ id: string }>(
          `select id from tickets where organization_id = $1 and status = 'SOLVED' and solved_at < now() - $2 * interval '1 day'
            order by id limit $3 for update skip locked`,
          [organizationId, days, AT_ONCE],
        );
        if (over.length > 0)
          await closeTickets(
            tx,
            over.map(({ id }) => id),
            `solved ${days} days ago`,
          );
        return over.length;
      });
    } while (closed === AT_ONCE);
  }
}
