import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindWordsInTickets1795740500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Tickets in which a customer spoke of something, and when it did so last, as posts_saying finds posts: by what the ticket is about,
      -- by what was said in it by a post, and by what was said in it by the portal. Neither our answers nor our notes count. What became
      -- a part of another ticket speaks for that one. The number is in the index, and is not what anybody said.
      create function tickets_saying(words text[], since timestamptz, until timestamptz, most integer)
        returns table (id uuid, said_at timestamptz)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
        with recursive asked as materialized (
          select current_setting('app.organization_id')::uuid as organization_id, websearch_to_tsquery('simple',
                   (select string_agg('"' || replace(normalise_text(w.word), '"', ' ') || '"', ' or ') from unnest(words) as w(word))) as query),
        said as (
          (select t.id, t.at
             from (select t.id, t.opened_at as at, t.subject || ' ' || coalesce(t.description, '') as text from tickets t, asked a
                    where t.organization_id = a.organization_id
                      and to_tsvector('simple', normalise_text(t.number || ' ' || t.subject || ' ' || coalesce(t.description, ''))) @@ a.query
                      and t.opened_at >= since and t.opened_at < until
                    order by t.opened_at desc limit most) t, asked a
            where to_tsvector('simple', normalise_text(t.text)) @@ a.query)
          union all
          (select m.ticket_id, m.occurred_at from ticket_messages m, asked a
            where m.organization_id = a.organization_id and m.note is not null
              and to_tsvector('simple', normalise_text(m.note)) @@ a.query
              and m.occurred_at >= since and m.occurred_at < until and m.kind = 'CUSTOMER' and not m.is_automatic
            order by m.occurred_at desc limit most)
          union all
          (select m.ticket_id, m.occurred_at from asked a, posts_saying(words, since, until, most) p, ticket_messages m
            where m.organization_id = a.organization_id and m.post_id = p.id and m.kind = 'CUSTOMER')),
        ways as (
          select t.id, s.at, t.merged_into_id from said s, asked a, tickets t where t.organization_id = a.organization_id and t.id = s.id
          union
          select t.id, w.at, t.merged_into_id from ways w, asked a, tickets t
           where t.organization_id = a.organization_id and t.id = w.merged_into_id)
        select w.id, max(w.at) from ways w where w.merged_into_id is null group by w.id order by 2 desc limit most
      $$;
      revoke execute on function tickets_saying from public;
      grant execute on function tickets_saying to vinculo_app;
      -- A plan for any words and any period goes through everything by its date: seconds instead of milliseconds for rare words.
      alter function posts_saying set plan_cache_mode = force_custom_plan;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter function posts_saying reset plan_cache_mode');
    await runner.query('drop function tickets_saying');
  }
}
