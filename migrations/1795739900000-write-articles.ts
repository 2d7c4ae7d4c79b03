import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'article_categories',
  'articles',
  'article_translations',
  'article_versions',
  'article_texts',
  'article_lexemes',
  'article_feedback',
  'article_views',
  'article_uses',
  'article_searches',
];

export class WriteArticles1795739900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table article_categories (
        organization_id uuid not null,
        id uuid not null,
        parent_id uuid,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        audience text not null default 'PUBLIC',
        position integer not null default 0,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint article_categories_pkey primary key (organization_id, id),
        constraint article_categories_name_key unique (organization_id, name),
        constraint article_categories_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint article_categories_parent_fkey foreign key (organization_id, parent_id) references article_categories (organization_id, id)
      );

      create table articles (
        organization_id uuid not null,
        id uuid not null,
        slug text not null,
        -- PUBLIC, CUSTOMERS, PARTNERS or STAFF.
        audience text not null default 'STAFF',
        category_id uuid,
        owner_id uuid,
        -- DRAFT, PUBLISHED or ARCHIVED.
        state text not null default 'DRAFT',
        review_due_at timestamptz,
        published_at timestamptz,
        created_by text not null,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint articles_pkey primary key (organization_id, id),
        constraint articles_slug_key unique (organization_id, slug),
        constraint articles_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint articles_category_fkey foreign key (organization_id, category_id) references article_categories (organization_id, id),
        constraint articles_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id)
      );
      create index articles_updated_idx on articles (organization_id, updated_at, id);
      create index articles_category_idx on articles (organization_id, category_id);
      create index articles_owner_idx on articles (organization_id, owner_id);
      create index articles_review_idx on articles (organization_id, review_due_at, id);

      -- An article in one language: which version is the latest, and which of them is shown.
      create table article_translations (
        organization_id uuid not null,
        id uuid not null,
        article_id uuid not null,
        language text not null,
        latest_number integer not null,
        published_number integer,
        updated_at timestamptz not null default now(),
        constraint article_translations_pkey primary key (organization_id, id),
        constraint article_translations_language_key unique (organization_id, article_id, language),
        constraint article_translations_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade
      );

      -- What was written, each time it was; never changed.
      create table article_versions (
        organization_id uuid not null,
        id uuid not null,
        article_id uuid not null,
        language text not null,
        number integer not null,
        title text not null,
        summary text not null default '',
        body text not null,
        keywords text[] not null default '{}',
        restored_from integer,
        author text not null,
        made_at timestamptz not null default clock_timestamp(),
        constraint article_versions_pkey primary key (organization_id, id),
        constraint article_versions_number_key unique (organization_id, article_id, language, number),
        constraint article_versions_translation_fkey foreign key (organization_id, article_id, language)
          references article_translations (organization_id, article_id, language) on delete cascade
      );

      -- What readers find: the version that is published, rendered, with who may read it. Nothing else is ever shown to them.
      create table article_texts (
        organization_id uuid not null,
        id uuid not null,
        article_id uuid not null,
        language text not null,
        number integer not null,
        audience text not null,
        title text not null,
        summary text not null default '',
        keywords text[] not null default '{}',
        body_html text not null,
        body_text text not null,
        published_at timestamptz not null default now(),
        title_search tsvector not null default '',
        search tsvector not null default '',
        constraint article_texts_pkey primary key (organization_id, id),
        constraint article_texts_language_key unique (organization_id, article_id, language),
        constraint article_texts_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade
      );
      create index article_texts_wanted_idx on article_texts (organization_id, language, audience);
      create index article_texts_search_idx on article_texts using gin (organization_id, search);
      create index article_texts_title_idx on article_texts using gin (organization_id, title_search);
      create index article_texts_similar_idx on article_texts using gin (organization_id, normalise_text(title) gin_trgm_ops);

      -- In how many published texts of a language a word stands: the rarer, the more it says.
      create table article_lexemes (
        organization_id uuid not null,
        language text not null,
        lexeme text collate "C" not null,
        documents integer not null,
        constraint article_lexemes_pkey primary key (organization_id, language, lexeme),
        constraint article_lexemes_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table article_feedback (
        organization_id uuid not null,
        id uuid not null,
        article_id uuid not null,
        language text not null,
        number integer not null,
        -- STAFF, PARTNER, CUSTOMER or VISITOR.
        reader_kind text not null,
        -- Who it was; of a visitor a digest under a key of this purpose.
        reader text not null,
        helpful boolean not null,
        comment text,
        given_at timestamptz not null default now(),
        constraint article_feedback_pkey primary key (organization_id, id),
        constraint article_feedback_reader_key unique (organization_id, article_id, language, number, reader),
        constraint article_feedback_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade
      );
      create index article_feedback_given_idx on article_feedback (organization_id, given_at, id);
      create index article_feedback_reader_idx on article_feedback (organization_id, reader);

      create table article_views (
        organization_id uuid not null,
        article_id uuid not null,
        day date not null,
        views integer not null,
        constraint article_views_pkey primary key (organization_id, article_id, day),
        constraint article_views_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade
      );
      create index article_views_day_idx on article_views (organization_id, day);

      -- In which tickets an article was part of the answer.
      create table article_uses (
        organization_id uuid not null,
        id uuid not null,
        article_id uuid not null,
        ticket_id uuid not null,
        language text not null,
        used_by text not null,
        used_at timestamptz not null default now(),
        constraint article_uses_pkey primary key (organization_id, id),
        constraint article_uses_ticket_key unique (organization_id, ticket_id, article_id),
        constraint article_uses_article_fkey foreign key (organization_id, article_id) references articles (organization_id, id) on delete cascade,
        constraint article_uses_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade
      );
      create index article_uses_article_idx on article_uses (organization_id, article_id, used_at);
      create index article_uses_used_idx on article_uses (organization_id, used_at);

      -- What was looked for, counted; not by whom.
      create table article_searches (
        organization_id uuid not null,
        id uuid not null,
        query text not null,
        language text not null,
        reader_kind text not null,
        searches integer not null,
        found_nothing integer not null default 0,
        opened integer not null default 0,
        first_at timestamptz not null default now(),
        last_at timestamptz not null default now(),
        constraint article_searches_pkey primary key (organization_id, id),
        constraint article_searches_query_key unique (organization_id, query, language, reader_kind),
        constraint article_searches_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index article_searches_last_idx on article_searches (organization_id, last_at, id);
      create index article_searches_count_idx on article_searches (organization_id, searches, id);
    `);
    // With accents taken off before the stem is found, a word is the same word however it was typed.
    for (const [code, language] of [
      ['en', 'english'],
      ['es', 'spanish'],
      ['pt', 'portuguese'],
    ])
      await runner.query(`
        create text search configuration article_${code} (copy = pg_catalog.${language});
        alter text search configuration article_${code}
          alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with public.unaccent, pg_catalog.${language}_stem;
      `);
    await runner.query(`
      create function article_config(language text) returns regconfig
        language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
        select case language when 'es' then 'public.article_es'::regconfig when 'pt' then 'public.article_pt'::regconfig
                             else 'public.article_en'::regconfig end
      $$;

      -- Addresses and words that are joined by signs are looked for by their parts.
      create function article_words(value text) returns text language sql immutable parallel safe
        as $$ select regexp_replace(value, '[./:_@-]+', ' ', 'g') $$;

      -- Every word, the last one as the beginning of one. Small words of the language say nothing, unless there are no others.
      create function article_query(language text, words text[]) returns tsquery
        language plpgsql immutable set search_path = pg_catalog, public, pg_temp as $$
      declare
        config regconfig := article_config(language);
        beginning text := '''' || regexp_replace(normalise_text(words[cardinality(words)]), '[''\\\\]', '', 'g') || ''':*';
        word text;
        asked tsquery := '';
      begin
        foreach word in array words[1:cardinality(words) - 1] loop
          asked := asked && plainto_tsquery(config, word);
        end loop;
        if beginning is null or length(beginning) < 5 then return asked; end if;
        asked := asked && to_tsquery(config, beginning);
        return case when numnode(asked) = 0 then to_tsquery('pg_catalog.simple', beginning) else asked end;
      end $$;

      create function index_article_text() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      declare
        config regconfig := article_config(new.language);
      begin
        new.title_search := to_tsvector(config, article_words(new.title));
        new.search := setweight(new.title_search, 'A')
          || setweight(to_tsvector(config, article_words(new.summary || ' ' || array_to_string(new.keywords, ' '))), 'B')
          || setweight(to_tsvector(config, article_words(left(new.body_text, 200000))), 'C');
        return new;
      end $$;
      create trigger index_text before insert or update on article_texts for each row execute function index_article_text();

      -- Texts share most of their words: who publishes takes turns with others of the organisation, rather than waiting for each other.
      create function count_article_lexemes() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      declare
        -- Rows of one statement that are of several organisations are an owner's, who is alone.
        organization text := coalesce(current_setting('app.organization_id', true), '');
      begin
        perform pg_advisory_xact_lock(hashtextextended('article words ' || organization, 0));
        if tg_op <> 'INSERT' then
          update article_lexemes l set documents = l.documents - g.documents
            from (select o.organization_id, o.language, w.lexeme, count(*) as documents
                    from old_rows o cross join lateral unnest(o.search) w group by 1, 2, 3) g
           where (l.organization_id, l.language, l.lexeme) = (g.organization_id, g.language, g.lexeme);
          delete from article_lexemes l using (
            select distinct o.organization_id, o.language, w.lexeme from old_rows o cross join lateral unnest(o.search) w) g
           where (l.organization_id, l.language, l.lexeme) = (g.organization_id, g.language, g.lexeme) and l.documents <= 0;
        end if;
        if tg_op <> 'DELETE' then
          insert into article_lexemes as l (organization_id, language, lexeme, documents)
            select n.organization_id, n.language, w.lexeme, count(*)
              from new_rows n cross join lateral unnest(n.search) w group by 1, 2, 3 order by 1, 2, 3
            on conflict (organization_id, language, lexeme) do update set documents = l.documents + excluded.documents;
        end if;
        return null;
      end $$;
      create trigger count_new after insert on article_texts referencing new table as new_rows
        for each statement execute function count_article_lexemes();
      create trigger count_changed after update on article_texts referencing old table as old_rows new table as new_rows
        for each statement execute function count_article_lexemes();
      create trigger count_gone after delete on article_texts referencing old table as old_rows
        for each statement execute function count_article_lexemes();

      -- Text search is not leakproof, so row-level security keeps it from its index; the following apply the same rule themselves and
      -- answer ids only. Each looks at a few hundred texts at most, however many there are that a word stands in.

      -- Texts in which the rarest words of a text stand, the best first.
      create function suggest_articles(content text, wanted text, audiences text[], most integer)
        returns table (article_id uuid, language text, rank real, matched text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        with asked as materialized (
          select current_setting('app.organization_id')::uuid as organization_id),
        rare as materialized (
          select l.lexeme, 1 / (1 + ln(l.documents)) as weight,
                 ('''' || replace(replace(l.lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery as query
            from asked a
            join article_lexemes l on l.organization_id = a.organization_id and l.language = wanted and l.documents > 0
             and l.lexeme = any (tsvector_to_array(to_tsvector(article_config(wanted), article_words(content))))
           order by l.documents, l.lexeme limit 8),
        found as (
          select distinct c.id
            from asked a, rare r cross join lateral (
              select t.id from article_texts t
               where t.organization_id = a.organization_id and t.search @@ r.query and t.language = wanted and t.audience = any (audiences)
               limit 100) c),
        -- Read once, not once for each word.
        texts as materialized (
          select t.article_id, t.title_search, t.search || ''::tsvector as search
            from asked a join article_texts t on t.organization_id = a.organization_id and t.id in (select id from found)),
        scored as (
          select t.article_id, sum(r.weight * case when t.title_search @@ r.query then 2 else 1 end)::real as rank
            from texts t join rare r on t.search @@ r.query group by t.article_id)
        select s.article_id, wanted, s.rank, 'SOME_WORDS' from scored s order by s.rank desc, s.article_id limit most
      $$;

      -- Texts of one language with all the words, those with them in their titles first; a few hundred of them. One word that stands in
      -- nearly every text is quicker to come upon than to look up; several may each be common and never be together.
      create function article_candidates(words text[], wanted text, audiences text[]) returns table (id uuid, rank real)
        language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
      #variable_conflict use_column
      declare
        organization uuid := current_setting('app.organization_id')::uuid;
        config regconfig := article_config(wanted);
        query tsquery := article_query(wanted, words);
        beginning text := coalesce((tsvector_to_array(to_tsvector(config, words[cardinality(words)])))[1], normalise_text(words[cardinality(words)]));
        is_common boolean := false;
      begin
        if cardinality(words) = 1 then
          select sum(l.documents) > 2000 into is_common from article_lexemes l
           where l.organization_id = organization and l.language = wanted and l.lexeme ^@ beginning;
        end if;
        return query
        with found as (
          (select t.id from article_texts t
            where t.organization_id = organization and t.title_search @@ query and t.language = wanted and t.audience = any (audiences) limit 200)
          union
          (select t.id from article_texts t
            where is_common is not true and t.organization_id = organization and t.search @@ query and t.language = wanted and t.audience = any (audiences)
            limit 200)
          union
          (select t.id from article_texts t
            where is_common and t.organization_id = organization and (t.search || ''::tsvector) @@ query and t.language = wanted
              and t.audience = any (audiences) limit 200))
        select t.id, ts_rank('{0.1, 0.1, 0.4, 1}', t.search, query, 1) from found f
          join article_texts t on t.organization_id = organization and t.id = f.id;
      end $$;

      -- Texts with all the words, in the language that is wanted, and in others where there are few; else those whose title is nearly that;
      -- else those with the rarest of the words.
      create function search_articles(words text[], wanted text, audiences text[], most integer)
        returns table (article_id uuid, language text, rank real, matched text)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
        set pg_trgm.word_similarity_threshold = 0.45 as $$
      #variable_conflict use_column
      declare
        organization uuid := current_setting('app.organization_id')::uuid;
        whole text := normalise_text(array_to_string(words, ' '));
      begin
        return query
        with own as materialized (select c.id, c.rank from article_candidates(words, wanted, audiences) c),
        found as (
          select o.id, o.rank from own o
          union all
          select c.id, (c.rank * 0.5)::real from unnest(array['en', 'es', 'pt']) as l(language)
           cross join lateral article_candidates(words, l.language, audiences) c
           where l.language <> wanted and (select count(*) from own) < 50),
        scored as (
          select t.article_id, t.language, f.rank from found f join article_texts t on t.organization_id = organization and t.id = f.id)
        select s.article_id, (array_agg(s.language order by s.language <> wanted, s.rank desc, s.language))[1], max(s.rank)::real, 'ALL_WORDS'
          from scored s group by s.article_id order by 3 desc, 1 limit most;
        if found then return; end if;

        return query
        select s.article_id, (array_agg(s.language order by s.language <> wanted, s.rank desc, s.language))[1], max(s.rank)::real, 'SIMILAR_TITLE'
          from (select t.article_id, t.language, word_similarity(whole, normalise_text(t.title)) as rank from article_texts t
                 where t.organization_id = organization and whole <% normalise_text(t.title) and t.audience = any (audiences)
                 limit 500) s
         group by s.article_id order by 3 desc, 1 limit least(most, 50);
        if found then return; end if;

        return query select * from suggest_articles(whole, wanted, audiences, least(most, 50));
      end $$;
    `);
    for (const name of [
      'suggest_articles(text, text, text[], integer)',
      'search_articles(text[], text, text[], integer)',
    ])
      await runner.query(`
        revoke execute on function ${name} from public;
        grant execute on function ${name} to vinculo_app;
      `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // What was once written is not changed by any request.
    await runner.query('revoke update, delete on article_versions from vinculo_app');
    for (const table of ['article_categories', 'articles', 'article_translations', 'article_uses']) {
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function search_articles;
      drop function article_candidates;
      drop function suggest_articles;
      drop table article_searches, article_uses, article_views, article_feedback, article_lexemes, article_texts, article_versions,
        article_translations, articles, article_categories;
      drop function count_article_lexemes;
      drop function index_article_text;
      drop function article_query;
      drop function article_words;
      drop function article_config;
      drop text search configuration article_en;
      drop text search configuration article_es;
      drop text search configuration article_pt;
    `);
  }
}
