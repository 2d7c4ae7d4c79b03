import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import {
  ArticleInput,
  ArticlePayload,
  CreateArticleInput,
  ImportArticlesInput,
  ImportArticlesPayload,
  PublishArticleInput,
  RestoreArticleVersionInput,
  UpdateArticleInput,
  WithdrawArticleInput,
  WriteArticleInput,
} from './article.inputs.js';
import { createArticle, restoreVersion, updateArticle, writeArticle } from './article.service.js';
import { importArticles } from './import.service.js';
import { archiveArticle, publishArticle, reopenArticle, withdrawArticle } from './publishing.service.js';

const WHICH = { description: 'Which, and how.' };

@Resolver()
export class ArticleWriteResolver {
  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, {
    description: 'Writes an article down; it is read by nobody else until it is published.',
  })
  createArticle(
    @Arg('input', () => CreateArticleInput, { description: 'What it says, and to whom.' }) input: CreateArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createArticle', input, tx => createArticle(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Changes for whom an article is, where it stands and whose it is.' })
  updateArticle(
    @Arg('input', () => UpdateArticleInput, WHICH) input: UpdateArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateArticle', input, tx => updateArticle(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, {
    description: 'Writes a new version in one language. What is published stays as it is until this is.',
  })
  writeArticle(@Arg('input', () => WriteArticleInput, WHICH) input: WriteArticleInput, @Ctx() context: RequestContext) {
    return mutate(context, 'writeArticle', input, tx => writeArticle(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Writes what an older version said as the latest one.' })
  restoreArticleVersion(
    @Arg('input', () => RestoreArticleVersionInput, WHICH) input: RestoreArticleVersionInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'restoreArticleVersion', input, tx => restoreVersion(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Shows a version in one language to those the article is for.' })
  publishArticle(
    @Arg('input', () => PublishArticleInput, WHICH) input: PublishArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'publishArticle', input, tx => publishArticle(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Shows an article no more; what was written stays.' })
  withdrawArticle(
    @Arg('input', () => WithdrawArticleInput, WHICH) input: WithdrawArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'withdrawArticle', input, tx => withdrawArticle(tx, context.viewer, input));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Puts an article away: it is neither shown nor written any more.' })
  archiveArticle(
    @Arg('input', () => ArticleInput, { description: 'Which.' }) input: ArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'archiveArticle', input, tx => archiveArticle(tx, context.viewer, input.articleId));
  }

  @Permit('knowledge:write')
  @Mutation(() => ArticlePayload, { description: 'Takes an article that was put away up again, as a draft.' })
  reopenArticle(
    @Arg('input', () => ArticleInput, { description: 'Which.' }) input: ArticleInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reopenArticle', input, tx => reopenArticle(tx, context.viewer, input.articleId));
  }

  @Permit('knowledge:write')
  @Mutation(() => ImportArticlesPayload, {
    description: 'Keeps up to 200 articles that come from elsewhere, known again by their names in addresses.',
  })
  importArticles(
    @Arg('input', () => ImportArticlesInput, { description: 'The articles.' }) input: ImportArticlesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'importArticles', input, tx => importArticles(tx, input.items));
  }
}
