import type { Database, Scope } from '../../../platform/database/database.js';
import type { CursorSeal, Run } from '../../../platform/paging/index.js';
import type { ArticleMatch, ArticleReader } from './article-enums.entity.js';
import { type ArticleLanguage, rememberedQuery, wordsOf } from './query.rules.js';

export const MOST_HITS = 50;

/** Beyond so many nobody turns pages. */
const MOST_FOUND = 500;

/** What is quoted of a text is looked for in the beginning of it. */
const QUOTED_FROM = 20_000;
const HEADLINE =
  "'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=30, MinWords=12, MaxFragments=2, FragmentDelimiter=\" … \"'";

const LIST = 'articles.search';

export interface Search {
  query: string;
  language: ArticleLanguage;
  audiences: readonly string[];
  first: number;
  after?: string | null;
}

export interface FoundText {
  articleId: string;
  slug: string;
  language: string;
  isOtherLanguage: boolean;
  title: string;
  summary: string;
  headline: string;
  match: ArticleMatch;
  rank: number;
}

export interface FoundPage {
  hits: FoundText[];
  endCursor: string | null;
  hasNextPage: boolean;
}

/** One page of what fits a search, of what its audiences may read, the best first. */
export async function findArticles(run: Run, seal: CursorSeal, search: Search): Promise<FoundPage> {
  const { language, audiences, first } = search;
  const words = wordsOf(search.query);
  const after = search.after ? seal.open(LIST, search.after) : null;
  if (words.length === 0) return { hits: [], endCursor: null, hasNextPage: false };
  const rows = await run<FoundText>(
    `select t.article_id as "articleId", a.slug, t.language, t.language <> $2 as "isOtherLanguage", t.title, t.summary, s.matched as match, s.rank,
            ts_headline(article_config(t.language), left(t.body_text, ${QUOTED_FROM}), article_query(t.language, $1), ${HEADLINE}) as headline
       from (select f.article_id, f.language, f.rank, f.matched from search_articles($1, $2, $3, ${MOST_FOUND}) f
              where $4::real is null or f.rank < $4 or (f.rank = $4 and f.article_id > $5::uuid)
              order by f.rank desc, f.article_id limit $6) s
       join articles a on a.id = s.article_id
      cross join lateral (select * from article_texts t where t.article_id = s.article_id and t.audience = any ($3)
                           order by t.language = $2 desc, t.language = s.language desc, t.language limit 1) t
      order by s.rank desc, s.article_id`,
    [words, language, audiences, after?.[0] ?? null, after?.[1] ?? null, first + 1],
  );
  const hits = rows.slice(0, first);
  const last = hits.at(-1);
  return {
    hits,
    endCursor: last ? seal.seal(LIST, [last.rank, last.articleId]) : null,
    hasNextPage: rows.length > first,
  };
}

/** Counts a search, unless it may tell who searched. */
export async function rememberSearch(
  database: Database,
  scope: Scope,
  search: { query: string; language: ArticleLanguage; reader: ArticleReader; isFound: boolean },
): Promise<void> {
  const query = rememberedQuery(search.query);
  if (query === null) return;
  await database.write(scope, tx =>
    tx.query(
      `insert into article_searches as s (organization_id, id, query, language, reader_kind, searches, found_nothing)
       values ($1, gen_random_uuid(), normalise_text($2), $3, $4, 1, $5)
       on conflict (organization_id, query, language, reader_kind) do update
          set searches = s.searches + 1, found_nothing = s.found_nothing + excluded.found_nothing, last_at = now()`,
      [scope.organizationId, query, search.language, search.reader, search.isFound ? 0 : 1],
    ),
  );
}

const KEPT_DAYS = 400;

/** Forgets what was not looked for any more for a long time. */
export async function forgetSearches(system: Database['system']): Promise<void> {
  await system.query('delete from article_searches where last_at < now() - make_interval(days => $1)', [KEPT_DAYS]);
}
