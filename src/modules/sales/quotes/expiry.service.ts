import type { Database } from '../../../platform/database/database.js';
import { organizationDay } from '../../access/index.js';
import { tellOfQuotes } from './quote.queries.js';
import { QuoteStatus } from './quote.states.rules.js';

export const EXPIRE_QUOTES = 'quotes:expire';

const AT_ONCE = 500;

/** Marks what was sent and not answered in time, by each organisation's own day. Running twice at once, it does everything once. */
export async function expireQuotes(database: Database): Promise<void> {
  // Nowhere is it later than 14 hours ahead; whose day it is not over yet is left for the next time.
  const { rows } = await database.system.query<{ id: string }>(
    `select distinct organization_id as id from quotes
      where status in ('DRAFT', 'APPROVED', 'SENT') and status = 'SENT' and valid_until < (now() + interval '14 hours')::date`,
  );
  for (const { id: organizationId } of rows) {
    const scope = { organizationId, actor: `system:${EXPIRE_QUOTES}`, requestId: EXPIRE_QUOTES };
    let expired: number;
    do {
      expired = await database.write(scope, async tx => {
        const over = await tx.query<{ id: string }>(
          `with over as (
             select id from quotes where organization_id = $1 and status in ('DRAFT', 'APPROVED', 'SENT') and status = $2 and valid_until < $3::date
              order by id limit $4 for update skip locked),
                expired as (
             update quotes q set status = $5, version = version + 1, updated_at = now()
               from over where q.organization_id = $1 and q.id = over.id returning q.id)
           select id from expired`,
          [organizationId, QuoteStatus.SENT, await organizationDay(tx), AT_ONCE, QuoteStatus.EXPIRED],
        );
        await tellOfQuotes(
          tx,
          over.map(({ id }) => id),
        );
        return over.length;
      });
    } while (expired === AT_ONCE);
  }
}
