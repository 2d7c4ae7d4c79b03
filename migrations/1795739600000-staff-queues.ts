import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By table, which of its updates are remembered: whose turn it is changes with every ticket. */
const AUDITED_UPDATES: Record<string, string> = {
  support_queues: 'old.version is distinct from new.version',
  queue_members: 'true',
  queue_skills: 'true',
  skills: 'true',
  member_skills: 'true',
  member_languages: 'true',
  member_availability: 'true',
  member_absences: 'true',
};
const TENANT_TABLES = [...Object.keys(AUDITED_UPDATES), 'queue_turns', 'queue_waiting'];

export class StaffQueues1795739600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table support_queues (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        team_id uuid not null,
        -- The first queue that fits gets a ticket.
        position integer not null default 0,
        channels text[] not null default '{}',
        networks text[] not null default '{}',
        category_ids uuid[] not null default '{}',
        types text[] not null default '{}',
        priorities text[] not null default '{}',
        customer_tags text[] not null default '{}',
        languages text[] not null default '{}',
        -- MANUAL, ROUND_ROBIN or LEAST_BUSY.
        strategy text not null default 'ROUND_ROBIN',
        language_required boolean not null default false,
        capacity integer,
        overflow_queue_id uuid,
        overflow_after_minutes integer,
        business_calendar_id uuid,
        -- How many turns were taken in it.
        turns integer not null default 0,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint support_queues_pkey primary key (organization_id, id),
        constraint support_queues_name_key unique (organization_id, name),
        constraint support_queues_capacity_check check (capacity > 0),
        constraint support_queues_overflow_check check (overflow_queue_id <> id),
        constraint support_queues_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint support_queues_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint support_queues_calendar_fkey foreign key (organization_id, business_calendar_id) references business_calendars (organization_id, id),
        constraint support_queues_overflow_fkey foreign key (organization_id, overflow_queue_id) references support_queues (organization_id, id)
      );
      create index support_queues_position_idx on support_queues (organization_id, position, id);

      -- Who works in a queue, where that is not everybody of its team.
      create table queue_members (
        organization_id uuid not null,
        queue_id uuid not null,
        member_id uuid not null,
        constraint queue_members_pkey primary key (organization_id, queue_id, member_id),
        constraint queue_members_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id) on delete cascade,
        constraint queue_members_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index queue_members_member_idx on queue_members (organization_id, member_id);

      create table skills (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint skills_pkey primary key (organization_id, id),
        constraint skills_name_key unique (organization_id, name),
        constraint skills_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table queue_skills (
        organization_id uuid not null,
        queue_id uuid not null,
        skill_id uuid not null,
        min_level integer not null default 1,
        -- Without it nobody gets its tickets; otherwise whoever has it goes first.
        is_required boolean not null default true,
        constraint queue_skills_pkey primary key (organization_id, queue_id, skill_id),
        constraint queue_skills_level_check check (min_level between 1 and 5),
        constraint queue_skills_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id) on delete cascade,
        constraint queue_skills_skill_fkey foreign key (organization_id, skill_id) references skills (organization_id, id) on delete cascade
      );

      create table member_skills (
        organization_id uuid not null,
        member_id uuid not null,
        skill_id uuid not null,
        level integer not null,
        constraint member_skills_pkey primary key (organization_id, member_id, skill_id),
        constraint member_skills_level_check check (level between 1 and 5),
        constraint member_skills_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade,
        constraint member_skills_skill_fkey foreign key (organization_id, skill_id) references skills (organization_id, id) on delete cascade
      );

      create table member_languages (
        organization_id uuid not null,
        member_id uuid not null,
        language text not null,
        constraint member_languages_pkey primary key (organization_id, member_id, language),
        constraint member_languages_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );

      -- Whoever has no row is available, with the capacity of the queue.
      create table member_availability (
        organization_id uuid not null,
        member_id uuid not null,
        -- AVAILABLE, BUSY or AWAY.
        status text not null,
        since timestamptz not null default now(),
        -- The most open tickets by channel: {"CHAT": 3}.
        capacities jsonb not null default '{}',
        constraint member_availability_pkey primary key (organization_id, member_id),
        constraint member_availability_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );

      create table member_absences (
        organization_id uuid not null,
        member_id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz,
        -- Who answers in their place; nobody: the queue.
        delegate_id uuid,
        note text,
        constraint member_absences_pkey primary key (organization_id, member_id),
        constraint member_absences_period_check check (ends_at > starts_at),
        constraint member_absences_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade,
        constraint member_absences_delegate_fkey foreign key (organization_id, delegate_id) references members (organization_id, id)
      );

      -- When somebody last got a ticket of a queue, counted in its turns.
      create table queue_turns (
        organization_id uuid not null,
        queue_id uuid not null,
        member_id uuid not null,
        turn integer not null,
        constraint queue_turns_pkey primary key (organization_id, queue_id, member_id),
        constraint queue_turns_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id) on delete cascade,
        constraint queue_turns_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );

      -- Tickets of a queue that nobody has: few, whatever there were before.
      create table queue_waiting (
        organization_id uuid not null,
        ticket_id uuid not null,
        queue_id uuid not null,
        since timestamptz not null,
        -- Who gave it away, and does not get it back at once.
        passed_over_id uuid,
        constraint queue_waiting_pkey primary key (organization_id, ticket_id),
        constraint queue_waiting_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint queue_waiting_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id) on delete cascade
      );
      create index queue_waiting_queue_idx on queue_waiting (organization_id, queue_id, since);

      alter table tickets add constraint tickets_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id);
      -- What somebody has to do: a small part of all they ever had.
      create index tickets_load_idx on tickets (organization_id, assignee_id) where status not in ('SOLVED', 'CLOSED');

      -- Whoever moves a ticket, and whichever way: it waits, or it does not.
      create function keep_queue_waiting() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        if new.queue_id is not null and new.assignee_id is null and new.status not in ('SOLVED', 'CLOSED') then
          insert into queue_waiting (organization_id, ticket_id, queue_id, since) values (new.organization_id, new.id, new.queue_id, new.updated_at)
          on conflict (organization_id, ticket_id) do update set queue_id = excluded.queue_id,
            since = case when queue_waiting.queue_id = excluded.queue_id then queue_waiting.since else excluded.since end;
        else
          delete from queue_waiting where organization_id = new.organization_id and ticket_id = new.id;
        end if;
        return null;
      end $$;
      create trigger keep_waiting after insert on tickets for each row when (new.queue_id is not null) execute function keep_queue_waiting();
      create trigger keep_waiting_update after update on tickets for each row
        when ((old.queue_id, old.assignee_id, old.status in ('SOLVED', 'CLOSED')) is distinct from
              (new.queue_id, new.assignee_id, new.status in ('SOLVED', 'CLOSED')))
        execute function keep_queue_waiting();
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    for (const [table, condition] of Object.entries(AUDITED_UPDATES)) {
      await runner.query(`
        create trigger audit after insert or delete on ${table} for each row execute function record_audit();
        create trigger audit_update after update on ${table} for each row when (${condition}) execute function record_audit();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger keep_waiting on tickets;
      drop trigger keep_waiting_update on tickets;
      drop function keep_queue_waiting;
      drop index tickets_load_idx;
      alter table tickets drop constraint tickets_queue_fkey;
      drop table queue_waiting, queue_turns, member_absences, member_availability, member_languages, member_skills, queue_skills, skills,
        queue_members, support_queues;
    `);
  }
}
