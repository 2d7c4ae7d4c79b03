import type { Tx } from '../../../platform/database/database.js';
import type { KeptPost } from '../../social/index.js';

/** Posts (stored ids) as they were told of when they came; those in a ticket by now, and deleted ones, only when asked for. */
export async function keptPosts(
  tx: Pick<Tx, 'query' | 'scope'>,
  postIds: readonly string[],
  { withFiled = false } = {},
): Promise<KeptPost[]> {
  const rows = await tx.query<Omit<KeptPost, 'occurredAt'> & { occurredAt: string }>(
    `select p.id, p.network, p.kind, p.external_id as "externalId", p.parent_external_id as "parentExternalId", p.account_id as "accountId",
            p.source_id as "sourceId", p.author_id as "authorId", p.conversation_id as "conversationId", p.title, p.text, p.language,
            p.sentiment_score as "sentimentScore", p.own, p.auto, p.occurred_at as "occurredAt"
       from posts p
      where p.organization_id = $1 and p.id = any ($2::uuid[]) and ($3 or p.deleted_at is null and not exists (
        select 1 from ticket_messages m where m.organization_id = p.organization_id and m.post_id = p.id))
      order by p.occurred_at, p.id`,
    [tx.scope.organizationId, postIds, withFiled],
  );
  return rows.map(row => ({ ...row, occurredAt: new Date(row.occurredAt) }));
}
