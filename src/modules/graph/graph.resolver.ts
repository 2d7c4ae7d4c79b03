import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { AppError } from '../../platform/errors.js';
import { Permit, RequestContext } from '../access/index.js';
import { Post, SocialIdentity } from '../social/index.js';
import { centerOf } from './center.queries.js';
import {
  ConversationTree,
  InfluencePath,
  InteractionGraph,
  InteractionGraphArgs,
  MOST_DEPTH,
  MOST_NODES,
} from './graph.types.js';
import { influenceOfIdentity } from './influence.loaders.js';
import { edgesAmong, type GraphEdgeRow, type Neighbours, neighbourhoodOf } from './neighbourhood.queries.js';
import { strongestPath } from './path.queries.js';
import { cascadeOf, edgesBy, threadOf } from './thread.queries.js';

@Resolver()
export class GraphResolver {
  @Permit('social:read')
  @Query(() => InteractionGraph, {
    nullable: true,
    description:
      'The strongest neighbourhood of somebody, or what followed from a post; nothing when the centre is not there or not yours to see.',
  })
  async interactionGraph(
    @Args(() => InteractionGraphArgs) args: InteractionGraphArgs,
    @Ctx() context: RequestContext,
  ): Promise<InteractionGraph | null> {
    const depth = bounded('depth', args.depth ?? 1, MOST_DEPTH);
    const limit = bounded('limit', args.limit ?? 50, MOST_NODES);
    const center = await centerOf(context, args.center);
    if (!center) return null;
    if (center.kind === 'POST') {
      const { postIds, ...cascade } = await cascadeOf(context, center.post, { depth, limit, filter: args });
      return graphOf(context, cascade, ids => edgesBy(context, postIds, ids, args));
    }
    const neighbours = await neighbourhoodOf(context, center.identityIds, { depth, limit, filter: args });
    return graphOf(context, neighbours, ids => edgesAmong(context, ids, args));
  }

  @Permit('social:read')
  @Query(() => InfluencePath, {
    nullable: true,
    description:
      'The strongest chain along which one identity or customer moves another, with the posts that show it; nothing when there is none within six steps. Of each of the people on the way the 200 strongest ties are followed, and those of a thousand people.',
  })
  async influencePath(
    @Arg('from', () => ID, { description: 'Who would move: an identity or a customer.' }) from: string,
    @Arg('to', () => ID, { description: 'Who would be moved: an identity or a customer.' }) to: string,
    @Ctx() context: RequestContext,
  ): Promise<InfluencePath | null> {
    const [start, end] = await Promise.all([centerOf(context, from), centerOf(context, to)]);
    if (start?.kind !== 'IDENTITIES' || end?.kind !== 'IDENTITIES') return null;
    const hops = await strongestPath(context, start.identityIds, end.identityIds);
    return (
      hops && {
        length: hops.length,
        strength: hops.reduce((product, hop) => product * hop.weight, 1),
        hops: hops.map(({ from: fromId, to: toId, ...hop }) => ({ ...hop, fromId, toId })),
      }
    );
  }

  @Permit('social:read')
  @Query(() => ConversationTree, {
    nullable: true,
    description:
      'The whole conversation a post belongs to, in reading order; nothing when the post is not there or not yours to see.',
  })
  async conversationTree(
    @Arg('post', () => ID, { description: 'Any post of it.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ConversationTree | null> {
    const post = await context.recordByPublicId<Post>(Post, id);
    if (!post) return null;
    const { posts, truncated } = await threadOf(context, post);
    return {
      nodes: posts.map(({ post: { id: postId }, depth, parentId }) => ({ postId, depth, parentId })),
      truncated,
    };
  }
}

/** Everything about the nodes at once, who they are included: what is asked next is then at hand. */
async function graphOf(
  context: RequestContext,
  { nodes, truncated }: Neighbours,
  edgesOf: (identityIds: string[]) => Promise<GraphEdgeRow[]>,
): Promise<InteractionGraph> {
  const ids = nodes.map(node => node.identityId);
  const [edges, influences] = await Promise.all([
    edgesOf(ids),
    Promise.all(ids.map(id => context.load(influenceOfIdentity, id))),
    Promise.all(ids.map(id => context.recordById<SocialIdentity>(SocialIdentity, id))),
  ]);
  return {
    nodes: nodes.map((node, at) => ({
      ...node,
      influence: influences[at] ?? null,
      community: influences[at]?.communityId ?? null,
    })),
    edges,
    truncated,
  };
}

/** A whole number from 1 on. Throws BAD_USER_INPUT for any other. */
function bounded(name: string, given: number, most: number): number {
  if (given < 1 || given > most) throw new AppError('BAD_USER_INPUT', `\`${name}\` is from 1 to ${most}.`);
  return given;
}
