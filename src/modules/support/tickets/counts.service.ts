import type { Database } from '../../../platform/database/database.js';

export const SUM_COUNTS = 'tickets:sum-counts';

/** Sums up what was counted of tickets one by one. Whoever reads meanwhile sees either all of it or none. */
export async function sumCounts(database: Database): Promise<void> {
  await database.system.query(
    `with gone as (delete from ticket_counts returning organization_id, status, delta)
     insert into ticket_counts (organization_id, id, status, delta)
     select organization_id, gen_random_uuid(), status, sum(delta) from gone group by organization_id, status having sum(delta) <> 0`,
  );
}
