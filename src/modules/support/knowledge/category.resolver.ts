import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { columnsOf } from '../../../platform/schema/index.js';
import { audiencesOf, mutate, Permit, RequestContext } from '../../access/index.js';
import { ArticleCategory } from './article-category.entity.js';
import {
  ArticleCategoryPayload,
  CreateArticleCategoryInput,
  DeleteArticleCategoryInput,
  DeleteArticleCategoryPayload,
  UpdateArticleCategoryInput,
} from './category.inputs.js';
import {
  createArticleCategory,
  deleteArticleCategory,
  MOST_CATEGORIES,
  updateArticleCategory,
} from './category.service.js';

@Resolver(() => ArticleCategory)
export class ArticleCategoryResolver {
  @Permit('knowledge:read')
  @Query(() => [ArticleCategory], {
    description: `All categories whose names are for you, in their order; ${MOST_CATEGORIES} at the most.`,
  })
  articleCategories(@Ctx() context: RequestContext): Promise<ArticleCategory[]> {
    return context.read<ArticleCategory>(
      `select ${columnsOf(ArticleCategory)} from article_categories t where t.audience = any ($1::text[])
        order by t.position, t.name, t.id limit ${MOST_CATEGORIES}`,
      [audiencesOf(context.viewer)],
    );
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticleCategoryPayload, { description: 'Makes a category of articles.' })
  createArticleCategory(
    @Arg('input', () => CreateArticleCategoryInput, { description: 'What it is called, and where it stands.' })
    input: CreateArticleCategoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createArticleCategory', input, tx => createArticleCategory(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticleCategoryPayload, { description: 'Changes a category of articles.' })
  updateArticleCategory(
    @Arg('input', () => UpdateArticleCategoryInput, { description: 'Which, and how.' })
    input: UpdateArticleCategoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateArticleCategory', input, tx => updateArticleCategory(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => DeleteArticleCategoryPayload, { description: 'Deletes a category that nothing stands in.' })
  deleteArticleCategory(
    @Arg('input', () => DeleteArticleCategoryInput, { description: 'Which.' }) input: DeleteArticleCategoryInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'deleteArticleCategory', input, tx => deleteArticleCategory(tx, context.viewer, input.id));
  }
}
