import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { SocialIdentity } from './identity.entity.js';
import { Post } from './post.entity.js';
import { PostFilter, PostOrder } from './post.inputs.js';
import { htmlOfPost, mentionsOfPost, revisionsOfPost } from './post.loaders.js';
import { PostRevision } from './post-revision.entity.js';

export const PostConnection = connectionOf(Post, 'Post');

@ArgsType()
export class PostsArgs extends PageArgs {
  @Field(() => PostFilter, { nullable: true, description: 'Only these.' })
  filter?: PostFilter;
  @Field(() => [PostOrder], { nullable: true, description: 'In this order; the latest first unless said.' })
  orderBy?: InstanceType<typeof PostOrder>[];
}

@Resolver(() => Post)
export class PostResolver {
  @Permit('social:read')
  @Query(() => Post, { nullable: true, description: 'One post, or nothing when there is none that you may see.' })
  post(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Post | null> {
    return context.recordByPublicId(Post, id);
  }

  @Permit('social:read')
  @Query(() => PostConnection, { description: 'Posts you may see, from every channel.' })
  posts(@Args(() => PostsArgs) args: PostsArgs, @Ctx() context: RequestContext) {
    return context.page(Post, args);
  }

  @FieldResolver(() => [SocialIdentity], { description: 'Whom it names, of those you may see.' })
  mentions(@Root() post: Post, @Ctx() context: RequestContext): Promise<SocialIdentity[]> {
    return context.load(mentionsOfPost, post.id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What was said with its own markup, made harmless: structure and links, no styles, scripts or pictures. Nothing where it came as plain text.',
  })
  html(@Root() post: Post, @Ctx() context: RequestContext): Promise<string | null> {
    return context.load(htmlOfPost, post.id);
  }

  @FieldResolver(() => [PostRevision], {
    description: 'What it said before its edits, the latest first; nothing once the network had it removed.',
  })
  revisions(@Root() post: Post, @Ctx() context: RequestContext): Promise<PostRevision[]> {
    return context.load(revisionsOfPost, post.id);
  }
}

const POSTS_OF_CUSTOMER = {
  name: 'customer.posts',
  condition: 't.author_id in (select ci.id from social_identities ci where ci.customer_id = k.parent)',
};
const POSTS_OF_IDENTITY = { name: 'identity.posts', condition: 't.author_id = k.parent', seen: 'author_id' };

@Resolver(() => Customer)
export class CustomerPostsResolver {
  @FieldResolver(() => PostConnection, { description: 'What the customer said, under any of its identities.' })
  posts(@Root() customer: Customer, @Args(() => PostsArgs) args: PostsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Post, POSTS_OF_CUSTOMER, customer.id, args);
  }
}

@Resolver(() => SocialIdentity)
export class IdentityPostsResolver {
  @FieldResolver(() => PostConnection, { description: 'What this identity said.' })
  posts(@Root() identity: SocialIdentity, @Args(() => PostsArgs) args: PostsArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Post, POSTS_OF_IDENTITY, identity.id, args);
  }
}
