import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Json, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { ArticleCategory } from './article-category.entity.js';
import { ArticleAudience } from './article-enums.entity.js';

@InputType()
abstract class ArticleCategoryFields extends MutationInput {
  @Field(() => Json, { nullable: true, description: 'Its name in other languages, by BCP 47; all of them.' })
  names?: unknown;
  @Field(() => ID, { nullable: true, description: 'The category it stands in; null for none.' })
  parentId?: string | null;
  @Field(() => ArticleAudience, { nullable: true, description: 'Who is told its name; PUBLIC unless said.' })
  audience?: ArticleAudience | null;
  @Field(() => Int, { nullable: true, description: 'Its place beside others, the lowest first.' })
  position?: number | null;
}

@InputType({ description: 'A category to be kept.' })
export class CreateArticleCategoryInput extends ArticleCategoryFields {
  @Field({ description: 'Its name, up to 100 characters.' })
  name: string;
}

@InputType({ description: 'How a category changes; what is left out stays.' })
export class UpdateArticleCategoryInput extends ArticleCategoryFields {
  @Field(() => ID, { description: 'The category.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'The version you saw; somebody else’s change is then a CONFLICT.' })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
}

@InputType({ description: 'A category that nothing stands in.' })
export class DeleteArticleCategoryInput extends MutationInput {
  @Field(() => ID, { description: 'The category.' })
  id: string;
}

@ObjectType({ description: 'A category after it was changed.', simpleResolvers: true })
export class ArticleCategoryPayload extends MutationPayload {
  @Reference(() => ArticleCategory, 'categoryId', { nullable: true, description: 'The category.' })
  category?: ArticleCategory;
}

@ObjectType({ description: 'What became of a category that was to be deleted.', simpleResolvers: true })
export class DeleteArticleCategoryPayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it is gone.' })
  deleted?: boolean;
}
