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

/**
 * Ties posts that have just been stored into their threads: replies that came before them are tied to them, and whoever answers
 * a stored post interacts with its author. `postIds` are the new posts.
 */
export async function tieReplies(tx: Tx, postIds: string[]): Promise<void> {
  if (postIds.length === 0) return;
  const parameters = [tx.scope.organizationId, postIds];
  const adopted = await tx.query<{ id: string }>(
    `update posts child set in_reply_to_id = parent.id
       from posts parent
      where parent.organization_id = $1 and parent.id = any ($2)
        and child.organization_id = $1 and child.network = parent.network
        and child.parent_external_id = parent.external_id and child.in_reply_to_id is null
     returning child.id`,
    parameters,
  );
  await tx.query(
    `insert into interactions (organization_id, id, network, kind, from_identity_id, to_identity_id, post_id, occurred_at)
     select $1, gen_random_uuid(), child.network, case child.kind when 'COMMENT' then 'COMMENT' else 'REPLY' end,
            child.author_id, parent.author_id, child.id, child.occurred_at
       from posts child join posts parent on parent.organization_id = $1 and parent.id = child.in_reply_to_id
      where child.organization_id = $1 and child.id = any ($2) and child.author_id <> parent.author_id
     on conflict do nothing`,
    [tx.scope.organizationId, [...postIds, ...adopted.map(row => row.id)]],
  );
}
