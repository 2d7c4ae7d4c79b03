import { defineRecord } from '../../../platform/schema/index.js';
import { Article } from './article.entity.js';
import { ArticleCategory } from './article-category.entity.js';
import { ArticleFeedback } from './article-feedback.entity.js';
import { MissedSearch } from './missed-search.entity.js';

defineRecord({
  type: ArticleCategory,
  name: 'article_categories',
  prefix: 'article_category',
  visibility: 'ARTICLE_CATEGORY',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

export const articleRecord = defineRecord({
  type: Article,
  name: 'articles',
  prefix: 'article',
  visibility: 'ARTICLE',
  orders: {
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    SLUG: { sql: 't.slug', type: 'text', nullable: false },
  },
  defaultOrder: [{ field: 'UPDATED_AT', direction: 'DESC' }],
  filters: {
    slug: { sql: 't.slug', type: 'text' },
    state: { sql: 't.state', type: 'text' },
    audience: { sql: 't.audience', type: 'text' },
    articleCategoryId: { sql: 't.category_id', type: 'uuid', prefix: 'article_category' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member', isForStaff: true },
    reviewDueAt: { sql: 't.review_due_at', type: 'timestamptz', isForStaff: true },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});

defineRecord({
  type: ArticleFeedback,
  name: 'article_feedback',
  prefix: 'article_feedback',
  visibility: 'ARTICLE_WRITING',
  orders: { GIVEN_AT: { sql: 't.given_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'GIVEN_AT', direction: 'DESC' }],
  filters: {
    articleId: { sql: 't.article_id', type: 'uuid', prefix: 'article' },
    helpful: { sql: 't.helpful', type: 'boolean' },
    language: { sql: 't.language', type: 'text' },
    readerKind: { sql: 't.reader_kind', type: 'text' },
    hasComment: { sql: '', type: 'boolean', build: is => `t.comment is ${is ? 'not ' : ''}null` },
  },
});

defineRecord({
  type: MissedSearch,
  name: 'missed_searches',
  prefix: 'article_search',
  visibility: 'ARTICLE_WRITING',
  where: '(t.found_nothing > 0 or t.opened = 0)',
  orders: {
    SEARCHES: { sql: 't.searches', type: 'integer', nullable: false },
    LAST_AT: { sql: 't.last_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'SEARCHES', direction: 'DESC' }],
  filters: {
    language: { sql: 't.language', type: 'text' },
    readerKind: { sql: 't.reader_kind', type: 'text' },
    lastAt: { sql: 't.last_at', type: 'timestamptz' },
    foundNothing: { sql: '', type: 'boolean', build: is => `t.found_nothing ${is ? '>' : '='} 0` },
  },
});
