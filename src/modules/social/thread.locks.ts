import type { Tx } from '../../platform/database/database.js';
import type { ThreadedPost } from './conversation.service.js';
import type { Network } from './networks.js';

/** So many locks at most a transaction: the server's table of them is small, and batches seldom meet. */
const LOCKS = 256;

/**
 * Lets replies and what they answer be stored one after the other, also in two batches at once: whoever comes second then sees
 * the first. Batches without replies wait for nobody; neither do those whose network names the thread, for they meet at its
 * conversation.
 */
export async function lockThreads(tx: Tx, network: Network, posts: ThreadedPost[]): Promise<void> {
  const replies = posts.filter(post => post.parentExternalId !== null && post.rootExternalId === null);
  if (replies.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(k.key)
       from (select distinct hashtextextended($1 || ' ' || mod(hashtextextended(e.id, 0), ${LOCKS}), 0) as key
               from unnest($2::text[]) as e(id) order by 1) k`,
    [`thread ${tx.scope.organizationId} ${network}`, replies.flatMap(post => [post.externalId, post.parentExternalId])],
  );
}
