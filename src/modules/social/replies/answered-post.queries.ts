import type { Tx } from '../../../platform/database/database.js';
import type { AnsweredPost } from '../channel.directory.js';
import type { Network, PostKind } from '../networks.js';
import type { PostToAnswer } from './sendability.rules.js';

export type Reader = Pick<Tx, 'query' | 'scope'>;

interface Row {
  network: Network;
  external_id: string;
  url: string | null;
  kind: PostKind;
  own: boolean;
  text: string;
  title: string | null;
  language: string;
  occurred_at: string | Date;
  reply_to: Record<string, unknown> | null;
  replyability: { public: boolean; private: boolean; until?: string; reason?: string } | null;
  account_id: string | null;
  conversation_id: string | null;
  author_id: string;
  is_deleted: boolean;
  root: string | null;
  author: Named;
  mentions: Named[] | null;
}

type Named = { id: string | null; handle: string | null; displayName: string | null };

/** Everything an adapter is told of a post that is answered; null when there is none. */
export async function postToAnswer(reader: Reader, postId: string): Promise<PostToAnswer | null> {
  const named = (alias: string) =>
    `jsonb_build_object('id', ${alias}.external_id, 'handle', ${alias}.handle, 'displayName', ${alias}.display_name)`;
  const [row] = await reader.query<Row>(
    `select p.network, p.external_id, p.url, p.kind, p.own, p.text, p.title, p.language, p.occurred_at, p.reply_to, p.replyability,
            p.account_id, p.conversation_id, p.author_id, p.deleted_at is not null as is_deleted, c.root_external_id as root,
            ${named('i')} as author,
            (select jsonb_agg(${named('m')}) from interactions x
               join social_identities m on m.organization_id = x.organization_id and m.id = x.to_identity_id
              where x.organization_id = p.organization_id and x.post_id = p.id and x.kind = 'MENTION') as mentions
       from posts p join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
       left join conversations c on c.organization_id = p.organization_id and c.id = p.conversation_id
      where p.organization_id = $1 and p.id = $2`,
    [reader.scope.organizationId, postId],
  );
  return row ? { id: postId, ...readRow(row) } : null;
}

function readRow(row: Row): Omit<PostToAnswer, 'id'> {
  const { until, reason, ...may } = row.replyability ?? {};
  return {
    network: row.network,
    accountId: row.account_id,
    conversationId: row.conversation_id,
    authorId: row.author_id,
    isDeleted: row.is_deleted,
    reason: reason ?? null,
    answered: {
      ref: { id: row.external_id, ...(row.url !== null && { url: row.url }) },
      kind: row.kind,
      author: identityOf(row.author),
      own: row.own,
      text: row.text,
      ...(row.title !== null && { title: row.title }),
      ...(row.language !== 'und' && { language: row.language }),
      occurredAt: new Date(row.occurred_at),
      ...(row.root !== null && row.root !== row.external_id && { root: { id: row.root } }),
      ...(row.mentions && { mentions: row.mentions.map(identityOf) }),
      ...(row.replyability && {
        replyability: { ...(may as { public: boolean; private: boolean }), ...(until && { until: new Date(until) }) },
      }),
      ...(row.reply_to && { replyTo: row.reply_to }),
    },
  };
}

export const identityOf = ({ id, handle, displayName }: Named): AnsweredPost['author'] => ({
  ...(id !== null && { id }),
  ...(handle !== null && { handle }),
  ...(displayName !== null && { displayName }),
});
