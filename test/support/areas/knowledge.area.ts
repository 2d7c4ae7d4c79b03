import type { Area } from './area.js';

const text = { language: 'en', title: 'Opening hours', body: 'We open at eight.' };

export const knowledge: Area = {
  byName: { articleId: 'article', articleCategoryId: 'article_category' },
  byField: {
    'createArticleCategory.parentId': 'article_category',
    'updateArticleCategory.parentId': 'article_category',
    'reopenArticle.articleId': 'archived_article',
  },
  byMutation: [
    [/^deleteArticleCategory$/, 'empty_article_category'],
    [/ArticleCategory$/, 'article_category'],
    [/Article$/, 'article'],
  ],
  byType: { Article: 'article' },
  prefixes: {
    empty_article_category: 'article_category',
    archived_article: 'article',
    article_text: 'article',
    article_use: 'article',
    article_translation: 'article',
    article_version: 'article',
  },
  sensible: {
    createArticle: [['input.text', () => text]],
    writeArticle: [['input.text', () => text]],
    publishArticle: [['input.language', () => 'en']],
    restoreArticleVersion: [['input.language', () => 'en']],
    importArticles: [['input.items', own => [{ slug: `${own.marker}-in`, text, publish: true }]]],
    articleReport: [
      ['from', () => '2026-10-01T00:00:00Z'],
      ['to', () => '2099-12-01T00:00:00Z'],
    ],
    selfServiceReport: [
      ['from', () => '2026-10-01T00:00:00Z'],
      ['to', () => '2099-12-01T00:00:00Z'],
    ],
    ratePublicArticle: [
      ['input.organization', own => own.ids['organization']],
      ['input.slug', own => own.marker],
    ],
  },
  async plant(put, { marker, now, member, customer, kept }) {
    const category = await put('article_categories', { name: marker, names: { es: marker } }, 'article_category');
    await put('article_categories', { name: `${marker} empty` }, 'empty_article_category');
    const own = { created_by: 'system:test', category_id: category, owner_id: member, review_due_at: now };
    const said = { language: 'en', number: 1, title: marker, summary: marker, keywords: [marker] };
    const article = await put(
      'articles',
      { ...own, slug: marker, audience: 'PUBLIC', state: 'PUBLISHED', published_at: now },
      'article',
    );
    await put('articles', { ...own, slug: `${marker}-old`, audience: 'STAFF', state: 'ARCHIVED' }, 'archived_article');
    const ofArticle = { article_id: article };
    await put(
      'article_translations',
      { ...ofArticle, language: 'en', latest_number: 1, published_number: 1 },
      'article_translation',
    );
    await put('article_versions', { ...ofArticle, ...said, body: marker, author: 'system:test' }, 'article_version');
    await put(
      'article_texts',
      { ...ofArticle, ...said, audience: 'PUBLIC', body_html: `<p>${marker}</p>`, body_text: `${marker} knowledge` },
      'article_text',
    );
    await put(
      'article_feedback',
      {
        ...ofArticle,
        language: 'en',
        number: 1,
        reader_kind: 'VISITOR',
        reader: marker,
        helpful: true,
        comment: marker,
      },
      'article_feedback',
    );
    await put('article_views', { ...ofArticle, day: now, views: 1 });
    await put('article_reads', { ...ofArticle, customer_id: customer, read_at: now }, 'article_read');
    await put(
      'article_uses',
      { ...ofArticle, ticket_id: kept['ticket'], language: 'en', used_by: 'system:test' },
      'article_use',
    );
    await put(
      'article_searches',
      { query: marker, language: 'en', reader_kind: 'STAFF', searches: 1, found_nothing: 1 },
      'article_search',
    );
  },
  rows({ id, moment, name, maybe, kept }) {
    const article = '00000000-0000-7000-8000-0000000000a1';
    kept['article'] = article;
    const own = { created_by: `'system:test'`, created_at: moment, updated_at: moment };
    return {
      first: [['articles', { ...own, id: `'${article}'::uuid`, slug: `'first'` }]],
      tables: {
        articles: { ...own, id, slug: 'gen_random_uuid()::text', review_due_at: maybe(moment) },
        article_feedback: {
          id,
          article_id: `'${article}'::uuid`,
          language: `'en'`,
          number: '1',
          reader_kind: `'VISITOR'`,
          reader: 'gen_random_uuid()::text',
          helpful: 'random() < .5',
          comment: maybe(name),
          given_at: moment,
        },
        article_searches: {
          id,
          query: 'gen_random_uuid()::text',
          language: `'es'`,
          reader_kind: `'CUSTOMER'`,
          searches: 'ceil(random() * 4)::int',
          found_nothing: '1',
          first_at: moment,
          last_at: moment,
        },
      },
    };
  },
};
