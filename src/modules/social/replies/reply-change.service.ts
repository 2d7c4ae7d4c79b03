import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { enqueue } from '../../../platform/jobs.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { type ChannelDirectory, channelOfAccount } from '../channel.directory.js';
import type { Network } from '../networks.js';
import { Post } from '../post.entity.js';
import { DELETE_TASK, HIDE_TASK, queueReplies, tellOfReplies } from './outbox.queue.js';
import { Reply } from './reply.entity.js';
import { LATEST_MS } from './reply.service.js';
import { ARRIVED, ReplyState, STOPPABLE } from './reply.states.rules.js';

interface Locked {
  id: string;
  state: ReplyState;
  account_id: string;
  continues_id: string | null;
  failure: { code: string } | null;
  /** A process is at it. */
  is_claimed: boolean;
}

/** A reply with the rest of its thread that has not gone out, locked in order; itself first. Throws `InputError`. */
const lockFrom = async (tx: Tx, viewer: Viewer, id: string): Promise<[Locked, ...Locked[]]> =>
  lockParts(tx, await visibleId(tx, viewer, Reply, id));

async function lockParts(tx: Tx, replyId: string): Promise<[Locked, ...Locked[]]> {
  const parts = await tx.query<Locked>(
    `select r.id, r.state, r.account_id, r.continues_id, r.failure,
            coalesce(r.claimed_until > now(), false) as is_claimed from replies r join replies o on o.organization_id = $1 and o.id = $2
      where r.organization_id = $1 and (r.id = o.id or (r.thread_id = o.thread_id and r.part > o.part))
      order by r.part for update of r`,
    [tx.scope.organizationId, replyId],
  );
  return parts as [Locked, ...Locked[]];
}

async function setStates(tx: Tx, ids: string[], state: ReplyState, more = ''): Promise<void> {
  await tx.query(
    `update replies set state = $3, updated_at = now()${more} where organization_id = $1 and id = any ($2)`,
    [tx.scope.organizationId, ids, state],
  );
  await tellOfReplies(tx, ids);
}

/** Stops it, and what would follow it, unless it is on its way already. Throws `InputError`. */
export async function cancelReply(tx: Tx, viewer: Viewer, id: string): Promise<{ replyId: string }> {
  const replyId = await visibleId(tx, viewer, Reply, id);
  if (!(await withdrawReply(tx, replyId))) throw invalid('id', 'It is too late to stop it.', 'CONFLICT');
  return { replyId };
}

/** The same by a stored id, for who may: whether it was in time. */
export async function withdrawReply(tx: Tx, replyId: string): Promise<boolean> {
  const parts = await lockParts(tx, replyId);
  const isOpen = ({ state }: Locked) => [...STOPPABLE, ReplyState.FAILED].includes(state);
  if (!isOpen(parts[0])) return false;
  await setStates(
    tx,
    parts.filter(isOpen).map(({ id }) => id),
    ReplyState.CANCELLED,
  );
  return true;
}

/** Another moment for what has not gone out; none: at once. Throws `InputError`. */
export async function rescheduleReply(
  tx: Tx,
  viewer: Viewer,
  { id, scheduledAt }: { id: string; scheduledAt?: string | null },
): Promise<{ replyId: string }> {
  const parts = await lockFrom(tx, viewer, id);
  const [{ id: replyId, state, continues_id: continuesId }] = parts;
  if (!STOPPABLE.includes(state)) throw invalid('id', 'It is too late to send it at another time.', 'CONFLICT');
  if (continuesId) throw invalid('id', 'A part of a thread follows the one before it.', 'NOT_ALLOWED');
  const at = scheduledAt ? new Date(scheduledAt) : null;
  if (at && at.getTime() > Date.now() + LATEST_MS) throw invalid('scheduledAt', 'It lies more than a year ahead.');
  const isLater = at !== null && at > new Date();
  const ids = parts.map(part => part.id);
  await tx.query(
    `update replies set scheduled_at = $3, first_tried_at = null where organization_id = $1 and id = any ($2)`,
    [tx.scope.organizationId, ids, isLater ? at : null],
  );
  const isWaiting = state === ReplyState.AWAITING_APPROVAL;
  await setStates(tx, ids, isWaiting ? state : isLater ? ReplyState.SCHEDULED : ReplyState.QUEUED);
  if (!isWaiting) await queueReplies(tx, [replyId], isLater ? at : null);
  return { replyId };
}

/** Sends again what failed. Throws `InputError`. */
export async function retryReply(tx: Tx, viewer: Viewer, id: string): Promise<{ replyId: string }> {
  const [{ id: replyId, state }] = await lockFrom(tx, viewer, id);
  if (state !== ReplyState.FAILED) throw invalid('id', 'Only what failed is sent again.', 'CONFLICT');
  await setStates(
    tx,
    [replyId],
    ReplyState.QUEUED,
    ', failure = null, first_tried_at = null, attempts = 0, look_ups = 0',
  );
  await queueReplies(tx, [replyId]);
  return { replyId };
}

/**
 * A person says what became of something of which nobody knew. What was not sent has failed, and can be sent again. Throws
 * `InputError`.
 */
export async function resolveReply(
  tx: Tx,
  viewer: Viewer,
  { id, sent }: { id: string; sent: boolean },
): Promise<{ replyId: string }> {
  const [{ id: replyId, state, is_claimed: isClaimed }, next] = await lockFrom(tx, viewer, id);
  if (state !== ReplyState.UNKNOWN) throw invalid('id', 'It is known what became of it.', 'CONFLICT');
  // Whoever is at it may be about to send it again.
  if (isClaimed) throw invalid('id', 'It is being looked for at this moment; try again in a few minutes.', 'CONFLICT');
  if (sent)
    await setStates(tx, [replyId], ReplyState.SENT, ', failure = null, sent_at = coalesce(first_tried_at, now())');
  else await setStates(tx, [replyId], ReplyState.FAILED, `, failure = '{"code": "SAID_NOT_SENT"}'`);
  if (sent && next) await queueReplies(tx, [next.id]);
  return { replyId };
}

/** Deletes on its network what was sent, as soon as the network does it. Throws `InputError`. */
export async function deleteReply(
  tx: Tx,
  viewer: Viewer,
  channels: ChannelDirectory,
  id: string,
): Promise<{ replyId: string }> {
  const [{ id: replyId, state, account_id: accountId }] = await lockFrom(tx, viewer, id);
  if (!ARRIVED.includes(state))
    throw invalid('id', 'Only what was sent can be deleted; what was not can be cancelled.', 'CONFLICT');
  await requireAbility(tx, channels, accountId, 'deletes', 'id');
  await enqueue(tx, DELETE_TASK, { replyId }, { key: `reply-delete:${replyId}` });
  return { replyId };
}

/** Hides a post on its network, or shows it again, as soon as the network does it. Throws `InputError`. */
export async function hidePost(
  tx: Tx,
  viewer: Viewer,
  channels: ChannelDirectory,
  input: { postId: string; hidden: boolean },
): Promise<{ postId: string }> {
  const postId = await visibleId(tx, viewer, Post, input.postId, 'postId');
  const [post] = await tx.query<{ account_id: string | null; own: boolean }>(
    `select coalesce(p.account_id, (select a.id from accounts a where a.organization_id = p.organization_id and a.network = p.network
              order by a.created_at limit 1)) as account_id, p.own
       from posts p where p.organization_id = $1 and p.id = $2`,
    [tx.scope.organizationId, postId],
  );
  if (!post?.account_id)
    throw invalid('postId', 'There is no account of ours under whose post it stands.', 'NOT_ALLOWED');
  if (post.own) throw invalid('postId', 'It is our own: it can be deleted.', 'NOT_ALLOWED');
  await requireAbility(tx, channels, post.account_id, 'hides', 'postId');
  const { hidden } = input;
  await enqueue(tx, HIDE_TASK, { postId, hidden, accountId: post.account_id }, { key: `post-hide:${postId}` });
  return { postId };
}

async function requireAbility(
  tx: Tx,
  channels: ChannelDirectory,
  accountId: string,
  ability: 'deletes' | 'hides',
  field: string,
): Promise<void> {
  const [account] = await tx.query<{ connector: string | null; network: Network }>(
    'select connector, network from accounts where organization_id = $1 and id = $2',
    [tx.scope.organizationId, accountId],
  );
  if (!account) throw invalid(field, 'The account it was said from was removed.', 'NOT_ALLOWED');
  if (!channelOfAccount(channels, account)?.sending[ability])
    throw invalid(field, 'This network does not let us do that.', 'NOT_ALLOWED');
}
