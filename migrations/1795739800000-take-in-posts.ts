import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'care_settings',
  'intake_rules',
  'acknowledgements',
  'incidents',
  'incident_posts',
  'incident_answers',
];

export class TakeInPosts1795739800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table care_settings (
        organization_id uuid not null,
        -- A private message goes on with the only open ticket of its author in which something was said in so many days; null: never.
        continue_days integer default 14,
        -- What is said in a ticket that was closed in so many days opens one that follows it up; null: never.
        follow_up_days integer default 90,
        acknowledgements_per_hour integer not null default 3,
        -- OFF, SUGGEST or AUTOMATIC: what becomes of a flood of posts that are alike.
        flood_mode text not null default 'OFF',
        flood_posts integer not null default 10,
        flood_minutes integer not null default 30,
        version integer not null default 1,
        constraint care_settings_pkey primary key (organization_id),
        constraint care_settings_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table intake_rules (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        position integer not null,
        is_active boolean not null default true,
        channels text[] not null default '{}',
        networks text[] not null default '{}',
        kinds text[] not null default '{}',
        account_ids uuid[] not null default '{}',
        source_ids uuid[] not null default '{}',
        words_any text[] not null default '{}',
        words_all text[] not null default '{}',
        words_none text[] not null default '{}',
        languages text[] not null default '{}',
        sentiment_below double precision,
        priority_at_least double precision,
        followers_at_least integer,
        is_customer boolean,
        customer_tags text[] not null default '{}',
        -- OPEN or IGNORE.
        action text not null default 'OPEN',
        type text,
        priority text,
        category_id uuid,
        tags text[] not null default '{}',
        team_id uuid,
        queue_id uuid,
        assignee_id uuid,
        subject text,
        acknowledges boolean not null default false,
        -- By language: {"es": "…"}.
        acknowledgement jsonb not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint intake_rules_pkey primary key (organization_id, id),
        constraint intake_rules_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint intake_rules_category_fkey foreign key (organization_id, category_id) references ticket_categories (organization_id, id),
        constraint intake_rules_queue_fkey foreign key (organization_id, queue_id) references support_queues (organization_id, id),
        constraint intake_rules_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint intake_rules_assignee_fkey foreign key (organization_id, assignee_id) references members (organization_id, id)
      );
      create index intake_rules_position_idx on intake_rules (organization_id, position, id);

      -- A ticket is acknowledged once, however often a job runs.
      create table acknowledgements (
        organization_id uuid not null,
        ticket_id uuid not null,
        identity_id uuid not null,
        reply_id uuid,
        acknowledged_at timestamptz not null default now(),
        constraint acknowledgements_pkey primary key (organization_id, ticket_id),
        constraint acknowledgements_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint acknowledgements_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade
      );
      create index acknowledgements_identity_idx on acknowledgements (organization_id, identity_id, acknowledged_at);

      create table incidents (
        organization_id uuid not null,
        id uuid not null,
        title text not null,
        -- OPEN, ANSWERED or ENDED.
        status text not null default 'OPEN',
        -- SUGGESTED by the flood alone, or CONFIRMED by somebody or by the settings.
        stage text not null default 'CONFIRMED',
        words text[] not null default '{}',
        networks text[] not null default '{}',
        -- What the posts of it have in common, for new ones to be compared with.
        signature text[] not null default '{}',
        answers jsonb not null default '{}',
        created_by text not null,
        last_post_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint incidents_pkey primary key (organization_id, id),
        constraint incidents_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index incidents_created_idx on incidents (organization_id, created_at, id);
      create index incidents_open_idx on incidents (organization_id, id) where status <> 'ENDED';

      create table incident_posts (
        organization_id uuid not null,
        post_id uuid not null,
        incident_id uuid not null,
        -- Somebody took it out: it does not join by itself again.
        is_out boolean not null default false,
        added_at timestamptz not null default now(),
        constraint incident_posts_pkey primary key (organization_id, post_id),
        constraint incident_posts_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id) on delete cascade,
        constraint incident_posts_incident_fkey foreign key (organization_id, incident_id) references incidents (organization_id, id) on delete cascade
      );
      create index incident_posts_incident_idx on incident_posts (organization_id, incident_id, added_at, post_id);

      -- Each person is answered once in an incident, however often the answering starts anew.
      create table incident_answers (
        organization_id uuid not null,
        incident_id uuid not null,
        identity_id uuid not null,
        post_id uuid not null,
        visibility text not null,
        requested_by text not null,
        reply_id uuid,
        -- WAITING, SENT or REFUSED.
        state text not null default 'WAITING',
        refusal text,
        updated_at timestamptz not null default now(),
        constraint incident_answers_pkey primary key (organization_id, incident_id, identity_id),
        constraint incident_answers_incident_fkey foreign key (organization_id, incident_id) references incidents (organization_id, id) on delete cascade,
        constraint incident_answers_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade
      );
      create index incident_answers_waiting_idx on incident_answers (organization_id, incident_id) where state = 'WAITING';

      -- Nobody wrote it: channels that can say so do, and no machine answers it.
      alter table replies add column is_automatic boolean not null default false;
      alter table tickets add constraint tickets_incident_fkey foreign key (organization_id, incident_id) references incidents (organization_id, id);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    for (const table of ['intake_rules', 'incidents']) {
      await runner.query(`
        create trigger audit after insert or delete on ${table} for each row execute function record_audit();
        create trigger audit_update after update on ${table} for each row when (old.version is distinct from new.version) execute function record_audit();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table tickets drop constraint tickets_incident_fkey;
      alter table replies drop column is_automatic;
      drop table incident_answers, incident_posts, incidents, acknowledgements, intake_rules, care_settings;
    `);
  }
}
