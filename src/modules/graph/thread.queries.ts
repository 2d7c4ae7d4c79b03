import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Post } from '../social/index.js';
import type { EdgeFilter, GraphEdgeRow, Neighbours } from './neighbourhood.queries.js';
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

/**
 * Who took part in what followed from a post, and how: its author first, then by how many answers lie between. Of the posts that
 * followed, only those by which something was done that counts.
 */
export async function cascadeOf(
  context: RequestContext,
  post: Post,
  { depth, limit, filter }: { depth: number; limit: number; filter: EdgeFilter },
): Promise<Neighbours & { postIds: string[] }> {
  const thread = await threadOf(context, post);
  const below = await countedOf(context, threadBelow(thread.posts, post.id), filter);
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

/** The first of these posts, and those of the others by which something was done that counts. */
async function countedOf(
  context: RequestContext,
  [first, ...others]: PlacedPost<Post>[],
  { since, kinds, networks }: EdgeFilter,
): Promise<PlacedPost<Post>[]> {
  if (!first) return [];
  const onNetworks = others.filter(({ post }) => !networks || networks.includes(post.network));
  if ((!since && !kinds) || onNetworks.length === 0) return [first, ...onNetworks];
  const parameters = new Parameters();
  const ids = parameters.add(
    onNetworks.map(({ post }) => post.id),
    'uuid[]',
  );
  const conditions = [`i.post_id = any (${ids})`, ...actConditions({ since, kinds }, parameters)];
  const rows = await context.read<{ id: string }>(
    `select distinct i.post_id as id from interactions i where ${conditions.join(' and ')}`,
    parameters.values,
  );
  const counted = new Set(rows.map(({ id }) => id));
  return [first, ...onNetworks.filter(({ post }) => counted.has(post.id))];
}

/** Keeps of interactions `i` those that count. */
function actConditions({ since, kinds }: EdgeFilter, parameters: Parameters): string[] {
  return [
    since && `i.occurred_at >= ${parameters.add(since, 'timestamptz')}`,
    kinds && `i.kind = any (${parameters.add(kinds, 'text[]')})`,
  ].filter(condition => typeof condition === 'string');
}

/** What these posts did between these identities, as far as it counts. */
export async function edgesBy(
  context: RequestContext,
  postIds: string[],
  identityIds: string[],
  filter: EdgeFilter,
): Promise<GraphEdgeRow[]> {
  if (identityIds.length < 2) return [];
  const parameters = new Parameters();
  const posts = parameters.add(postIds, 'uuid[]');
  const ids = parameters.add(identityIds, 'uuid[]');
  const conditions = [
    `i.post_id = any (${posts}) and i.from_identity_id = any (${ids}) and i.to_identity_id = any (${ids})`,
    'i.from_identity_id <> i.to_identity_id',
    ...actConditions(filter, parameters),
  ];
  return context.read<GraphEdgeRow>(
    `select i.from_identity_id as "from", i.to_identity_id as "to", array_agg(distinct i.kind) as kinds, count(*)::integer as count,
            sum(${weightAtSql('i.kind', 'i.occurred_at')}) as weight, max(i.occurred_at) as "lastAt"
       from interactions i ${weightsJoin('i')}
      where ${conditions.join(' and ')}
      group by 1, 2 order by weight desc, 1, 2`,
    parameters.values,
  );
}
