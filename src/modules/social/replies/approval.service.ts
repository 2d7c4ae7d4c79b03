import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { type Role, type Viewer, visibleId } from '../../access/index.js';
import { Account } from '../account.entity.js';
import { queueReplies, tellOfReplies } from './outbox.queue.js';
import { Reply } from './reply.entity.js';
import { ReplyState } from './reply.states.rules.js';

/** Whether somebody else must agree to what this role says from this account; from none: where no account is asked about. */
export async function needsApproval(tx: Tx, role: Role, accountId: string | null): Promise<boolean> {
  const found = await tx.query(
    `select 1 from reply_approval_rules
      where organization_id = $1 and (role is null or role = $2) and (account_id is null or account_id = $3) limit 1`,
    [tx.scope.organizationId, role, accountId],
  );
  return found.length > 0;
}

export interface ApprovalGiven {
  role?: Role | null;
  accountId?: string | null;
  required: boolean;
}

/** Says whose replies need somebody else's agreement. What waits already goes on waiting. */
export async function setReplyApproval(tx: Tx, viewer: Viewer, given: ApprovalGiven): Promise<{ done: boolean }> {
  const { organizationId } = tx.scope;
  const accountId = given.accountId ? await visibleId(tx, viewer, Account, given.accountId, 'accountId') : null;
  const role = given.role ?? null;
  if (given.required)
    await tx.query(
      `insert into reply_approval_rules (organization_id, id, role, account_id) values ($1, $2, $3, $4)
       on conflict (organization_id, role, account_id) do nothing`,
      [organizationId, newId(), role, accountId],
    );
  else
    await tx.query(
      `delete from reply_approval_rules
        where organization_id = $1 and role is not distinct from $2 and account_id is not distinct from $3`,
      [organizationId, role, accountId],
    );
  return { done: true };
}

/** The parts of what waits for approval, locked. Throws `InputError`. */
async function waiting(tx: Tx, viewer: Viewer, id: string): Promise<{ ids: string[]; scheduledAt: Date | null }> {
  const replyId = await visibleId(tx, viewer, Reply, id);
  const parts = await tx.query<{ id: string; state: ReplyState; author: string; scheduled_at: string | null }>(
    `select id, state, author, scheduled_at from replies r
      where organization_id = $1 and (id = $2 or thread_id = (select thread_id from replies where organization_id = $1 and id = $2))
      order by part for update`,
    [tx.scope.organizationId, replyId],
  );
  if (parts.some(part => part.state !== ReplyState.AWAITING_APPROVAL))
    throw invalid('id', 'It does not wait for approval.', 'CONFLICT');
  if (parts[0]!.author === viewer.actor)
    throw invalid('id', 'Somebody else than its author has to decide about it.', 'NOT_ALLOWED');
  const { scheduled_at: scheduledAt } = parts[0]!;
  return { ids: parts.map(part => part.id), scheduledAt: scheduledAt ? new Date(scheduledAt) : null };
}

/** Lets it go out, at once or at its moment. Throws `InputError`, also for its author. */
export async function approveReply(tx: Tx, viewer: Viewer, id: string): Promise<{ replyId: string }> {
  const { ids, scheduledAt } = await waiting(tx, viewer, id);
  const isLater = scheduledAt !== null && scheduledAt > new Date();
  await decide(tx, ids, isLater ? ReplyState.SCHEDULED : ReplyState.QUEUED, null);
  await queueReplies(tx, ids.slice(0, 1), isLater ? scheduledAt : null);
  return { replyId: ids[0]! };
}

/** Throws `InputError`, also for its author, who may cancel it. */
export async function rejectReply(tx: Tx, viewer: Viewer, id: string, reason: string): Promise<{ replyId: string }> {
  if (reason.trim() === '') throw invalid('reason', 'It must not be empty.', 'REQUIRED');
  if (reason.length > 2000) throw invalid('reason', 'It has at most 2000 characters.', 'TOO_LONG');
  if (!reason.isWellFormed() || reason.includes('\0')) throw invalid('reason', 'It cannot be kept.');
  const { ids } = await waiting(tx, viewer, id);
  await decide(tx, ids, ReplyState.REJECTED, reason);
  return { replyId: ids[0]! };
}

async function decide(tx: Tx, ids: string[], state: ReplyState, reason: string | null): Promise<void> {
  const { organizationId, actor } = tx.scope;
  await tx.query(
    `update replies set state = $3, approved_by = $4, approved_at = now(), rejection_reason = $5, updated_at = now()
      where organization_id = $1 and id = any ($2)`,
    [organizationId, ids, state, actor, reason],
  );
  await tellOfReplies(tx, ids);
}
