import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requireSize } from '../../../platform/paging/index.js';
import { DateTime } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { Article } from './article.entity.js';
import { ArticleConnection, ArticlesArgs } from './article.inputs.js';
import {
  ArticleStatistics,
  languagesOfArticle,
  statisticsOfArticle,
  textOfArticle,
  translationsOfArticle,
  versionOfTranslation,
  versionsOfTranslation,
} from './article.loaders.js';
import { ArticleText } from './article-text.entity.js';
import { ArticleTranslation } from './article-translation.entity.js';
import { ArticleVersion } from './article-version.entity.js';
import { languageAsked } from './query.rules.js';

@Resolver(() => Article)
export class ArticleResolver {
  @Permit('knowledge:read')
  @Query(() => Article, {
    nullable: true,
    description: 'One article, or nothing when there is none that you may read.',
  })
  article(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId<Article>(Article, id);
  }

  @Permit('knowledge:read')
  @Query(() => Article, { nullable: true, description: 'One article by its name in addresses.' })
  async articleBySlug(
    @Arg('slug', () => String, { description: 'Its name in addresses.' }) slug: string,
    @Ctx() context: RequestContext,
  ): Promise<Article | null> {
    const [row] = await context.read<{ id: string }>('select id from articles where slug = $1', [slug]);
    return row ? context.recordById<Article>(Article, row.id) : null;
  }

  @Permit('knowledge:read')
  @Query(() => ArticleConnection, { description: 'The articles that you may read.' })
  articles(@Args(() => ArticlesArgs) args: ArticlesArgs, @Ctx() context: RequestContext) {
    return context.page(Article, args);
  }

  @FieldResolver(() => ArticleText, {
    nullable: true,
    description: 'What it says to readers: the version that is published; nothing when none is.',
  })
  text(
    @Root() article: Article,
    @Arg('language', () => String, {
      nullable: true,
      description: 'The language: en, es or pt; yours unless said. Where there is none in it, another one is told.',
    })
    language: string | null,
    @Ctx() context: RequestContext,
  ): Promise<ArticleText | null> {
    const [definition, variant] = textOfArticle(languageAsked(language, context.language));
    return context.loaders.get(definition, variant).load(article.id);
  }

  @FieldResolver(() => [String], { description: 'The languages it is published in.' })
  languages(@Root() article: Article, @Ctx() context: RequestContext): Promise<string[]> {
    return context.load(languagesOfArticle, article.id);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'By when it is to be looked through; for staff.' })
  reviewDueAt(@Root() article: Article, @Ctx() context: RequestContext): string | null {
    return context.viewer.may('staff:read') ? article.reviewDueAt : null;
  }

  @FieldResolver(() => [ArticleTranslation], {
    description: 'What is written in each language, published or not; for those who write.',
  })
  translations(@Root() article: Article, @Ctx() context: RequestContext): Promise<ArticleTranslation[]> {
    return context.load(translationsOfArticle, article.id);
  }

  @FieldResolver(() => ArticleStatistics, { nullable: true, description: 'How it is read; for staff.' })
  statistics(@Root() article: Article, @Ctx() context: RequestContext): Promise<ArticleStatistics> | null {
    return context.viewer.may('staff:read') ? context.load(statisticsOfArticle, article.id) : null;
  }
}

const MOST_VERSIONS = 100;

@Resolver(() => ArticleTranslation)
export class ArticleTranslationResolver {
  @FieldResolver(() => ArticleVersion, { nullable: true, description: 'What was written last.' })
  latest(@Root() { articleId, language, latestNumber: number }: ArticleTranslation, @Ctx() context: RequestContext) {
    return context.load(versionOfTranslation, { articleId, language, number });
  }

  @FieldResolver(() => ArticleVersion, { nullable: true, description: 'What is shown; nothing when nothing is.' })
  published(@Root() { articleId, language, publishedNumber }: ArticleTranslation, @Ctx() context: RequestContext) {
    if (publishedNumber === null) return null;
    return context.load(versionOfTranslation, { articleId, language, number: publishedNumber });
  }

  @FieldResolver(() => [ArticleVersion], { description: 'Everything that was written, the latest first.' })
  versions(
    @Root() { articleId, language }: ArticleTranslation,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: `How many; ${MOST_VERSIONS} at the most.`,
    })
    first: number | null,
    @Arg('before', () => Int, { nullable: true, description: 'Only those that are older than this number.' })
    before: number | null,
    @Ctx() context: RequestContext,
  ): Promise<ArticleVersion[]> {
    requireSize(first, MOST_VERSIONS);
    const [definition, variant] = versionsOfTranslation(first, before ?? null);
    return context.loaders.get(definition, variant).load({ articleId, language });
  }
}
