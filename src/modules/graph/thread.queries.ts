import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Post } from '../social/index.js';
import type { GraphEdgeRow, Neighbours } from './neighbourhood.queries.js';
import { weightAtSql, weightsJoin } from './strength.sql.js';
import { keepAsked, type PlacedPost, placeThread, threadBelow } from './thread.rules.js';

/** Longer conversations are cut; a person reads no more, and nobody's memory should hold them. */
export const MOST_POSTS = 2000;

export interface Thread {
  posts: PlacedPost<Post>[];
  truncated: boolean;
}

/** The whole conversation of a post in reading order, as far as the viewer may see it; deleted posts keep their place. */
export async function threadOf(context: RequestContext, post: Post): Promise<Thread> {
  if (post.conversationId === null) return { posts: placeThread([post]), truncated: false };
  const parameters = new Parameters();
  const conditions = [
    `t.conversation_id = ${parameters.add(post.conversationId, 'uuid')}`,
    visibleCondition(context.viewer, 'POST', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<Post>(
    `select ${columnsOf(Post)} from posts t where ${conditions.join(' and ')}
      order by t.occurred_at, t.id limit ${parameters.add(MOST_POSTS + 1, 'integer')}`,
    parameters.values,
  );
  return { posts: placeThread(keepAsked(rows, post, MOST_POSTS)), truncated: rows.length > MOST_POSTS };
}

/** Who took part in what followed from a post, and how: its author first, then by how many answers lie between. */
export async function cascadeOf(
  context: RequestContext,
  post: Post,
  { depth, limit }: { depth: number; limit: number },
): Promise<Neighbours & { postIds: string[] }> {
  const thread = await threadOf(context, post);
  const below = threadBelow(thread.posts, post.id);
  const within = below.filter(placed => placed.depth <= depth);
  const distances = new Map<string, number>();
  for (const { post: said, depth: distance } of within.toSorted((a, b) => a.depth - b.depth))
    if (!distances.has(said.authorId)) distances.set(said.authorId, distance);
  const all = [...distances].map(([identityId, distance]) => ({ identityId, distance }));
  return {
    nodes: all.slice(0, limit),
    postIds: within.map(({ post: said }) => said.id),
    truncated: thread.truncated || within.length < below.length || all.length > limit,
  };
}

/** What these posts did between these identities. */
export async function edgesBy(
  context: RequestContext,
  postIds: string[],
  identityIds: string[],
): Promise<GraphEdgeRow[]> {
  if (identityIds.length < 2) return [];
  return context.read<GraphEdgeRow>(
    `select i.from_identity_id as "from", i.to_identity_id as "to", array_agg(distinct i.kind) as kinds, count(*)::integer as count,
            sum(${weightAtSql('i.kind', 'i.occurred_at')}) as weight, max(i.occurred_at) as "lastAt"
       from interactions i ${weightsJoin('i')}
      where i.post_id = any ($1) and i.from_identity_id = any ($2) and i.to_identity_id = any ($2) and i.from_identity_id <> i.to_identity_id
      group by 1, 2 order by weight desc, 1, 2`,
    [postIds, identityIds],
  );
}
