import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';
import type { AnswerableFacts } from './answerable.rules.js';

/** Through the account that the post reached, or else the oldest on its network. */
export const answerableFacts: LoaderDefinition<RequestContext, string, AnswerableFacts | null> = {
  name: 'post.answerable',
  async batch(context, postIds) {
    const rows = await context.read<AnswerableFacts & { id: string }>(
      `select p.id, p.network, p.kind, a.connector, a.state as "accountState", a.granted, p.replyability, p.deleted_at is not null as "isDeleted",
              p.own, p.occurred_at as "occurredAt"
         from posts p left join lateral (
              select connector, state, granted from accounts a
               where a.organization_id = p.organization_id and a.network = p.network and (p.account_id is null or a.id = p.account_id)
               order by a.created_at limit 1) a on true
        where p.id = any ($1)`,
      [postIds],
      'post.answerable',
    );
    const byId = new Map(rows.map(row => [row.id, row]));
    return postIds.map(id => byId.get(id) ?? null);
  },
};
