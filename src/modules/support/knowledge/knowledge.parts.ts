import type { Entrance } from '../portal/entrance.js';
import { Article } from './article.entity.js';
import { ArticleResolver, ArticleTranslationResolver } from './article.resolver.js';
import { ArticleStreamResolver } from './article.streams.js';
import { ArticleCategory } from './article-category.entity.js';
import { ArticleFeedback } from './article-feedback.entity.js';
import { ArticleLexeme } from './article-lexeme.entity.js';
import { ArticleRead } from './article-read.entity.js';
import { ArticleText } from './article-text.entity.js';
import { ArticleTranslation } from './article-translation.entity.js';
import { ArticleUse } from './article-use.entity.js';
import { ArticleVersion } from './article-version.entity.js';
import { ArticleView } from './article-view.entity.js';
import { ArticleWriteResolver } from './article-write.resolver.js';
import { ArticleCategoryResolver } from './category.resolver.js';
import { ArticleFeedbackResolver, TicketArticlesResolver } from './feedback.resolver.js';
import { MissedSearch } from './missed-search.entity.js';
import { PublicArticleResolver } from './public-article.resolver.js';
import { ArticleSearchResolver } from './search.resolver.js';

import './csv.kinds.js';
import './erasure.service.js';
import './merge.tables.js';
import './records.js';

export const knowledgeEntities = [
  ArticleCategory,
  Article,
  ArticleTranslation,
  ArticleVersion,
  ArticleText,
  ArticleLexeme,
  ArticleFeedback,
  ArticleView,
  ArticleRead,
  ArticleUse,
  MissedSearch,
];

export const knowledgeResolvers = (entrance?: Entrance): object[] => [
  new ArticleCategoryResolver(),
  new ArticleResolver(),
  new ArticleTranslationResolver(),
  new ArticleWriteResolver(),
  new ArticleStreamResolver(),
  new ArticleSearchResolver(),
  new ArticleFeedbackResolver(),
  new TicketArticlesResolver(),
  new PublicArticleResolver(entrance as Entrance),
];
