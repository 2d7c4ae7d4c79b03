import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../platform/schema/index.js';
import { mutate, Permit, RequestContext, visibleId } from '../access/index.js';
import { Post, SentimentLabel } from './post.entity.js';
import { correctSentiment } from './sentiment.service.js';

@InputType({ description: "A person's verdict on a post." })
export class CorrectSentimentInput extends MutationInput {
  @Field(() => ID, { description: 'The post.' })
  postId: string;
  @Field(() => SentimentLabel, { description: 'How it really feels.' })
  label: SentimentLabel;
}

@ObjectType({ description: 'What became of correcting a sentiment.', simpleResolvers: true })
export class CorrectSentimentPayload extends MutationPayload {
  @Reference(() => Post, 'postId', { nullable: true, description: 'The post as it is now.' })
  post?: Post;
}

@Resolver()
export class SentimentResolver {
  @Permit('social:write')
  @Mutation(() => CorrectSentimentPayload, {
    description: 'Says how a post really feels. From 300 corrections on, judging new posts is learned from them.',
  })
  correctSentiment(
    @Arg('input', { description: 'The verdict.' }) input: CorrectSentimentInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'correctSentiment', input, async tx => {
      const postId = await visibleId(tx, context.viewer, Post, input.postId, 'postId');
      await correctSentiment(tx, postId, input.label);
      return { postId };
    });
  }
}
