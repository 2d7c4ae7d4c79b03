import type { Database } from '../../platform/database/database.js';

/**
 * Deletes the logins that are no member's: of people who were erased, and of set-ups that were cut off half-way. One that was
 * made or given a password within the hour may be about to become a member's. Answers how many.
 */
export async function forgetUnusedLogins({ system }: Pick<Database, 'system'>): Promise<number> {
  const { rowCount } = await system.query(
    `delete from auth."user" u
      where u."createdAt" < now() - interval '1 hour'
        and not exists (select 1 from members m where m.user_id = u.id)
        and not exists (select 1 from auth.account a where a."userId" = u.id and a."updatedAt" > now() - interval '1 hour')`,
  );
  return rowCount ?? 0;
}
