import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../../platform/schema/index.js';
import { ArticleSearchArgs, FoundArticle, FoundPage } from './search.types.js';

/** What is told of an article that is for everybody, in a list and by itself. */
@ObjectType({ simpleResolvers: true })
abstract class PublicArticleLabel {
  @Field({ description: 'Its name in addresses.' })
  slug: string;
  @Field({ description: 'The language it is told in: en, es or pt.' })
  language: string;
  @Field({ description: 'Whether that is another one than was asked for, because there is none in that.' })
  isOtherLanguage: boolean;
  @Field({ description: 'The title.' })
  title: string;
  @Field({ description: 'What it is about; empty when nobody said.' })
  summary: string;
  @Field(() => String, { nullable: true, description: 'Where it stands; nothing for nowhere that is for everybody.' })
  category: string | null;
}

@ObjectType({ description: 'An article that is for everybody, in a list.', simpleResolvers: true })
export class PublicArticleHeading extends PublicArticleLabel {
  @Field({ description: 'To be given as `after` for those that follow it, in the same language.' })
  cursor: string;
}

@ObjectType({ description: 'An article that is for everybody.', simpleResolvers: true })
export class PublicArticle extends PublicArticleLabel {
  articleId: string;
  @Field({ description: 'The text as HTML that is safe to show.' })
  bodyHtml: string;
  @Field({ description: 'The text without any markup.' })
  bodyText: string;
  @Field(() => [String], { description: 'The languages it is there in.' })
  languages: string[];
  @Field(() => DateTime, { description: 'When what is shown was published.' })
  publishedAt: string;
}

@ObjectType({ description: 'An article for everybody that was found.', simpleResolvers: true })
export class PublicArticleHit extends FoundArticle {}

@ObjectType({ description: 'A page of articles for everybody that were found, the best first.', simpleResolvers: true })
export class PublicArticleSearch extends FoundPage {
  @Field(() => [PublicArticleHit], { description: 'The articles.' })
  nodes: PublicArticleHit[];
}

const ORGANIZATION = { description: 'The organisation, by its name in addresses or its id.' };
const LANGUAGE = { nullable: true, description: 'The language: en, es or pt; yours unless said.' };

@ArgsType()
export class PublicArticleSearchArgs extends ArticleSearchArgs {
  @Field(ORGANIZATION)
  organization: string;
}

@ArgsType()
export class PublicArticlesArgs {
  @Field(ORGANIZATION)
  organization: string;
  @Field(() => String, LANGUAGE)
  language?: string | null;
  @Field(() => Int, { nullable: true, defaultValue: 100, description: 'How many, 1 to 200.' })
  first: number;
  @Field(() => String, { nullable: true, description: 'Only those that follow the one with this `cursor`.' })
  after?: string | null;
}

@ArgsType()
export class PublicArticleArgs {
  @Field(ORGANIZATION)
  organization: string;
  @Field({ description: 'The name of the article in addresses.' })
  slug: string;
  @Field(() => String, LANGUAGE)
  language?: string | null;
  @Field(() => String, { nullable: true, description: 'What was looked for when it was found.' })
  query?: string | null;
}
