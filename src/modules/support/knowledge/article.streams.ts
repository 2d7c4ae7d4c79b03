import { Args, ArgsType, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { defineStream, overSocket } from '../../../events/index.js';
import { publicId } from '../../../platform/ids.js';
import { Reference } from '../../../platform/schema/index.js';
import { isAllowed, Permit, type Role } from '../../access/index.js';
import { Article } from './article.entity.js';
import { ArticleFilter } from './article.inputs.js';
import { ArticleChange } from './article-enums.entity.js';
import { articleRecord } from './records.js';

@ObjectType({ description: 'Something that happened to an article.', simpleResolvers: true })
export class ArticleEvent {
  @Field({ description: 'Place of this event in the feed. Subscribe with it as `after` to go on from here.' })
  cursor: string;
  @Field(() => ArticleChange, { description: 'What happened.' })
  change: ArticleChange;
  @Field(() => String, { nullable: true, description: 'In which language: en, es or pt; nothing for all of them.' })
  language: string | null;
  @Field(() => ID, { description: 'Id of the article.' })
  articleId: string;
  @Reference(() => Article, 'storedArticleId', { nullable: true, description: 'The article as it is now.' })
  article?: Article;
}

defineStream({
  field: 'articleChanged',
  types: ['article.changed'],
  record: articleRecord,
  // That something is being written is nobody's business but theirs who write.
  tells: ({ data }, role) => data?.['change'] !== ArticleChange.WRITTEN || isAllowed(role as Role, 'knowledge:write'),
  root: ({ subjectId, data }, cursor) => ({
    cursor,
    change: data?.['change'] ?? ArticleChange.CHANGED,
    language: data?.['language'] ?? null,
    articleId: publicId('article', subjectId),
    storedArticleId: subjectId,
  }),
});

@ArgsType()
class ArticleStreamArgs {
  @Field(() => ArticleFilter, { nullable: true, description: 'Only articles like these, as they are then.' })
  filter?: ArticleFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@Resolver()
export class ArticleStreamResolver {
  @Permit('knowledge:read')
  @Subscription(() => ArticleEvent, {
    subscribe: overSocket,
    description:
      'What happens to articles that you may read, each once and in order; to drafts, for those who write. What is shown to you no longer is not told of.',
  })
  articleChanged(@Root() event: ArticleEvent, @Args(() => ArticleStreamArgs) _args: ArticleStreamArgs): ArticleEvent {
    return event;
  }
}
