import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';

/** Tells that sources changed, and with them how the accounts fare through which they are read. */
export async function tellOfSources(tx: Tx, sourceIds: string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  const accounts = await tx.query<{ id: string }>(
    'select distinct account_id as id from sources where organization_id = $1 and id = any ($2) and account_id is not null',
    [tx.scope.organizationId, sourceIds],
  );
  await recordEvents(tx, [
    ...sourceIds.map(id => ({ type: 'source.changed' as const, subjectId: id })),
    ...accounts.map(({ id }) => ({ type: 'account.changed' as const, subjectId: id })),
  ]);
}
