import type { Tx } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';

/** Keeps people of ours, each with the mail address of its key; answers their stored ids by key. */
export async function keepMembers(
  tx: Tx,
  people: readonly { key: string; name: string }[],
): Promise<Map<string, string>> {
  const ids = new Map(people.map(({ key }) => [key, newId()]));
  await tx.query(
    `insert into members (organization_id, id, name, email, role)
     select $1, s.id, s.name, s.email, 'AGENT' from unnest($2::uuid[], $3::text[], $4::text[]) as s(id, name, email)`,
    [
      tx.scope.organizationId,
      [...ids.values()],
      people.map(({ name }) => name),
      people.map(({ key }) => `${key}@example.com`),
    ],
  );
  return ids;
}
