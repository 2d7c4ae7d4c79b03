import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MergeTickets1795739450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- That a ticket became a part of another, and what went with it, so that it can be undone.
      create table ticket_merges (
        organization_id uuid not null,
        id uuid not null,
        survivor_id uuid not null,
        merged_id uuid not null,
        merged_by text not null,
        merged_at timestamptz not null default now(),
        reason text,
        -- How the merged one stood: {"status": "OPEN", "waitingSince": "…", "closedAt": null, …}.
        former jsonb not null,
        -- Stored ids of what went over, and of what the survivor did not have before.
        message_ids uuid[] not null default '{}',
        conversation_ids uuid[] not null default '{}',
        follower_ids uuid[] not null default '{}',
        link_ids uuid[] not null default '{}',
        part_ids uuid[] not null default '{}',
        use_ids uuid[] not null default '{}',
        undone_at timestamptz,
        undone_by text,
        constraint ticket_merges_pkey primary key (organization_id, id),
        constraint ticket_merges_survivor_fkey foreign key (organization_id, survivor_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_merges_merged_fkey foreign key (organization_id, merged_id) references tickets (organization_id, id) on delete cascade
      );
      create index ticket_merges_survivor_idx on ticket_merges (organization_id, survivor_id, merged_at);
      -- A ticket becomes a part of one other at a time.
      create unique index ticket_merges_merged_key on ticket_merges (organization_id, merged_id) where undone_at is null;
      create index ticket_merges_merged_idx on ticket_merges (organization_id, merged_id, merged_at);

      alter table ticket_merges enable row level security;
      create policy tenant on ticket_merges using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant select, insert, update, delete on ticket_merges to vinculo_app;
      create trigger audit after insert or update or delete on ticket_merges for each row execute function record_audit();

      -- How many tickets there are by where they stand, as the sum of what changed: nobody counts a million rows for the head of a
      -- page, and nobody waits for another to count. Summed up now and then.
      create table ticket_counts (
        organization_id uuid not null,
        id uuid not null,
        status text not null,
        delta integer not null,
        constraint ticket_counts_pkey primary key (organization_id, id),
        constraint ticket_counts_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      alter table ticket_counts enable row level security;
      create policy tenant on ticket_counts using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant select on ticket_counts to vinculo_app;
      create function count_ticket() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if tg_op <> 'INSERT' then
          insert into ticket_counts (organization_id, id, status, delta) values (old.organization_id, gen_random_uuid(), old.status, -1);
        end if;
        if tg_op <> 'DELETE' then
          insert into ticket_counts (organization_id, id, status, delta) values (new.organization_id, gen_random_uuid(), new.status, 1);
        end if;
        return null;
      end $$;
      create trigger count_new after insert on tickets for each row execute function count_ticket();
      create trigger count_moved after update of status on tickets for each row when (old.status is distinct from new.status)
        execute function count_ticket();
      insert into ticket_counts (organization_id, id, status, delta)
        select organization_id, gen_random_uuid(), status, count(*) from tickets group by organization_id, status;

      create index tickets_tags_idx on tickets using gin (organization_id, tags);
      create index tickets_text_idx on tickets using gin (organization_id, to_tsvector('simple', normalise_text(number || ' ' || subject || ' ' || coalesce(description, ''))));
      create index ticket_messages_note_idx on ticket_messages using gin (organization_id, to_tsvector('simple', normalise_text(note))) where note is not null;
      create index replies_text_idx on replies using gin (organization_id, to_tsvector('simple', normalise_text(text)));

      -- Nobody changes the history, but what was typed about a person that is to be forgotten goes.
      create function forget_ticket_reasons(tickets uuid[]) returns void
        language sql security definer set search_path = pg_catalog, public, pg_temp as $$
        update ticket_revisions set reason = null
         where organization_id = current_setting('app.organization_id')::uuid and ticket_id = any (tickets) and reason is not null
      $$;

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

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function search_tickets;
      drop function forget_ticket_reasons;
      drop index replies_text_idx;
      drop index ticket_messages_note_idx;
      drop index tickets_text_idx;
      drop index tickets_tags_idx;
      drop trigger count_moved on tickets;
      drop trigger count_new on tickets;
      drop function count_ticket;
      drop table ticket_counts;
      drop table ticket_merges;
    `);
  }
}
