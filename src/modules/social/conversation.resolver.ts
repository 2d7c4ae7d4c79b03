import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import {
  connectionOf,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
} from '../../platform/schema/index.js';
import { Member, mutate, Permit, RequestContext, Team, visibleId } from '../access/index.js';
import { Conversation, ConversationStatus } from './conversation.entity.js';
import { assignConversation, setConversationStatus } from './conversation.service.js';
import { Post } from './post.entity.js';
import { NetworkFilter } from './post.inputs.js';
import { PostConnection, PostsArgs } from './post.resolver.js';

export enum ConversationOrderField {
  LAST_POST_AT = 'LAST_POST_AT',
  FIRST_POST_AT = 'FIRST_POST_AT',
}
registerEnumType(ConversationOrderField, {
  name: 'ConversationOrderField',
  description: 'What conversations are ordered by.',
  valuesConfig: {
    LAST_POST_AT: { description: 'When the latest post was said.' },
    FIRST_POST_AT: { description: 'When the first post was said.' },
  },
});

const ConversationConnection = connectionOf(Conversation, 'Conversation');
const ConversationOrder = orderInputOf(ConversationOrderField, 'Conversation');
const ConversationStatusFilter = enumFilterOf(ConversationStatus, 'ConversationStatus');

@InputType({ description: 'Which conversations; all conditions must hold.' })
export class ConversationFilter {
  @Field(() => ConversationStatusFilter, { nullable: true, description: 'By where they stand.' })
  status?: object;
  @Field(() => NetworkFilter, { nullable: true, description: 'By network.' })
  network?: object;
  @Field(() => IdFilter, { nullable: true, description: 'By who looks after them.' })
  assigneeId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that looks after them.' })
  teamId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when the latest post was said.' })
  lastPostAt?: DateTimeFilter;
}

@ArgsType()
class ConversationsArgs extends PageArgs {
  @Field(() => ConversationFilter, { nullable: true, description: 'Only these.' })
  filter?: ConversationFilter;
  @Field(() => [ConversationOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof ConversationOrder>[];
}

@InputType({ description: 'Who looks after a conversation.' })
export class AssignConversationInput extends MutationInput {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId: string;
  @Field(() => ID, { nullable: true, description: 'The member who takes it; nobody when left out.' })
  assigneeId?: string;
  @Field(() => ID, { nullable: true, description: 'The team that takes it; none when left out.' })
  teamId?: string;
}

@InputType({ description: 'Where a conversation stands.' })
export class SetConversationStatusInput extends MutationInput {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId: string;
  @Field(() => ConversationStatus, { description: 'Where it stands now.' })
  status: ConversationStatus;
}

@ObjectType({ description: 'What became of assigning a conversation.', simpleResolvers: true })
export class AssignConversationPayload extends MutationPayload {
  @Reference(() => Conversation, 'conversationId', { nullable: true, description: 'The conversation as it is now.' })
  conversation?: Conversation;
}

@ObjectType({ description: 'What became of setting the status of a conversation.', simpleResolvers: true })
export class SetConversationStatusPayload extends MutationPayload {
  @Reference(() => Conversation, 'conversationId', { nullable: true, description: 'The conversation as it is now.' })
  conversation?: Conversation;
}

@Resolver(() => Conversation)
export class ConversationResolver {
  @Permit('social:read')
  @Query(() => Conversation, {
    nullable: true,
    description: 'One conversation, or nothing when there is none that you may see.',
  })
  conversation(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Conversation | null> {
    return context.recordByPublicId(Conversation, id);
  }

  @Permit('social:read')
  @Query(() => ConversationConnection, { description: 'Conversations you may see, on every channel.' })
  conversations(@Args(() => ConversationsArgs) args: ConversationsArgs, @Ctx() context: RequestContext) {
    return context.page(Conversation, args);
  }

  @FieldResolver(() => PostConnection, { description: 'What was said in it.' })
  posts(@Root() conversation: Conversation, @Args(() => PostsArgs) args: PostsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(
      Post,
      { name: 'conversation.posts', condition: 't.conversation_id = k.parent' },
      conversation.id,
      args,
    );
  }

  @Permit('social:write')
  @Mutation(() => AssignConversationPayload, { description: 'Says who looks after a conversation.' })
  assignConversation(
    @Arg('input', { description: 'Who takes what.' }) input: AssignConversationInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'assignConversation', input, async tx => {
      const conversationId = await visibleId(tx, context.viewer, Conversation, input.conversationId, 'conversationId');
      const assigneeId = input.assigneeId
        ? await visibleId(tx, context.viewer, Member, input.assigneeId, 'assigneeId')
        : null;
      const teamId = input.teamId ? await visibleId(tx, context.viewer, Team, input.teamId, 'teamId') : null;
      await assignConversation(tx, conversationId, assigneeId, teamId);
      return { conversationId };
    });
  }

  @Permit('social:write')
  @Mutation(() => SetConversationStatusPayload, { description: 'Says where a conversation stands.' })
  setConversationStatus(
    @Arg('input', { description: 'What stands where.' }) input: SetConversationStatusInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setConversationStatus', input, async tx => {
      const conversationId = await visibleId(tx, context.viewer, Conversation, input.conversationId, 'conversationId');
      await setConversationStatus(tx, conversationId, input.status);
      return { conversationId };
    });
  }
}
