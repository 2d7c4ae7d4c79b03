import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import {
  connectionOf,
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { Article } from './article.entity.js';
import { ArticleReader } from './article-enums.entity.js';
import { ArticleFeedback } from './article-feedback.entity.js';

export const ArticleFeedbackConnection = connectionOf(ArticleFeedback, 'ArticleFeedback');
const FeedbackReaderFilter = enumFilterOf(ArticleReader, 'ArticleFeedbackReader');

@InputType({ description: 'Which feedback; all conditions must hold.' })
class ArticleFeedbackFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By article.' })
  articleId?: IdFilter;
  @Field(() => Boolean, { nullable: true, description: 'By whether it helped.' })
  helpful?: boolean;
  @Field(() => StringFilter, { nullable: true, description: 'By language.' })
  language?: StringFilter;
  @Field(() => FeedbackReaderFilter, { nullable: true, description: 'By who it is of.' })
  readerKind?: object;
  @Field(() => Boolean, { nullable: true, description: 'Whether something was said beside.' })
  hasComment?: boolean;
}

@ArgsType()
export class ArticleFeedbackArgs extends PageArgs {
  @Field(() => ArticleFeedbackFilter, { nullable: true, description: 'Only this.' })
  filter?: ArticleFeedbackFilter;
}

@InputType()
abstract class RatingFields extends MutationInput {
  @Field(() => String, { nullable: true, description: 'The language it was read in; yours unless said.' })
  language?: string | null;
  @Field({ description: 'Whether it helped.' })
  helpful: boolean;
  @Field(() => String, { nullable: true, description: 'What there is to say, up to 2,000 characters.' })
  comment?: string | null;
}

@InputType({ description: 'What you think of an article. Said again, it stands in the place of what you said before.' })
export class RateArticleInput extends RatingFields {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
}

@InputType({ description: 'What somebody thinks of a public article.' })
export class RatePublicArticleInput extends RatingFields {
  @Field({ description: 'The organisation, by its name in addresses or its id.' })
  organization: string;
  @Field({ description: 'The name of the article in addresses.' })
  slug: string;
}

@ObjectType({ description: 'What became of feedback.', simpleResolvers: true })
export class RateArticlePayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was kept.' })
  rated?: boolean;
}

@InputType({ description: 'That an article is part of the answer in a ticket.' })
export class UseArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => String, { nullable: true, description: "In which language; the ticket's unless said." })
  language?: string | null;
}

@ObjectType({ description: 'An article, and the ticket it was used in.', simpleResolvers: true })
export class UseArticlePayload extends MutationPayload {
  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket.' })
  ticket?: Ticket;
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
}
