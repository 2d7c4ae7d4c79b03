import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SearchOwnTickets1795740810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function search_tickets(text, boolean, integer);
      -- Tickets by their number, by what they are about and by what was said in them, the newest \`most\` of each; without \`inner_too\`
      -- only by what their customer may read: \`customer\` finds nothing by what was said with another, nor by what we wrote down. That, or
      -- \`member\` and \`teams\`, say among whose tickets, so that nobody's own are crowded out by others'; whether each may be seen is
      -- still for the caller to ask. Planned anew each time: what is quickest differs.
      create function search_tickets(query text, inner_too boolean, most integer, customer uuid, member uuid, teams uuid[]) returns table (id uuid)
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          organization uuid := current_setting('app.organization_id')::uuid;
          words tsquery := websearch_to_tsquery('simple', normalise_text(query));
          named text[] := regexp_match(upper(btrim(query)), '^#?(?:T-)?(?:([0-9]{4})-)?0*([0-9]{1,9})$');
          own text := case
            when customer is not null then 't.customer_id = $5'
            when teams is not null then '(t.team_id = any ($7) or t.assignee_id = $6 or (t.assignee_id is null and t.team_id is null)
              or t.assignee_id = any (array(select w.member_id from team_members w where w.organization_id = $1 and w.team_id = any ($7)))
              or t.id = any (array(select f.ticket_id from ticket_followers f where f.organization_id = $1 and f.member_id = $6)))' end;
          of_ticket text := coalesce(' join tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id and ' || own, '');
          said text := case when customer is not null then ' and (m.customer_id is null or m.customer_id = $5)' else '' end;
          words_of text := case when customer is not null then '' else ' || '' '' || coalesce(t.description, '''')' end;
          of_post text := case when own is null then ' join search_posts($4, $3) p on p.id = m.post_id'
            else ' join posts p on p.organization_id = m.organization_id and p.id = m.post_id and to_tsvector(''simple'', normalise_text(p.text)) @@ $2' end;
        begin
          return query select t.id from tickets t where t.organization_id = organization and t.number = upper(btrim(query, ' #'));
          if named is not null then
            return query select t.id from number_series s
              join tickets t on t.organization_id = s.organization_id
                and t.number = 'T-' || s.year || '-' || lpad(named[2], greatest(4, length(named[2])), '0')
              where s.organization_id = organization and s.kind = 'TICKET' and (named[1] is null or s.year = named[1]::integer);
          end if;
          return query execute '
            (select t.id from tickets t where t.organization_id = $1 and ' || coalesce(own, 'true') || '
                and to_tsvector(''simple'', normalise_text(t.number || '' '' || t.subject' || words_of || ')) @@ $2
              order by t.opened_at desc limit $3)
            union
            (select m.ticket_id from ticket_messages m' || of_ticket || ' where m.organization_id = $1 and m.note is not null
                and ($8 or m.visibility <> ''INTERNAL'') and to_tsvector(''simple'', normalise_text(m.note)) @@ $2' || said || '
              order by m.occurred_at desc limit $3)
            union
            (select m.ticket_id from ticket_messages m' || of_ticket || of_post || ' where m.organization_id = $1' || said || '
              order by m.occurred_at desc limit $3)
            union
            (select m.ticket_id from ticket_messages m' || of_ticket || '
               join replies r on r.organization_id = m.organization_id and r.id = m.reply_id and to_tsvector(''simple'', normalise_text(r.text)) @@ $2
              where m.organization_id = $1 and ($8 or m.state in (''SENT'', ''DELIVERED'', ''READ''))' || said || '
              order by m.occurred_at desc limit $3)'
            using organization, words, most, query, customer, member, teams, inner_too;
        end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function search_tickets(text, boolean, integer, uuid, uuid, uuid[]);
      -- Tickets by what they are about and by what was said in them; without \`inner_too\` only by what their customer may read.
      create function search_tickets(query text, inner_too boolean, most integer) returns table (id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        with asked as materialized (
          select current_setting('app.organization_id')::uuid as organization_id, websearch_to_tsquery('simple', normalise_text(query)) as words)
        (select t.id from tickets t, asked a where t.organization_id = a.organization_id
            and to_tsvector('simple', normalise_text(t.number || ' ' || t.subject || ' ' || coalesce(t.description, ''))) @@ a.words
          order by t.opened_at desc limit most)
        union
        (select m.ticket_id from ticket_messages m, asked a where m.organization_id = a.organization_id and m.note is not null
            and (inner_too or m.visibility <> 'INTERNAL') and to_tsvector('simple', normalise_text(m.note)) @@ a.words
          order by m.occurred_at desc limit most)
        union
        (select m.ticket_id from search_posts(query, most) p, asked a, ticket_messages m
          where m.organization_id = a.organization_id and m.post_id = p.id)
        union
        (select m.ticket_id from asked a
           join replies r on r.organization_id = a.organization_id and to_tsvector('simple', normalise_text(r.text)) @@ a.words
           join ticket_messages m on m.organization_id = r.organization_id and m.reply_id = r.id
          where inner_too or m.state in ('SENT', 'DELIVERED', 'READ') limit most)
      $$;
    `);
  }
}
