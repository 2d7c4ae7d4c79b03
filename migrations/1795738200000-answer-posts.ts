import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['replies', 'reply_approval_rules', 'early_receipts'];

export class AnswerPosts1795738200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table replies (
        organization_id uuid not null,
        -- Also the key by which the network is asked to do it once.
        id uuid not null,
        account_id uuid not null,
        network text not null,
        kind text not null,
        visibility text not null,
        post_id uuid,
        conversation_id uuid,
        recipient_identity_id uuid not null,
        text text not null,
        language text,
        media jsonb not null default '[]',
        rendered jsonb,
        agent text,
        state text not null,
        scheduled_at timestamptz,
        first_tried_at timestamptz,
        attempts integer not null default 0,
        look_ups integer not null default 0,
        -- Until then the process that is sending it has the word.
        claimed_until timestamptz,
        external_id text,
        url text,
        sent_at timestamptz,
        delivered_at timestamptz,
        read_at timestamptz,
        failure jsonb,
        author text not null,
        approval_note text,
        approved_by text,
        approved_at timestamptz,
        rejection_reason text,
        -- The first part of its thread, and the one before it.
        thread_id uuid,
        continues_id uuid,
        part integer not null default 1,
        parts integer not null default 1,
        sent_post_id uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint replies_pkey primary key (organization_id, id),
        constraint replies_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint replies_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id),
        constraint replies_recipient_fkey foreign key (organization_id, recipient_identity_id) references social_identities (organization_id, id)
      );
      create unique index replies_external_key on replies (organization_id, network, external_id) where external_id is not null;
      create index replies_created_idx on replies (organization_id, created_at, id);
      create index replies_post_idx on replies (organization_id, post_id, created_at, id);
      create index replies_recipient_idx on replies (organization_id, recipient_identity_id);
      create index replies_thread_idx on replies (organization_id, thread_id) where thread_id is not null;
      create index replies_open_idx on replies (organization_id, account_id, id) where state in ('SCHEDULED', 'QUEUED', 'SENDING', 'UNKNOWN');

      create table reply_approval_rules (
        organization_id uuid not null,
        id uuid not null,
        role text,
        account_id uuid,
        created_at timestamptz not null default now(),
        constraint reply_approval_rules_pkey primary key (organization_id, id),
        constraint reply_approval_rules_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint reply_approval_rules_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      create unique index reply_approval_rules_once_key on reply_approval_rules (organization_id, role, account_id) nulls not distinct;

      -- What a network said of a message before it had told us the message's id.
      create table early_receipts (
        organization_id uuid not null,
        network text not null,
        external_id text not null,
        state text not null,
        at timestamptz not null,
        fault jsonb,
        received_at timestamptz not null default now(),
        constraint early_receipts_pkey primary key (organization_id, network, external_id, state),
        constraint early_receipts_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index early_receipts_received_idx on early_receipts (received_at);

      alter table posts add column hidden_at timestamptz;
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
      create trigger audit after insert or update or delete on replies for each row execute function record_audit();
      create trigger audit after insert or update or delete on reply_approval_rules for each row execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table early_receipts, reply_approval_rules, replies;
      alter table posts drop column hidden_at;
    `);
  }
}
