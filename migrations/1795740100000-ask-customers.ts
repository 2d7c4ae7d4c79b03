import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['surveys', 'survey_invitations', 'survey_responses'];

export class AskCustomers1795740100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table surveys (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- CSAT, NPS or CES.
        kind text not null,
        -- By language: {"en": {"question": "…", "thanks": "…"}}; what is missing is said in the product's words.
        texts jsonb not null default '{}',
        -- SOLVED, CLOSED, or MANUAL for one that is only sent by hand.
        trigger text not null,
        delay_minutes integer not null default 0,
        channels text[] not null default '{}',
        types text[] not null default '{}',
        -- A customer is asked no more often than this.
        rest_days integer not null default 30,
        valid_days integer not null default 14,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint surveys_pkey primary key (organization_id, id),
        constraint surveys_name_key unique (organization_id, name),
        constraint surveys_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      -- One customer asked about one ticket. Whoever has the secret of the link may answer.
      create table survey_invitations (
        organization_id uuid not null,
        id uuid not null,
        survey_id uuid not null,
        ticket_id uuid not null,
        customer_id uuid,
        -- WAITING, SENT, SKIPPED or FAILED.
        state text not null default 'WAITING',
        skipped_because text,
        language text,
        channel text not null,
        -- Who looked after the ticket when it was done.
        member_id uuid,
        team_id uuid,
        token_digest text,
        message_id uuid,
        due_at timestamptz not null,
        sent_at timestamptz,
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        constraint survey_invitations_pkey primary key (organization_id, id),
        constraint survey_invitations_key unique (organization_id, ticket_id, survey_id),
        constraint survey_invitations_survey_fkey foreign key (organization_id, survey_id) references surveys (organization_id, id),
        constraint survey_invitations_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id),
        constraint survey_invitations_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint survey_invitations_member_fkey foreign key (organization_id, member_id) references members (organization_id, id),
        constraint survey_invitations_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );
      create unique index survey_invitations_token_key on survey_invitations (token_digest) where token_digest is not null;
      create index survey_invitations_customer_idx on survey_invitations (organization_id, customer_id, sent_at);
      create index survey_invitations_sent_idx on survey_invitations (organization_id, sent_at) where state = 'SENT';
      create index survey_invitations_member_idx on survey_invitations (organization_id, member_id, sent_at);

      create table survey_responses (
        organization_id uuid not null,
        id uuid not null,
        invitation_id uuid not null,
        survey_id uuid not null,
        kind text not null,
        ticket_id uuid not null,
        customer_id uuid,
        member_id uuid,
        team_id uuid,
        channel text not null,
        score integer not null,
        -- What they said beside it is a post like any other.
        post_id uuid,
        answered_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint survey_responses_pkey primary key (organization_id, id),
        constraint survey_responses_invitation_key unique (organization_id, invitation_id),
        constraint survey_responses_score_check check (score between 0 and 10),
        constraint survey_responses_invitation_fkey foreign key (organization_id, invitation_id) references survey_invitations (organization_id, id),
        constraint survey_responses_survey_fkey foreign key (organization_id, survey_id) references surveys (organization_id, id),
        constraint survey_responses_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id),
        constraint survey_responses_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint survey_responses_member_fkey foreign key (organization_id, member_id) references members (organization_id, id),
        constraint survey_responses_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint survey_responses_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id)
      );
      create index survey_responses_answered_idx on survey_responses (organization_id, answered_at, id);
      create index survey_responses_ticket_idx on survey_responses (organization_id, ticket_id);
      create index survey_responses_customer_idx on survey_responses (organization_id, customer_id, answered_at);
      create index survey_responses_member_idx on survey_responses (organization_id, member_id, answered_at);
      create index survey_responses_post_idx on survey_responses (organization_id, post_id) where post_id is not null;
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // Who was asked is told by the answers; an invitation is written by the product, not by people.
    for (const table of ['surveys', 'survey_responses']) {
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table survey_responses, survey_invitations, surveys');
  }
}
