import { Args, ArgsType, Field, ObjectType, Resolver, Root, registerEnumType, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../events/index.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit } from '../access/index.js';
import { Post } from './post.entity.js';
import { PostFilter } from './post.inputs.js';
import { postRecord } from './records.js';

export enum PostChange {
  EDITED = 'EDITED',
  DELETED = 'DELETED',
  REASSESSED = 'REASSESSED',
  HIDDEN = 'HIDDEN',
}
registerEnumType(PostChange, {
  name: 'PostChange',
  description: 'What happened to a post we had.',
  valuesConfig: {
    EDITED: { description: 'Its author changed it.' },
    DELETED: { description: 'It was deleted on its network.' },
    REASSESSED: { description: 'A person corrected its sentiment.' },
    HIDDEN: { description: 'We hid it on its network, or showed it again.' },
  },
});

@ObjectType({ description: 'A post that has just reached us.', simpleResolvers: true })
export class PostReceived {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Reference(() => Post, 'postId', { description: 'The post.' })
  post: Post;
}

@ObjectType({ description: 'A change to a post we had.', simpleResolvers: true })
export class PostChanged {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => PostChange, { description: 'What happened.' })
  change: PostChange;
  @Reference(() => Post, 'postId', { description: 'The post as it is now.' })
  post: Post;
}

const CHANGES = {
  'post.edited': PostChange.EDITED,
  'post.deleted': PostChange.DELETED,
  'post.reassessed': PostChange.REASSESSED,
  'post.hidden': PostChange.HIDDEN,
} as const;

defineStream({
  field: 'postReceived',
  types: ['post.received'],
  record: postRecord,
  root: (event, cursor) => ({ cursor, postId: event.subjectId }),
});

defineStream({
  field: 'postChanged',
  types: Object.keys(CHANGES) as (keyof typeof CHANGES)[],
  record: postRecord,
  root: (event, cursor) => ({ cursor, change: CHANGES[event.type as keyof typeof CHANGES], postId: event.subjectId }),
});

@ArgsType()
class PostStreamArgs {
  @Field(() => PostFilter, { nullable: true, description: 'Only posts like these.' })
  filter?: PostFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class PostStreamResolver {
  @Permit('social:read')
  @Subscription(() => PostReceived, {
    subscribe: overSocket,
    description: 'Posts as they reach us, each once and in order.',
  })
  postReceived(@Root() event: PostReceived, @Args(() => PostStreamArgs) _args: PostStreamArgs): PostReceived {
    return event;
  }

  @Permit('social:read')
  @Subscription(() => PostChanged, {
    subscribe: overSocket,
    description: 'Edits, deletions and corrections of posts, each once and in order.',
  })
  postChanged(@Root() event: PostChanged, @Args(() => PostStreamArgs) _args: PostStreamArgs): PostChanged {
    return event;
  }
}
