import type { Tx } from '../../platform/database/database.js';
import { priorityOf } from './enrichment/index.js';
import type { PostKind } from './networks.js';
import type { SentimentLabel } from './post.entity.js';

/** What is older than this is hardly answered any more. */
const DAYS = 30;
/** Few people say more in that time; of those who do, the latest is what waits for an answer. */
const MOST_POSTS = 200;

/** Judges again how much the recent posts of identities matter: who their author is to us has changed. */
export async function reassessPriorities(tx: Tx, identityIds: string[]): Promise<void> {
  if (identityIds.length === 0) return;
  const posts = await tx.query<{
    id: string;
    text: string;
    language: string;
    kind: PostKind;
    label: SentimentLabel;
    score: number;
    followersCount: number | null;
    isCustomer: boolean;
  }>(
    `select p.id, p.text, p.language, p.kind, p.sentiment_label as label, p.sentiment_score as score,
            i.followers_count as "followersCount", i.customer_id is not null as "isCustomer"
       from social_identities i, lateral (
              select * from posts p where p.organization_id = $1 and p.author_id = i.id
                 and p.occurred_at > now() - make_interval(days => ${DAYS}) and p.deleted_at is null and not p.own and not p.auto
               order by p.occurred_at desc, p.id desc limit ${MOST_POSTS}) p
      where i.organization_id = $1 and i.id = any ($2) order by p.id`,
    [tx.scope.organizationId, identityIds],
  );
  if (posts.length === 0) return;
  const judged = posts.map(({ id, label, score, ...post }) => {
    const priority = priorityOf({ ...post, sentiment: { label, score } });
    return { id, priority_score: priority.score, priority_reasons: priority.reasons };
  });
  await tx.query(
    `update posts p set priority_score = n.priority_score, priority_reasons = n.priority_reasons
       from json_populate_recordset(null::posts, $2) n
      where p.organization_id = $1 and p.id = n.id and p.priority_reasons <> n.priority_reasons`,
    [tx.scope.organizationId, JSON.stringify(judged)],
  );
}
