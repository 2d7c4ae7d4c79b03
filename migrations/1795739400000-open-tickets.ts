import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'ticket_categories',
  'tickets',
  'ticket_messages',
  'ticket_conversations',
  'ticket_links',
  'ticket_followers',
  'ticket_views',
  'ticket_revisions',
];
/** By table, which of its updates are remembered: clocks, counts and states of messages move by themselves, and often. */
const AUDITED_UPDATES: Record<string, string> = {
  ticket_categories: 'true',
  tickets: '(old.version, old.customer_id) is distinct from (new.version, new.customer_id)',
  ticket_links: 'true',
  ticket_views: 'true',
};

export class OpenTickets1795739400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ticket_categories (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        parent_id uuid,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint ticket_categories_pkey primary key (organization_id, id),
        constraint ticket_categories_name_key unique (organization_id, name),
        constraint ticket_categories_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint ticket_categories_parent_fkey foreign key (organization_id, parent_id) references ticket_categories (organization_id, id)
      );

      create table tickets (
        organization_id uuid not null,
        id uuid not null,
        number text not null,
        subject text not null,
        description text,
        type text,
        status text not null default 'NEW',
        priority text not null default 'NORMAL',
        -- How it came to us: CALL, WEB_FORM, CHAT, EMAIL, SMS, FAX, SOCIAL, PORTAL, MANUAL; and on which network, where it did on one.
        channel text not null,
        network text,
        language text,
        tags text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        -- Whose it is: a customer, or an identity that nobody has linked yet.
        customer_id uuid,
        identity_id uuid,
        -- What they said that opened it.
        source_post_id uuid,
        -- Where its customer spoke last.
        conversation_id uuid,
        assignee_id uuid,
        team_id uuid,
        queue_id uuid,
        category_id uuid,
        reason_id uuid,
        root_cause_id uuid,
        incident_id uuid,
        sla_policy_id uuid,
        parent_id uuid,
        merged_into_id uuid,
        opened_at timestamptz not null default now(),
        first_responded_at timestamptz,
        -- Since when the customer waits for us; nothing while it is our turn no more.
        waiting_since timestamptz,
        last_customer_message_at timestamptz,
        last_agent_message_at timestamptz,
        last_message_at timestamptz,
        message_count integer not null default 0,
        first_response_due_at timestamptz,
        next_response_due_at timestamptz,
        resolution_due_at timestamptz,
        sla_breached_at timestamptz,
        -- The promised time that comes first, of those that still run; kept by a trigger.
        next_due_at timestamptz,
        snoozed_until timestamptz,
        solved_at timestamptz,
        closed_at timestamptz,
        reopened_at timestamptz,
        reopened_count integer not null default 0,
        external_id text,
        created_by text not null,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint tickets_pkey primary key (organization_id, id),
        constraint tickets_number_key unique (organization_id, number),
        constraint tickets_external_id_key unique (organization_id, external_id),
        constraint tickets_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint tickets_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint tickets_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id),
        constraint tickets_source_post_fkey foreign key (organization_id, source_post_id) references posts (organization_id, id),
        constraint tickets_conversation_fkey foreign key (organization_id, conversation_id) references conversations (organization_id, id),
        constraint tickets_assignee_fkey foreign key (organization_id, assignee_id) references members (organization_id, id),
        constraint tickets_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint tickets_category_fkey foreign key (organization_id, category_id) references ticket_categories (organization_id, id),
        constraint tickets_parent_fkey foreign key (organization_id, parent_id) references tickets (organization_id, id),
        constraint tickets_merged_into_fkey foreign key (organization_id, merged_into_id) references tickets (organization_id, id)
      );
      create unique index tickets_source_post_key on tickets (organization_id, source_post_id) where source_post_id is not null;
      create index tickets_opened_idx on tickets (organization_id, opened_at, id);
      create index tickets_updated_idx on tickets (organization_id, updated_at, id);
      create index tickets_last_message_idx on tickets (organization_id, last_message_at, id);
      create index tickets_waiting_idx on tickets (organization_id, waiting_since, id);
      create index tickets_next_due_idx on tickets (organization_id, next_due_at, id);
      create index tickets_resolution_due_idx on tickets (organization_id, resolution_due_at, id);
      create index tickets_priority_idx on tickets (organization_id, array_position('{LOW,NORMAL,HIGH,URGENT}'::text[], priority), id);
      create index tickets_status_idx on tickets (organization_id, status, opened_at, id);
      create index tickets_customer_idx on tickets (organization_id, customer_id, opened_at, id);
      create index tickets_identity_idx on tickets (organization_id, identity_id, opened_at, id);
      create index tickets_assignee_idx on tickets (organization_id, assignee_id, opened_at, id);
      create index tickets_team_idx on tickets (organization_id, team_id, opened_at, id);
      create index tickets_queue_idx on tickets (organization_id, queue_id, opened_at, id);
      create index tickets_conversation_idx on tickets (organization_id, conversation_id);
      create index tickets_category_idx on tickets (organization_id, category_id);
      create index tickets_incident_idx on tickets (organization_id, incident_id) where incident_id is not null;
      create index tickets_parent_idx on tickets (organization_id, parent_id) where parent_id is not null;
      create index tickets_merged_into_idx on tickets (organization_id, merged_into_id) where merged_into_id is not null;
      -- What is worked on: a small part of all there ever were.
      create index tickets_open_idx on tickets (organization_id, opened_at, id) where status not in ('SOLVED', 'CLOSED');
      create index tickets_solved_idx on tickets (organization_id, solved_at) where status = 'SOLVED';
      create index tickets_snoozed_idx on tickets (organization_id, snoozed_until) where snoozed_until is not null;

      -- One conversation, whatever the channel: what the customer said is a post, what we said a reply, and what is for us alone a note.
      create table ticket_messages (
        organization_id uuid not null,
        id uuid not null,
        ticket_id uuid not null,
        -- CUSTOMER, AGENT, NOTE or SYSTEM.
        kind text not null,
        channel text not null,
        network text,
        -- PUBLIC, PRIVATE or INTERNAL.
        visibility text not null,
        -- RECEIVED, KEPT, or the state of the reply.
        state text not null,
        post_id uuid,
        reply_id uuid,
        -- What it says where neither a post nor a reply does: a note, or what was said through the portal.
        note text,
        -- Stored ids of the colleagues whom a note calls.
        mentioned_ids uuid[] not null default '{}',
        is_automatic boolean not null default false,
        author text,
        occurred_at timestamptz not null,
        created_at timestamptz not null default now(),
        constraint ticket_messages_pkey primary key (organization_id, id),
        constraint ticket_messages_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_messages_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id),
        constraint ticket_messages_reply_fkey foreign key (organization_id, reply_id) references replies (organization_id, id)
      );
      -- What was said once is in one ticket, however often it is delivered.
      create unique index ticket_messages_post_key on ticket_messages (organization_id, post_id) where post_id is not null;
      create unique index ticket_messages_reply_key on ticket_messages (organization_id, reply_id) where reply_id is not null;
      create index ticket_messages_ticket_idx on ticket_messages (organization_id, ticket_id, occurred_at, id);

      -- The threads on networks in which a ticket is spoken about; what is said in one goes to its latest ticket.
      create table ticket_conversations (
        organization_id uuid not null,
        ticket_id uuid not null,
        conversation_id uuid not null,
        added_at timestamptz not null default now(),
        constraint ticket_conversations_pkey primary key (organization_id, ticket_id, conversation_id),
        constraint ticket_conversations_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_conversations_conversation_fkey foreign key (organization_id, conversation_id) references conversations (organization_id, id) on delete cascade
      );
      create index ticket_conversations_conversation_idx on ticket_conversations (organization_id, conversation_id, added_at);

      create table ticket_links (
        organization_id uuid not null,
        id uuid not null,
        from_ticket_id uuid not null,
        to_ticket_id uuid not null,
        -- RELATES_TO, DUPLICATES, CAUSED_BY, FOLLOWS_UP, SPLIT_FROM.
        kind text not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        constraint ticket_links_pkey primary key (organization_id, id),
        constraint ticket_links_key unique (organization_id, from_ticket_id, to_ticket_id, kind),
        constraint ticket_links_ends_check check (from_ticket_id <> to_ticket_id),
        constraint ticket_links_from_fkey foreign key (organization_id, from_ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_links_to_fkey foreign key (organization_id, to_ticket_id) references tickets (organization_id, id) on delete cascade
      );
      create index ticket_links_to_idx on ticket_links (organization_id, to_ticket_id);

      create table ticket_followers (
        organization_id uuid not null,
        ticket_id uuid not null,
        member_id uuid not null,
        since timestamptz not null default now(),
        constraint ticket_followers_pkey primary key (organization_id, ticket_id, member_id),
        constraint ticket_followers_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_followers_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index ticket_followers_member_idx on ticket_followers (organization_id, member_id);

      -- Filters that somebody saved under a name, for oneself or for a team.
      create table ticket_views (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        owner_id uuid,
        team_id uuid,
        filter jsonb not null default '{}',
        order_by jsonb not null default '[]',
        position integer not null default 0,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint ticket_views_pkey primary key (organization_id, id),
        constraint ticket_views_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint ticket_views_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id) on delete cascade,
        constraint ticket_views_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade
      );
      create index ticket_views_position_idx on ticket_views (organization_id, position, id);

      -- How every ticket stood, from when until when.
      create table ticket_revisions (
        organization_id uuid not null,
        ticket_id uuid not null,
        changed_at timestamptz not null,
        -- Until the next one; nothing for the present.
        changed_until timestamptz,
        changed_by text not null,
        status text not null,
        priority text not null,
        assignee_id uuid,
        team_id uuid,
        queue_id uuid,
        category_id uuid,
        -- Why, where whoever changed it said so.
        reason text,
        constraint ticket_revisions_pkey primary key (organization_id, ticket_id, changed_at),
        constraint ticket_revisions_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade
      );
      create index ticket_revisions_at_idx on ticket_revisions (organization_id, changed_at);

      -- Written by the owner of the tables, so that no change goes without, and none is changed later.
      create function keep_ticket_revision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if tg_op = 'UPDATE' and (new.status, new.priority) = (old.status, old.priority)
           and (new.assignee_id, new.team_id, new.queue_id, new.category_id) is not distinct from
               (old.assignee_id, old.team_id, old.queue_id, old.category_id) then
          return null;
        end if;
        if tg_op = 'UPDATE' then
          update ticket_revisions set changed_until = new.updated_at
           where organization_id = new.organization_id and ticket_id = new.id and changed_until is null and changed_at < new.updated_at;
        end if;
        insert into ticket_revisions (organization_id, ticket_id, changed_at, changed_by, status, priority, assignee_id, team_id, queue_id, category_id, reason)
        values (new.organization_id, new.id, new.updated_at, coalesce(nullif(current_setting('app.actor', true), ''), 'system'),
                new.status, new.priority, new.assignee_id, new.team_id, new.queue_id, new.category_id,
                nullif(current_setting('app.reason', true), ''))
        on conflict (organization_id, ticket_id, changed_at) do update set
          changed_by = excluded.changed_by, status = excluded.status, priority = excluded.priority, assignee_id = excluded.assignee_id,
          team_id = excluded.team_id, queue_id = excluded.queue_id, category_id = excluded.category_id,
          reason = coalesce(excluded.reason, ticket_revisions.reason);
        return null;
      end $$;

      -- Of two changes that waited for each other the later one may have begun earlier; the history goes by who came later.
      create function order_ticket_changes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        if tg_op = 'UPDATE' and new.updated_at < old.updated_at then
          new.updated_at := old.updated_at + interval '1 microsecond';
        end if;
        new.next_due_at := case when new.status not in ('SOLVED', 'CLOSED') then
          least(case when new.first_responded_at is null then new.first_response_due_at end, new.next_response_due_at, new.resolution_due_at) end;
        return new;
      end $$;
      create trigger order_changes before insert or update on tickets for each row execute function order_ticket_changes();
      create trigger keep_revision after insert or update on tickets for each row execute function keep_ticket_revision();

      -- Custom fields are defined for customers or for tickets.
      alter table custom_field_definitions add column subject text not null default 'CUSTOMER';
      alter table custom_field_definitions drop constraint custom_field_definitions_key_key;
      alter table custom_field_definitions add constraint custom_field_definitions_key_key unique (organization_id, subject, key);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    await runner.query('revoke insert, update, delete on ticket_revisions from vinculo_app');
    for (const [table, condition] of Object.entries(AUDITED_UPDATES)) {
      await runner.query(`
        create trigger audit after insert or delete on ${table} for each row execute function record_audit();
        create trigger audit_update after update on ${table} for each row when (${condition}) execute function record_audit();
      `);
    }
    // What a customer or a channel says is remembered as itself; what is for us alone has no other memory.
    await runner.query(`
      create trigger audit after insert on ticket_messages for each row when (new.kind = 'NOTE') execute function record_audit();
      create trigger audit_update after update on ticket_messages for each row when (old.note is distinct from new.note) execute function record_audit();
      create trigger audit_delete after delete on ticket_messages for each row execute function record_audit();
      create trigger audit after insert or delete on ticket_followers for each row execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table custom_field_definitions drop constraint custom_field_definitions_key_key;
      delete from custom_field_definitions where subject <> 'CUSTOMER';
      alter table custom_field_definitions add constraint custom_field_definitions_key_key unique (organization_id, key);
      alter table custom_field_definitions drop column subject;
      drop table ticket_revisions, ticket_views, ticket_followers, ticket_links, ticket_conversations, ticket_messages, tickets, ticket_categories;
      drop function keep_ticket_revision;
      drop function order_ticket_changes;
    `);
  }
}
