import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Post } from '../post.entity.js';
import { waysToAnswer } from './answerable.rules.js';
import type { Outbox } from './composing.service.js';
import { previewOf } from './preview.service.js';
import { explainRefusal } from './refusal.rules.js';
import { Reply } from './reply.entity.js';
import {
  Answerable,
  HidePostInput,
  HidePostPayload,
  PlaceCallInput,
  PreviewReplyInput,
  RepliesArgs,
  ReplyConnection,
  ReplyInput,
  ReplyPayload,
  ReplyPreview,
  ReplyToPostInput,
  RescheduleReplyInput,
  ResolveReplyInput,
  SendDirectMessageInput,
} from './reply.inputs.js';
import { answerableFacts } from './reply.loaders.js';
import { addressCall, addressPerson, addressPost, keepReply } from './reply.service.js';
import {
  cancelReply,
  deleteReply,
  hidePost,
  rescheduleReply,
  resolveReply,
  retryReply,
} from './reply-change.service.js';

@Resolver(() => Reply)
export class ReplyResolver {
  constructor(private readonly outbox: Outbox) {}

  @Permit('replies:read')
  @Query(() => Reply, { nullable: true, description: 'One reply, or nothing when there is none that you may see.' })
  reply(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Reply | null> {
    return context.recordByPublicId(Reply, id);
  }

  @Permit('replies:read')
  @Query(() => ReplyConnection, { description: 'What we said, and what waits to be said.' })
  replies(@Args(() => RepliesArgs) args: RepliesArgs, @Ctx() context: RequestContext) {
    return context.page(Reply, args);
  }

  @Permit('social:reply')
  @Query(() => ReplyPreview, {
    description: 'What would be sent, and why it would be refused. Nothing is written or sent.',
  })
  previewReply(
    @Arg('input', () => PreviewReplyInput, { description: 'What would be said.' }) input: PreviewReplyInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplyPreview> {
    const reader = {
      scope: context.scope,
      query: <Row>(sql: string, values?: unknown[]) => context.read<Row>(sql, values),
    };
    return previewOf(reader, this.outbox, { viewer: context.viewer, language: context.language }, input);
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, {
    description: 'Answers a post: kept first, then sent; `replyChanged` tells how it goes.',
  })
  replyToPost(
    @Arg('input', () => ReplyToPostInput, { description: 'What is answered, and with what.' }) input: ReplyToPostInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'replyToPost', input, async tx =>
      keepReply(tx, this.outbox, context, await addressPost(tx, context.viewer, input), input),
    );
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Says something to one person alone.' })
  sendDirectMessage(
    @Arg('input', () => SendDirectMessageInput, { description: 'What is said, and to whom.' })
    input: SendDirectMessageInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'sendDirectMessage', input, async tx =>
      keepReply(tx, this.outbox, context, await addressPerson(tx, context.viewer, input), input),
    );
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Calls somebody: first the agent’s telephone rings, then theirs.' })
  placeCall(
    @Arg('input', () => PlaceCallInput, { description: 'Who is called.' }) input: PlaceCallInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'placeCall', input, async tx =>
      keepReply(tx, this.outbox, context, await addressCall(tx, context.viewer, input), {
        text: '',
        agent: input.agent,
      }),
    );
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Stops a reply that has not gone out, and what would follow it.' })
  cancelReply(
    @Arg('input', () => ReplyInput, { description: 'Which reply.' }) input: ReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'cancelReply', input, tx => cancelReply(tx, context.viewer, input.id));
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Gives a reply that has not gone out another moment.' })
  rescheduleReply(
    @Arg('input', () => RescheduleReplyInput, { description: 'Which reply, and when.' }) input: RescheduleReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'rescheduleReply', input, tx => rescheduleReply(tx, context.viewer, input));
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Sends again a reply that failed.' })
  retryReply(
    @Arg('input', () => ReplyInput, { description: 'Which reply.' }) input: ReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'retryReply', input, tx => retryReply(tx, context.viewer, input.id));
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, { description: 'Says what became of a reply of which nobody knew.' })
  resolveReply(
    @Arg('input', () => ResolveReplyInput, { description: 'Which reply, and whether it was sent.' })
    input: ResolveReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'resolveReply', input, tx => resolveReply(tx, context.viewer, input));
  }

  @Permit('social:reply')
  @Mutation(() => ReplyPayload, {
    description: 'Deletes on its network what we sent; its state tells when that is done.',
  })
  deleteReply(
    @Arg('input', () => ReplyInput, { description: 'Which reply.' }) input: ReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'deleteReply', input, tx => deleteReply(tx, context.viewer, this.outbox.channels, input.id));
  }

  @Permit('social:reply')
  @Mutation(() => HidePostPayload, {
    description: 'Hides on its network what somebody said under something of ours, or shows it again.',
  })
  hidePost(
    @Arg('input', () => HidePostInput, { description: 'Which post.' }) input: HidePostInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'hidePost', input, tx => hidePost(tx, context.viewer, this.outbox.channels, input));
  }
}

const REPLIES_OF_POST = { name: 'post.replies', condition: 't.post_id = k.parent' };

@Resolver(() => Post)
export class PostRepliesResolver {
  constructor(private readonly outbox: Outbox) {}

  @FieldResolver(() => ReplyConnection, { description: 'How we answered it, and what waits to be said.' })
  replies(@Root() post: Post, @Args(() => RepliesArgs) args: RepliesArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Reply, REPLIES_OF_POST, post.id, args);
  }

  @FieldResolver(() => Answerable, { description: 'Whether and how it can be answered.' })
  async answerable(@Root() post: Post, @Ctx() context: RequestContext): Promise<Answerable> {
    const facts = await context.load(answerableFacts, post.id);
    if (!facts) return { publicly: false, privately: false, until: null, reason: null };
    const { code, until, ...ways } = waysToAnswer(this.outbox.channels, facts, new Date());
    const reason = code && explainRefusal({ code }, context.language);
    return { ...ways, until: until?.toISOString() ?? null, reason };
  }
}
