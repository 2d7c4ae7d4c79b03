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

/** So many new ones are remembered in a day, and so many for longer: strangers may type what they like. */
const MOST_IN_A_DAY = 10_000;
const MOST_KEPT = 20_000;

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
       select $1, gen_random_uuid(), normalise_text($2), $3, $4, 1, $5
        where exists (select 1 from article_searches k
                       where k.organization_id = $1 and k.query = normalise_text($2) and k.language = $3 and k.reader_kind = $4)
           or (select count(*) from (select 1 from article_searches l
                                      where l.organization_id = $1 and l.last_at > now() - interval '1 day' limit ${MOST_IN_A_DAY}) d) < ${MOST_IN_A_DAY}
       on conflict (organization_id, query, language, reader_kind) do update
          set searches = s.searches + 1, found_nothing = s.found_nothing + excluded.found_nothing, last_at = now()`,
      [scope.organizationId, query, search.language, search.reader, search.isFound ? 0 : 1],
    ),
  );
}

const KEPT_DAYS = 400;

/** Forgets what was not looked for any more for a long time, and of more than there is room for what was looked for least. */
export async function forgetSearches(system: Database['system']): Promise<void> {
  await system.query('delete from article_searches where last_at < now() - make_interval(days => $1)', [KEPT_DAYS]);
  await system.query(
    `delete from article_searches s using (
       select organization_id, id, row_number() over (partition by organization_id order by searches desc, last_at desc, id) as place
         from article_searches) r
      where r.place > $1 and s.organization_id = r.organization_id and s.id = r.id`,
    [MOST_KEPT],
  );
}
