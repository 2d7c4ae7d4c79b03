import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { ConversationStatus } from './conversation.entity.js';
import type { Network } from './networks.js';
import { runJoinHooks } from './social.hooks.js';

export interface ThreadedPost {
  externalId: string;
  rootExternalId: string | null;
  parentExternalId: string | null;
  occurredAt: Date;
}

/**
 * The conversation of each post, by external id: that of its root if the network names one, of its parent if we have it, and
 * otherwise one of its own. A reply that comes before its parent opens the conversation the parent will join.
 */
export async function resolveConversations(
  tx: Tx,
  network: Network,
  posts: ThreadedPost[],
): Promise<Map<string, string>> {
  const organizationId = tx.scope.organizationId;
  const inBatch = new Map(posts.map(post => [post.externalId, post]));
  const parents = [
    ...new Set(
      posts.filter(post => !post.rootExternalId && post.parentExternalId).map(post => topInBatch(post, inBatch)),
    ),
  ];
  const known =
    parents.length > 0
      ? await tx.query<{ external_id: string; root_external_id: string }>(
          `select p.external_id, c.root_external_id from posts p join conversations c on c.organization_id = p.organization_id and c.id = p.conversation_id
            where p.organization_id = $1 and p.network = $2 and p.external_id = any ($3)`,
          [organizationId, network, parents],
        )
      : [];
  const rootOfKnown = new Map(known.map(row => [row.external_id, row.root_external_id]));
  const placed = (post: ThreadedPost): string => {
    if (post.rootExternalId) return post.rootExternalId;
    const top = topInBatch(post, inBatch);
    return rootOfKnown.get(top) ?? top;
  };
  const early = await openedByReplies(
    tx,
    network,
    posts.filter(post => placed(post) !== post.externalId).map(post => post.externalId),
  );
  const moves = new Map(early.map(root => [root, placed(inBatch.get(root)!)]));
  const rootOf = (post: ThreadedPost): string => endOf(moves, placed(post));

  const spans = new Map<string, { first: Date; last: Date }>();
  for (const post of posts) {
    const span = spans.get(rootOf(post));
    if (!span) spans.set(rootOf(post), { first: post.occurredAt, last: post.occurredAt });
    else {
      if (post.occurredAt < span.first) span.first = post.occurredAt;
      if (post.occurredAt > span.last) span.last = post.occurredAt;
    }
  }
  const roots = [...spans.keys()].sort();
  const rows = await tx.query<{ id: string; root_external_id: string }>(
    `insert into conversations as c (organization_id, id, network, root_external_id, first_post_at, last_post_at)
     select $1, r.id, $2, r.root, r.first, r.last
       from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[]) as r(id, root, first, last)
     on conflict (organization_id, network, root_external_id) do update
       set first_post_at = least(c.first_post_at, excluded.first_post_at), last_post_at = greatest(c.last_post_at, excluded.last_post_at)
     returning id, root_external_id`,
    [
      organizationId,
      network,
      roots.map(newId),
      roots,
      roots.map(root => spans.get(root)!.first),
      roots.map(root => spans.get(root)!.last),
    ],
  );
  for (const root of early) await joinConversations(tx, network, root, endOf(moves, root));
  const idOf = new Map(rows.map(row => [row.root_external_id, row.id]));
  return new Map(posts.map(post => [post.externalId, idOf.get(rootOf(post))!]));
}

/** Those of `replies` under whose id a conversation was opened, by an answer to them that came before they did. */
async function openedByReplies(tx: Tx, network: Network, replies: string[]): Promise<string[]> {
  if (replies.length === 0) return [];
  const rows = await tx.query<{ root: string }>(
    `select root_external_id as root from conversations
      where organization_id = $1 and network = $2 and root_external_id = any ($3) order by 1 for update`,
    [tx.scope.organizationId, network, replies],
  );
  return rows.map(row => row.root);
}

/** What was said in the conversation under `from` goes on in the one under `to`, with whoever looks after it. */
async function joinConversations(tx: Tx, network: Network, from: string, to: string): Promise<void> {
  if (from === to) return;
  const parameters = [tx.scope.organizationId, network, from, to];
  const ends = `f.organization_id = $1 and f.network = $2 and f.root_external_id = $3
            and t.organization_id = $1 and t.network = $2 and t.root_external_id = $4`;
  await tx.query(
    `update conversations t
        set first_post_at = least(t.first_post_at, f.first_post_at), last_post_at = greatest(t.last_post_at, f.last_post_at),
            assignee_id = coalesce(t.assignee_id, f.assignee_id), team_id = coalesce(t.team_id, f.team_id)
       from conversations f where ${ends}`,
    parameters,
  );
  await tx.query(
    `update posts p set conversation_id = t.id from conversations f, conversations t
      where p.organization_id = $1 and p.conversation_id = f.id and ${ends}`,
    parameters,
  );
  await tx.query(
    `update replies r set conversation_id = t.id from conversations f, conversations t
      where r.organization_id = $1 and r.conversation_id = f.id and ${ends}`,
    parameters,
  );
  const [ids] = await tx.query<{ fromId: string; toId: string }>(
    `select f.id as "fromId", t.id as "toId" from conversations f, conversations t where ${ends}`,
    parameters,
  );
  if (ids) await runJoinHooks(tx, ids);
  await tx.query(
    'delete from conversations where organization_id = $1 and network = $2 and root_external_id = $3',
    parameters.slice(0, 3),
  );
}

/** Follows moves to the last one. Replies in a circle are nobody's, and end where they were met first. */
function endOf(moves: ReadonlyMap<string, string>, root: string): string {
  const seen = new Set<string>();
  let current = root;
  while (moves.has(current) && !seen.has(current)) {
    seen.add(current);
    current = moves.get(current)!;
  }
  return current;
}

/** Walks up through parents that are in the same batch: their conversation is not stored yet. */
function topInBatch(post: ThreadedPost, batch: Map<string, ThreadedPost>): string {
  const seen = new Set<string>();
  let current = post;
  for (;;) {
    if (current.rootExternalId) return current.rootExternalId;
    if (!current.parentExternalId || seen.has(current.externalId)) return current.externalId;
    seen.add(current.externalId);
    const parent = batch.get(current.parentExternalId);
    if (!parent) return current.parentExternalId;
    current = parent;
  }
}

/** The latest word in a conversation: ours, or somebody else's. */
export interface LatestWord {
  conversationId: string;
  own: boolean;
  occurredAt: Date;
}

/** Whoever had the last word waits for the other: what somebody says opens a conversation again, what we say makes it pending. */
export async function giveTurns(tx: Tx, words: LatestWord[]): Promise<void> {
  if (words.length === 0) return;
  const changed = await tx.query<{ id: string }>(
    `update conversations c set status = case when w.own then 'PENDING' else 'OPEN' end
       from (select distinct on (w.id) w.id, w.own, w.at from unnest($2::uuid[], $3::boolean[], $4::timestamptz[]) as w(id, own, at)
              order by w.id, w.at desc) w
      where c.organization_id = $1 and c.id = w.id and c.last_post_at <= w.at
        and case when w.own then c.status = 'OPEN' else c.status <> 'OPEN' end
     returning c.id`,
    [
      tx.scope.organizationId,
      words.map(word => word.conversationId),
      words.map(word => word.own),
      words.map(word => word.occurredAt),
    ],
  );
  await recordEvents(
    tx,
    changed.map(({ id }) => ({ type: 'conversation.changed', subjectId: id })),
  );
}

export async function assignConversation(
  tx: Tx,
  id: string,
  assigneeId: string | null,
  teamId: string | null,
): Promise<void> {
  await tx.query('update conversations set assignee_id = $3, team_id = $4 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    id,
    assigneeId,
    teamId,
  ]);
  await recordEvents(tx, [{ type: 'conversation.changed', subjectId: id }]);
}

export async function setConversationStatus(tx: Tx, id: string, status: ConversationStatus): Promise<void> {
  await tx.query('update conversations set status = $3 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    id,
    status,
  ]);
  await recordEvents(tx, [{ type: 'conversation.changed', subjectId: id }]);
}
