import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'ticket_reply_turns',
  'ticket_mentions',
  'ticket_seen',
  'ticket_drafts',
  'ticket_presence',
  'ticket_attachments',
  'canned_responses',
  'ticket_macros',
];
/** What people write and change for others to use; the rest is remembered as what it is, or is gone within seconds. */
const AUDITED = ['canned_responses', 'ticket_macros'];

export class WorkTickets1795739700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How a ticket stood before an answer of ours and after it, so that one that never goes out is put back.
      create table ticket_reply_turns (
        organization_id uuid not null,
        message_id uuid not null,
        ticket_id uuid not null,
        status_before text not null,
        status_after text not null,
        constraint ticket_reply_turns_pkey primary key (organization_id, message_id),
        constraint ticket_reply_turns_message_fkey foreign key (organization_id, message_id) references ticket_messages (organization_id, id) on delete cascade
      );

      -- Who is called by which note.
      create table ticket_mentions (
        organization_id uuid not null,
        member_id uuid not null,
        message_id uuid not null,
        mentioned_at timestamptz not null default now(),
        constraint ticket_mentions_pkey primary key (organization_id, member_id, message_id),
        constraint ticket_mentions_message_fkey foreign key (organization_id, message_id) references ticket_messages (organization_id, id) on delete cascade,
        constraint ticket_mentions_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index ticket_mentions_message_idx on ticket_mentions (organization_id, message_id);

      -- How far each member has read each ticket.
      create table ticket_seen (
        organization_id uuid not null,
        ticket_id uuid not null,
        member_id uuid not null,
        message_id uuid not null,
        seen_at timestamptz not null default now(),
        constraint ticket_seen_pkey primary key (organization_id, ticket_id, member_id),
        constraint ticket_seen_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_seen_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index ticket_seen_member_idx on ticket_seen (organization_id, member_id);

      -- What a member has begun to write in a ticket.
      create table ticket_drafts (
        organization_id uuid not null,
        ticket_id uuid not null,
        member_id uuid not null,
        text text not null,
        visibility text,
        language text,
        -- Which of the member's devices wrote it last.
        device text,
        version integer not null default 1,
        updated_at timestamptz not null default now(),
        constraint ticket_drafts_pkey primary key (organization_id, ticket_id, member_id),
        constraint ticket_drafts_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_drafts_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index ticket_drafts_member_idx on ticket_drafts (organization_id, member_id);

      -- Who is looking at a ticket or writing in it, until when unless they say so again. Lost with a crash, as it may be.
      create unlogged table ticket_presence (
        organization_id uuid not null,
        ticket_id uuid not null,
        member_id uuid not null,
        state text not null,
        since timestamptz not null default now(),
        until timestamptz not null,
        constraint ticket_presence_pkey primary key (organization_id, ticket_id, member_id),
        constraint ticket_presence_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_presence_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index ticket_presence_until_idx on ticket_presence (until);
      create index ticket_presence_member_idx on ticket_presence (organization_id, member_id);

      -- Files that go with what is said in tickets; without a message yet, for a day.
      create table ticket_attachments (
        organization_id uuid not null,
        id uuid not null,
        file_id uuid not null,
        message_id uuid,
        name text not null,
        uploaded_by text not null,
        created_at timestamptz not null default now(),
        constraint ticket_attachments_pkey primary key (organization_id, id),
        constraint ticket_attachments_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint ticket_attachments_file_fkey foreign key (organization_id, file_id) references media_files (organization_id, id),
        constraint ticket_attachments_message_fkey foreign key (organization_id, message_id) references ticket_messages (organization_id, id) on delete cascade
      );
      create index ticket_attachments_file_idx on ticket_attachments (organization_id, file_id);
      create index ticket_attachments_message_idx on ticket_attachments (organization_id, message_id) where message_id is not null;
      create index ticket_attachments_uploader_idx on ticket_attachments (organization_id, uploaded_by, created_at);
      create index ticket_attachments_loose_idx on ticket_attachments (created_at) where message_id is null;

      -- Answers that are given often.
      create table canned_responses (
        organization_id uuid not null,
        id uuid not null,
        shortcut text not null,
        name text not null,
        -- By language: {"es": "…", "en": "…"}.
        texts jsonb not null,
        team_id uuid,
        version integer not null default 1,
        created_by text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint canned_responses_pkey primary key (organization_id, id),
        constraint canned_responses_shortcut_key unique (organization_id, shortcut),
        constraint canned_responses_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint canned_responses_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade
      );
      create index canned_responses_name_idx on canned_responses (organization_id, name, id);
      create index canned_responses_team_idx on canned_responses (organization_id, team_id) where team_id is not null;

      -- What is done to tickets in one go, in order.
      create table ticket_macros (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        actions jsonb not null,
        team_id uuid,
        version integer not null default 1,
        created_by text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint ticket_macros_pkey primary key (organization_id, id),
        constraint ticket_macros_name_key unique (organization_id, name),
        constraint ticket_macros_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint ticket_macros_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade
      );
      create index ticket_macros_team_idx on ticket_macros (organization_id, team_id) where team_id is not null;
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    for (const table of AUDITED)
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ticket_macros, canned_responses, ticket_attachments, ticket_presence, ticket_drafts, ticket_seen, ticket_mentions, ticket_reply_turns;
    `);
  }
}
