import type { Database, Scope } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import type { CursorSeal, CursorValue, Run } from '../../../platform/paging/index.js';
import { audiencesOf } from '../../access/index.js';
import { ArticleReader } from './article-enums.entity.js';
import type { PublicArticle, PublicArticleHeading } from './public-article.types.js';
import type { ArticleLanguage } from './query.rules.js';
import { type FoundPage, findArticles, rememberSearch } from './search.queries.js';
import { countView } from './view.service.js';

/** Where an article stands in the list: what stands nowhere comes last. None of it is null, so that a page goes on after any. */
const PLACE = [
  'c.id is null',
  'coalesce(c.position, 0)',
  "coalesce(c.name, '')",
  "coalesce(c.id, '00000000-0000-0000-0000-000000000000')",
  't.title',
  'a.id',
];

/** An organisation as somebody who did not sign in reads it: what is for everybody, and nothing else. */
export class Visit {
  private constructor(
    private readonly database: Database,
    readonly scope: Scope,
    readonly organization: { name: string; slug: string },
  ) {}

  /** Of an organisation by its name in addresses or its public id; null where there is none, or nothing to read. */
  static async to(database: Database, organization: string, requestId: string): Promise<Visit | null> {
    const { rows } = await database.system.query<{ id: string; name: string; slug: string }>({
      name: 'knowledge.organization',
      text: `select id, name, slug from organizations o where (slug = $1 or id = $2)
                and exists (select 1 from article_texts t where t.organization_id = o.id and t.language in ('en', 'es', 'pt') and t.audience = 'PUBLIC')`,
      values: [organization.slice(0, 200).replaceAll('\0', ''), storedId('organization', organization)],
    });
    const [row] = rows;
    if (!row) return null;
    const scope = { organizationId: row.id, actor: 'system:visitor', requestId };
    return new Visit(database, scope, { name: row.name, slug: row.slug });
  }

  private readonly run: Run = (sql, values) => this.database.read(this.scope, sql, values);

  /** A page of what there is to read, by category and title, in one language or else in others. Throws BAD_CURSOR. */
  async articles(
    seal: CursorSeal,
    { language, first, after }: { language: ArticleLanguage; first: number; after: string | null },
  ): Promise<PublicArticleHeading[]> {
    // Titles are in an order of their own in each language.
    const list = `articles.public.${language}`;
    const values = [audiencesOf(null), language, first, ...(after ? seal.open(list, after) : [])];
    const rows = await this.run<PublicArticleHeading & { place: CursorValue[] }>(
      `select a.slug, t.language, t.language <> $2 as "isOtherLanguage", t.title, t.summary, coalesce(c.names ->> $2, c.name) as category,
              jsonb_build_array(${PLACE.join(', ')}) as place
         from articles a
        cross join lateral (select * from article_texts x where x.article_id = a.id and x.audience = any ($1)
                             order by x.language = $2 desc, x.language limit 1) t
         left join article_categories c on c.id = a.category_id and c.audience = any ($1)
        where a.state = 'PUBLISHED' and a.audience = any ($1)
          ${after ? `and (${PLACE.join(', ')}) > ($4::boolean, $5::integer, $6::text, $7::uuid, $8::text, $9::uuid)` : ''}
        order by ${PLACE.join(', ')} limit $3`,
      values,
    );
    return rows.map(({ place, ...heading }) => ({ ...heading, cursor: seal.seal(list, place) }));
  }

  /** One article by its name in addresses; opened once more, by the search it was found by. */
  async open(slug: string, language: ArticleLanguage, query: string | null): Promise<PublicArticle | null> {
    const [article] = await this.run<PublicArticle>(
      `select a.id as "articleId", a.slug, t.language, t.language <> $2 as "isOtherLanguage", t.title, t.summary, t.body_html as "bodyHtml",
              t.body_text as "bodyText", t.published_at as "publishedAt", coalesce(c.names ->> $2, c.name) as category,
              array(select x.language from article_texts x where x.article_id = a.id and x.audience = any ($1) order by 1) as languages
         from articles a
        cross join lateral (select * from article_texts x where x.article_id = a.id and x.audience = any ($1)
                             order by x.language = $2 desc, x.language limit 1) t
         left join article_categories c on c.id = a.category_id and c.audience = any ($1)
        where a.slug = $3 and a.state = 'PUBLISHED' and a.audience = any ($1)`,
      [audiencesOf(null), language, slug.replaceAll('\0', '')],
    );
    if (!article) return null;
    const found = { query, language, reader: ArticleReader.VISITOR };
    await this.database.write(this.scope, tx => countView(tx, article.articleId, found));
    return article;
  }

  async search(
    seal: CursorSeal,
    search: { query: string; language: ArticleLanguage; first: number; after: string | null; isCounted: boolean },
  ): Promise<FoundPage> {
    const { query, language, isCounted, ...page } = search;
    const found = await findArticles(this.run, seal, { query, language, audiences: audiencesOf(null), ...page });
    if (isCounted && !page.after) {
      const isFound = found.hits.some(({ match }) => match === 'ALL_WORDS');
      await rememberSearch(this.database, this.scope, { query, language, reader: ArticleReader.VISITOR, isFound });
    }
    return found;
  }
}
