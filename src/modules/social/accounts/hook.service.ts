import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import type { StoredProblem } from '../channel.directory.js';

type HookProblem = StoredProblem & { failures: number };

/**
 * Keeps when the network is asked again to call us, and why it was in vain if it was; told only when that is another thing than
 * before. `renewAt` may depend on how often in a row it was in vain.
 */
export async function recordHook(
  tx: Tx,
  accountId: string,
  renewAt: Date | ((failures: number) => Date),
  problem: StoredProblem | null,
): Promise<void> {
  const { organizationId } = tx.scope;
  const [before] = await tx.query<{ problem: HookProblem | null }>(
    'select hook_problem as problem from accounts where organization_id = $1 and id = $2 for update',
    [organizationId, accountId],
  );
  if (!before) return;
  const failures = problem ? (before.problem?.failures ?? 0) + 1 : 0;
  const at = typeof renewAt === 'function' ? renewAt(failures) : renewAt;
  const kept = problem && { ...problem, retryAt: at.toISOString(), failures };
  await tx.query('update accounts set hook_renew_at = $3, hook_problem = $4 where organization_id = $1 and id = $2', [
    organizationId,
    accountId,
    at,
    kept,
  ]);
  if (before.problem?.class !== problem?.class || before.problem?.message !== problem?.message)
    await recordEvents(tx, [{ type: 'account.changed', subjectId: accountId }]);
}
