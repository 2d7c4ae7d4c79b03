import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['activity_series', 'activities', 'activity_attendees', 'calendar_feeds'];

export class PlanActivities1795738800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What is done again and again: by which rule, and what each time is like. Each time is an activity of its own.
      create table activity_series (
        organization_id uuid not null,
        id uuid not null,
        -- RRULE of RFC 5545, without its name; read in the time zone, by the clock on the wall.
        rule text not null,
        time_zone text not null,
        first_at timestamptz not null,
        -- Nothing of it takes place from then on, whatever the rule says.
        ends_before timestamptz,
        -- Times before this moment are kept as activities.
        planned_until timestamptz not null,
        kind text not null,
        subject text not null,
        notes text,
        priority text not null,
        location text,
        -- Whether its moment is when it starts, or when it is due.
        is_timed boolean not null,
        duration_seconds integer,
        due_after_seconds integer,
        remind_before_seconds integer,
        owner_id uuid,
        team_id uuid,
        customer_id uuid,
        regarding_prefix text,
        regarding_id uuid,
        member_ids uuid[] not null default '{}',
        attending_ids uuid[] not null default '{}',
        created_at timestamptz not null default now(),
        constraint activity_series_pkey primary key (organization_id, id),
        constraint activity_series_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint activity_series_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint activity_series_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint activity_series_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index activity_series_planned_idx on activity_series (planned_until);
      create index activity_series_customer_idx on activity_series (organization_id, customer_id);

      create table activities (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        status text not null default 'OPEN',
        subject text not null,
        notes text,
        priority text not null default 'NORMAL',
        location text,
        starts_at timestamptz,
        ends_at timestamptz,
        due_at timestamptz,
        remind_at timestamptz,
        -- When the reminder was told; one that is moved is told anew.
        reminded_at timestamptz,
        owner_id uuid,
        team_id uuid,
        customer_id uuid,
        -- What it is about: prefix of the public id, and stored id.
        regarding_prefix text,
        regarding_id uuid,
        outcome text,
        completed_at timestamptz,
        checked_in_at timestamptz,
        check_in_latitude double precision,
        check_in_longitude double precision,
        check_in_accuracy double precision,
        check_in_by text,
        series_id uuid,
        -- The moment the rule of its series gives it, wherever it was moved to.
        occurrence_at timestamptz,
        -- Changed by itself, so that it is told apart from the rest of its series.
        is_exception boolean not null default false,
        external_id text,
        version integer not null default 1,
        created_by text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint activities_pkey primary key (organization_id, id),
        constraint activities_external_id_key unique (organization_id, external_id),
        constraint activities_times_check check (starts_at < ends_at),
        constraint activities_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint activities_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint activities_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint activities_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint activities_series_fkey foreign key (organization_id, series_id) references activity_series (organization_id, id)
      );
      create unique index activities_occurrence_key on activities (organization_id, series_id, occurrence_at) where series_id is not null;
      create index activities_created_idx on activities (organization_id, created_at, id);
      create index activities_updated_idx on activities (organization_id, updated_at, id);
      create index activities_starts_idx on activities (organization_id, starts_at, id);
      create index activities_due_idx on activities (organization_id, due_at, id);
      create index activities_owner_idx on activities (organization_id, owner_id, starts_at);
      create index activities_team_idx on activities (organization_id, team_id);
      create index activities_customer_idx on activities (organization_id, customer_id, created_at);
      create index activities_regarding_idx on activities (organization_id, regarding_id);

      create table activity_attendees (
        organization_id uuid not null,
        id uuid not null,
        activity_id uuid not null,
        member_id uuid,
        customer_id uuid,
        constraint activity_attendees_pkey primary key (organization_id, id),
        constraint activity_attendees_member_key unique (organization_id, activity_id, member_id),
        constraint activity_attendees_one_check check (num_nonnulls(member_id, customer_id) = 1),
        constraint activity_attendees_activity_fkey foreign key (organization_id, activity_id) references activities (organization_id, id) on delete cascade,
        constraint activity_attendees_by_member_fkey foreign key (organization_id, member_id) references members (organization_id, id),
        constraint activity_attendees_by_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index activity_attendees_by_member_idx on activity_attendees (organization_id, member_id);
      create index activity_attendees_by_customer_idx on activity_attendees (organization_id, customer_id, activity_id);

      -- Addresses under which a member reads their calendar elsewhere; whoever knows one reads it, so only a digest is kept.
      create table calendar_feeds (
        organization_id uuid not null,
        id uuid not null,
        member_id uuid not null,
        name text not null,
        token_digest text not null,
        created_at timestamptz not null default now(),
        last_read_at timestamptz,
        constraint calendar_feeds_pkey primary key (organization_id, id),
        constraint calendar_feeds_token_key unique (token_digest),
        constraint calendar_feeds_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index calendar_feeds_member_idx on calendar_feeds (organization_id, member_id, created_at, id);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    await runner.query(`
      create trigger audit after insert or update or delete on activities for each row execute function record_audit();
      create trigger audit after insert or update or delete on activity_series for each row execute function record_audit();
      -- That a program read a feed again is nothing that somebody did.
      create trigger audit after insert or delete on calendar_feeds for each row execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table calendar_feeds, activity_attendees, activities, activity_series');
  }
}
