import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';

const MOST_DAYS = 365;

/** Changes what `given` says. Throws InputError for days that are no whole number from 1 to 365. */
export async function changeTicketSettings(
  tx: Tx,
  given: { closeSolvedAfterDays?: number | null },
): Promise<{ isChanged: true }> {
  const days = given.closeSolvedAfterDays;
  if (days != null && (days < 1 || days > MOST_DAYS))
    throw invalid('closeSolvedAfterDays', `It is a whole number of days from 1 to ${MOST_DAYS}.`);
  if (days != null) {
    await tx.query(
      `update organizations
          set settings = settings || jsonb_build_object('tickets', coalesce(settings -> 'tickets', '{}') || jsonb_build_object('closeSolvedAfterDays', $2::integer)),
              updated_at = now()
        where id = $1`,
      [tx.scope.organizationId, days],
    );
  }
  return { isChanged: true };
}
