import { ArgsType, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, PublicId, Reference } from '../../platform/schema/index.js';
import { InteractionKind, Network, Post, SocialIdentity } from '../social/index.js';
import { Influence } from './influence.types.js';

export const MOST_DEPTH = 4;
export const MOST_NODES = 500;

@ObjectType({ description: 'Somebody in a graph.', simpleResolvers: true })
export class GraphNode {
  identityId: string;

  @Reference(() => SocialIdentity, 'identityId', { description: 'Who it is.' })
  identity?: SocialIdentity;

  @Field(() => Int, { description: 'Steps from the centre; 0 for the centre itself.' })
  distance: number;

  @Field(() => Influence, {
    nullable: true,
    description: 'How much it moves others; nothing before that was worked out, and for who may not read the graph.',
  })
  influence?: Influence | null;

  @PublicId('community')
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the community it belongs to, see `communities`; nothing for who may not read the graph.',
  })
  community?: string | null;
}

@ObjectType({ description: 'What one identity did to another, all in all.', simpleResolvers: true })
export class GraphEdge {
  @PublicId('identity')
  @Field(() => ID, { description: 'Id of the identity that acted.' })
  from: string;

  @PublicId('identity')
  @Field(() => ID, { description: 'Id of the identity it acted on.' })
  to: string;

  @Field(() => [InteractionKind], { description: 'What it did, the strongest first.' })
  kinds: InteractionKind[];

  @Field(() => Int, { description: 'How often.' })
  count: number;

  @Field(() => Float, {
    description:
      "Strength of the tie: the weights of its interactions, each halved for every half-life between it and the organisation's latest interaction.",
  })
  weight: number;

  @Field(() => DateTime, { description: 'When it last did.' })
  lastAt: string;
}

@ObjectType({ description: 'People around somebody, and what they have to do with each other.', simpleResolvers: true })
export class InteractionGraph {
  @Field(() => [GraphNode], { description: 'Who: the centre first, then the nearest, the most strongly tied first.' })
  nodes: GraphNode[];

  @Field(() => [GraphEdge], { description: 'What they did to each other, the strongest first.' })
  edges: GraphEdge[];

  @Field({ description: 'Whether there is more within that depth than was asked for.' })
  truncated: boolean;
}

@ArgsType()
export class InteractionGraphArgs {
  @Field(() => ID, { description: 'An identity, a customer (all its identities), or a post (what followed from it).' })
  center: string;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: `How many steps to go, 1 to ${MOST_DEPTH}.` })
  depth: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 50, description: `At most so many people, 1 to ${MOST_NODES}.` })
  limit: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Only ties with an interaction since then.' })
  since?: Date;

  @Field(() => [InteractionKind], { nullable: true, description: 'Only interactions of these kinds.' })
  kinds?: InteractionKind[];

  @Field(() => [Network], { nullable: true, description: 'Only people on these networks.' })
  networks?: Network[];
}

@ObjectType({ description: 'One step of a chain: somebody who moves somebody.', simpleResolvers: true })
export class InfluenceHop {
  fromId: string;
  toId: string;
  postId: string | null;

  @Reference(() => SocialIdentity, 'fromId', { description: 'Who moves.' })
  from?: SocialIdentity;

  @Reference(() => SocialIdentity, 'toId', {
    description: 'Who is moved: it mentioned, answered or passed on the other.',
  })
  to?: SocialIdentity;

  @Field(() => InteractionKind, { description: 'How that shows, most strongly.' })
  kind: InteractionKind;

  @Reference(() => Post, 'postId', {
    nullable: true,
    description: 'The latest post that shows it, of those you may see, where we have one.',
  })
  post?: Post;

  @Field(() => Float, { description: 'Share of what the moved one does that concerns the other, 0 to 1.' })
  weight: number;
}

@ObjectType({ description: 'The strongest chain along which one moves another.', simpleResolvers: true })
export class InfluencePath {
  @Field(() => Int, { description: 'How many steps.' })
  length: number;

  @Field(() => Float, { description: 'How much arrives: the product of the weights of its steps.' })
  strength: number;

  @Field(() => [InfluenceHop], { description: 'The steps, in order.' })
  hops: InfluenceHop[];
}

@ObjectType({ description: 'A post at its place in a conversation.', simpleResolvers: true })
export class ConversationTreeNode {
  postId: string;

  @Reference(() => Post, 'postId', {
    description: 'The post. One that was deleted keeps its place, with what is left of it.',
  })
  post?: Post;

  @Field(() => Int, { description: 'Steps below the post that begins its thread.' })
  depth: number;

  @PublicId('post')
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the post it answers; nothing where it begins a thread, or what it answers is not there.',
  })
  parentId: string | null;
}

@ObjectType({ description: 'A conversation in reading order.', simpleResolvers: true })
export class ConversationTree {
  @Field(() => [ConversationTreeNode], { description: 'Each post followed by its answers, the earliest first.' })
  nodes: ConversationTreeNode[];

  @Field({ description: 'Whether the conversation is longer than is shown.' })
  truncated: boolean;
}
