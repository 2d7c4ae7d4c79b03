import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { InputProblem } from '../../../platform/errors.js';
import {
  connectionOf,
  DateTime,
  DateTimeFilter,
  enumFilterOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
  UserError,
} from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';
import { ArticleAudience, ArticleState } from './article-enums.entity.js';

export const ArticleConnection = connectionOf(Article, 'Article');

enum ArticleOrderField {
  UPDATED_AT = 'UPDATED_AT',
  SLUG = 'SLUG',
}
registerEnumType(ArticleOrderField, {
  name: 'ArticleOrderField',
  description: 'What articles are ordered by.',
  valuesConfig: {
    UPDATED_AT: { description: 'When they last changed.' },
    SLUG: { description: 'Their names in addresses.' },
  },
});
const ArticleOrder = orderInputOf(ArticleOrderField, 'Article');
const ArticleStateFilter = enumFilterOf(ArticleState, 'ArticleState');
const ArticleAudienceFilter = enumFilterOf(ArticleAudience, 'ArticleAudience');

@InputType({ description: 'Which articles; all conditions must hold.' })
export class ArticleFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By their names in addresses.' })
  slug?: StringFilter;
  @Field(() => ArticleStateFilter, { nullable: true, description: 'By whether they are read.' })
  state?: object;
  @Field(() => ArticleAudienceFilter, { nullable: true, description: 'By for whom they are.' })
  audience?: object;
  @Field(() => IdFilter, { nullable: true, description: 'By the category they stand in, without those below it.' })
  articleCategoryId?: IdFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By who answers for them; for staff.' })
  ownerId?: IdFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they are to be looked through; for staff.' })
  reviewDueAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they last changed.' })
  updatedAt?: DateTimeFilter;
}

@ArgsType()
export class ArticlesArgs extends PageArgs {
  @Field(() => ArticleFilter, { nullable: true, description: 'Only these.' })
  filter?: ArticleFilter;
  @Field(() => [ArticleOrder], { nullable: true, description: 'In this order; the latest change first unless said.' })
  orderBy?: InstanceType<typeof ArticleOrder>[];
}

@InputType({ description: 'What an article says in one language.' })
export class ArticleTextInput {
  @Field({ description: 'The language: en, es or pt.' })
  language: string;
  @Field({ description: 'The title, up to 200 characters.' })
  title: string;
  @Field(() => String, { nullable: true, description: 'What it is about, up to 500 characters.' })
  summary?: string | null;
  @Field({ description: 'The text in Markdown, up to 100,000 characters. HTML in it is shown as it is typed.' })
  body: string;
  @Field(() => [String], { nullable: true, description: 'Other words it is to be found by, up to 30.' })
  keywords?: string[] | null;
}

@InputType({ description: 'An article to be written.' })
export class CreateArticleInput extends MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses: small letters, digits and hyphens; made of the title unless said.',
  })
  slug?: string | null;
  @Field(() => ArticleAudience, { description: 'For whom it is.' })
  audience: ArticleAudience;
  @Field(() => ID, { nullable: true, description: 'Where it stands.' })
  articleCategoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who answers for it.' })
  ownerId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'By when it is to be looked through.' })
  reviewDueAt?: string | null;
  @Field(() => ArticleTextInput, { description: 'What it says, in its first language.' })
  text: ArticleTextInput;
}

@InputType({
  description: 'How an article changes; what is left out stays. What it says is changed by `writeArticle`.',
})
export class UpdateArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name in addresses.' })
  slug?: string | null;
  @Field(() => ArticleAudience, { nullable: true, description: 'For whom it is, at once.' })
  audience?: ArticleAudience | null;
  @Field(() => ID, { nullable: true, description: 'Where it stands; null for nowhere.' })
  articleCategoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who answers for it; null for nobody.' })
  ownerId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'By when it is to be looked through; null for never.' })
  reviewDueAt?: string | null;
}

@InputType({ description: 'What an article is to say in one language.' })
export class WriteArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => Int, {
    nullable: true,
    description:
      'Number of the version that you changed, 0 for a new language; when somebody wrote another one since, it is a CONFLICT.',
  })
  basedOn?: number | null;
  @Field(() => ArticleTextInput, { description: 'What it says.' })
  text: ArticleTextInput;
}

@InputType({ description: 'A version of an article in one language.' })
export class PublishArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field({ description: 'The language: en, es or pt.' })
  language: string;
  @Field(() => Int, { nullable: true, description: 'Number of the version; the latest unless said.' })
  number?: number | null;
}

@InputType({ description: 'What is to be shown no more.' })
export class WithdrawArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field(() => String, { nullable: true, description: 'In which language; in all of them unless said.' })
  language?: string | null;
}

@InputType({ description: 'An older version that is to be the latest again.' })
export class RestoreArticleVersionInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
  @Field({ description: 'The language: en, es or pt.' })
  language: string;
  @Field(() => Int, { description: 'Number of the version.' })
  number: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Number of the latest version that you saw; when somebody wrote another one since, it is a CONFLICT.',
  })
  basedOn?: number | null;
}

@InputType({ description: 'An article.' })
export class ArticleInput extends MutationInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
}

@InputType({ description: 'An article as it comes from elsewhere, in one language.' })
export class ImportArticleItem {
  @Field({ description: 'Its name in addresses, by which it is known again.' })
  slug: string;
  @Field(() => ArticleAudience, { nullable: true, description: 'For whom a new one is; STAFF unless said.' })
  audience?: ArticleAudience | null;
  @Field(() => String, { nullable: true, description: 'Name of the category a new one stands in.' })
  category?: string | null;
  @Field(() => ArticleTextInput, { description: 'What it says; the same again is written once.' })
  text: ArticleTextInput;
  @Field({ defaultValue: false, description: 'Whether it is to be shown at once.' })
  publish: boolean;
}

@InputType({ description: 'Up to 200 articles that come from elsewhere.' })
export class ImportArticlesInput extends MutationInput {
  @Field(() => [ImportArticleItem], { description: 'The articles, each by itself.' })
  items: ImportArticleItem[];
}

@ObjectType({ description: 'An article after it was changed.', simpleResolvers: true })
export class ArticlePayload extends MutationPayload {
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article.' })
  article?: Article;
  @Field(() => Int, { nullable: true, description: 'Number of the version that was written or published.' })
  number?: number | null;
}

@ObjectType({ description: 'What became of one article that was imported.', simpleResolvers: true })
class ImportArticleResult {
  @Field(() => Int, { description: 'Place of the item in the input, from 0.' })
  index: number;
  @Reference(() => Article, 'articleId', { nullable: true, description: 'The article, unless the item was refused.' })
  article?: Article;
  @Field(() => [UserError], { description: 'Empty when it was done; paths begin inside the item.' })
  userErrors: InputProblem[];
}

@ObjectType({ description: 'What became of each article that was imported.', simpleResolvers: true })
export class ImportArticlesPayload extends MutationPayload {
  @Field(() => [ImportArticleResult], { nullable: true, description: 'One answer an item, in the order of the input.' })
  results?: ImportArticleResult[];
}
