import { csvKind, momentColumn, textColumn, wordColumn, wordsColumn } from '../../../platform/csv/index.js';
import { ArticleAudience, ArticleState } from './article-enums.entity.js';

/** What is written last in each language, as `importArticles` takes it. */
csvKind({
  name: 'articles',
  table: 'article_translations',
  visibility: 'ARTICLE_WRITING',
  joins: `join articles a on a.organization_id = t.organization_id and a.id = t.article_id
          join article_versions v on v.organization_id = t.organization_id and v.article_id = t.article_id and v.language = t.language
           and v.number = t.latest_number
          left join article_categories c on c.organization_id = a.organization_id and c.id = a.category_id`,
  key: ['id'],
  isVersioned: false,
  isExportOnly: true,
  columns: [
    textColumn({ field: 'slug', shown: 'a.slug', help: 'Its name in addresses.' }),
    textColumn({ field: 'language', column: 'language', help: 'The language: en, es or pt.' }),
    wordColumn(
      { field: 'audience', shown: 'a.audience', help: 'PUBLIC, CUSTOMERS, PARTNERS or STAFF.' },
      Object.values(ArticleAudience),
    ),
    wordColumn(
      { field: 'state', shown: 'a.state', help: 'DRAFT, PUBLISHED or ARCHIVED.' },
      Object.values(ArticleState),
    ),
    textColumn({ field: 'category', shown: 'c.name', help: 'The category it stands in.' }),
    textColumn({ field: 'title', shown: 'v.title', help: 'The title.' }),
    textColumn({ field: 'summary', shown: 'v.summary', help: 'What it is about.' }),
    textColumn({ field: 'body', shown: 'v.body', help: 'The text, in Markdown.' }),
    wordsColumn({
      field: 'keywords',
      shown: 'v.keywords',
      help: 'Other words it is found by, | between them.',
    }),
    momentColumn({ field: 'updatedAt', column: 'updated_at', help: 'When it was last written or published.' }),
  ],
});
