import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { InteractionKind, Network } from './networks.js';

export interface NewInteraction {
  kind: InteractionKind;
  fromIdentityId: string;
  toIdentityId: string;
  postId: string | null;
  occurredAt: Date;
}

/**
 * Records interactions, each once, and answers how many were new. Those of somebody with themselves are left out, a thread of
 * one's own being no contact; `withSelf` keeps them, for archives that are to be found again as they are.
 */
export async function recordInteractions(
  tx: Tx,
  network: Network,
  interactions: NewInteraction[],
  { withSelf = false } = {},
): Promise<number> {
  const rows = interactions
    .filter(interaction => withSelf || interaction.fromIdentityId !== interaction.toIdentityId)
    .map(interaction => ({
      organization_id: tx.scope.organizationId,
      id: newId(),
      network,
      kind: interaction.kind,
      from_identity_id: interaction.fromIdentityId,
      to_identity_id: interaction.toIdentityId,
      post_id: interaction.postId,
      occurred_at: interaction.occurredAt,
    }));
  if (rows.length === 0) return 0;
  const [counted] = await tx.query<{ count: string }>(
    `with new_rows as (
       insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at)
       select organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at
         from json_populate_recordset(null::interactions, $1)
       on conflict do nothing returning 1)
     select count(*) from new_rows`,
    [JSON.stringify(rows)],
  );
  return Number(counted?.count ?? 0);
}

/** What has just been stored, by stored ids. */
export interface NewThreads {
  /** By external id. */
  posts: Map<string, string>;
  /** Those of them that are tied to what they answer. */
  replies: string[];
  /** Those of them that are tied to a post that is not there. */
  strays: string[];
}

/**
 * Ties posts that have just been stored into their threads: replies that came before them are tied to them, and whoever answers
 * a stored post interacts with its author.
 */
export async function tieReplies(tx: Tx, network: Network, { posts, replies, strays }: NewThreads): Promise<void> {
  const { organizationId } = tx.scope;
  if (strays.length > 0) {
    await tx.query(
      `update posts child
          set in_reply_to_id = (
            select parent.id from posts parent
             where parent.organization_id = $1 and parent.network = $2 and parent.external_id = child.parent_external_id)
        where child.organization_id = $1 and child.id = any ($3)`,
      [organizationId, network, strays],
    );
  }
  const adopted = await tx.query<{ id: string }>(
    `update posts child set in_reply_to_id = parent.id
       from unnest($3::text[], $4::uuid[]) as parent(external_id, id)
      where child.organization_id = $1 and child.network = $2
        and child.parent_external_id = parent.external_id and child.in_reply_to_id is null
     returning child.id`,
    [organizationId, network, [...posts.keys()], [...posts.values()]],
  );
  const tied = [...replies, ...adopted.map(row => row.id)];
  if (tied.length === 0) return;
  await tx.query(
    `insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at)
     select $1, gen_random_uuid(), child.network, case child.kind when 'COMMENT' then 'COMMENT' else 'REPLY' end,
            child.author_id, parent.author_id, child.id, child.occurred_at
       from posts child join posts parent on parent.organization_id = $1 and parent.id = child.in_reply_to_id
      where child.organization_id = $1 and child.id = any ($2) and child.author_id <> parent.author_id
     on conflict do nothing`,
    [organizationId, tied],
  );
}
