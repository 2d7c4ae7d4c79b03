import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['portal_settings', 'portal_requests', 'portal_tallies', 'portal_sessions'];

export class LetCustomersIn1795740000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table portal_settings (
        organization_id uuid not null,
        is_on boolean not null default false,
        -- Through which accounts codes go out; where one is missing, nobody signs in that way.
        email_account_id uuid,
        sms_account_id uuid,
        -- Where links lead; our own page unless given.
        page_url text,
        session_hours integer not null default 12,
        version integer not null default 1,
        updated_at timestamptz not null default now(),
        constraint portal_settings_pkey primary key (organization_id),
        constraint portal_settings_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint portal_settings_email_account_fkey foreign key (organization_id, email_account_id) references accounts (organization_id, id) on delete set null (email_account_id),
        constraint portal_settings_sms_account_fkey foreign key (organization_id, sms_account_id) references accounts (organization_id, id) on delete set null (sms_account_id)
      );

      -- Somebody asks for a code; whether anybody is known by that contact is found out later, by a job. Codes and links are kept as digests.
      create table portal_requests (
        organization_id uuid not null,
        id uuid not null,
        -- SIGN_IN or VERIFY.
        purpose text not null,
        -- EMAIL or PHONE.
        kind text not null,
        contact text not null,
        language text not null,
        wants_link boolean not null,
        -- Digest of the address it came from: who asks again takes back only codes of their own.
        asked_from text not null,
        -- For VERIFY: who is to prove that it is theirs, as the audit log names them.
        asked_by text,
        code_digest text,
        link_digest text,
        tries integer not null default 0,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        -- When it was used, or another one stood in for it.
        closed_at timestamptz,
        -- What the network calls the message, so that its text is not kept when we are told of it.
        message_ref text,
        constraint portal_requests_pkey primary key (organization_id, id),
        constraint portal_requests_id_key unique (id),
        constraint portal_requests_link_key unique (link_digest),
        constraint portal_requests_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index portal_requests_contact_idx on portal_requests (organization_id, kind, contact);
      create index portal_requests_expiry_idx on portal_requests (expires_at);
      create index portal_requests_message_idx on portal_requests (organization_id, message_ref) where message_ref is not null;

      -- How often something was asked in a span of time, over all processes. What it was is told by a digest.
      create table portal_tallies (
        organization_id uuid not null,
        subject text not null,
        since timestamptz not null,
        count integer not null,
        constraint portal_tallies_pkey primary key (organization_id, subject, since),
        constraint portal_tallies_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index portal_tallies_since_idx on portal_tallies (since);

      create table portal_sessions (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        -- By what they proved who they are.
        kind text not null,
        contact text not null,
        token_digest text not null,
        signed_in_at timestamptz not null default now(),
        renewed_at timestamptz not null default now(),
        expires_at timestamptz not null,
        -- However often it is renewed, it ends then.
        ends_at timestamptz not null,
        ended_at timestamptz,
        constraint portal_sessions_pkey primary key (organization_id, id),
        constraint portal_sessions_token_key unique (token_digest),
        constraint portal_sessions_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint portal_sessions_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index portal_sessions_customer_idx on portal_sessions (organization_id, customer_id, signed_in_at, id);
      create index portal_sessions_expiry_idx on portal_sessions (expires_at);
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
      create trigger audit after insert or update or delete on portal_settings for each row execute function record_audit();
      create trigger audit after insert on portal_sessions for each row execute function record_audit();
      create trigger audit_update after update on portal_sessions for each row
        when (old.ended_at is distinct from new.ended_at or old.customer_id <> new.customer_id) execute function record_audit();

      -- Who is deleted is signed out for good; who is merged goes on as the survivor.
      create function end_portal_sessions() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        update portal_sessions set ended_at = now()
         where organization_id = new.organization_id and customer_id = new.id and ended_at is null;
        return null;
      end $$;
      create trigger end_portal_sessions after update of deleted_at on customers for each row
        when (new.deleted_at is not null and old.deleted_at is null and new.merged_into_id is null)
        execute function end_portal_sessions();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger end_portal_sessions on customers;
      drop function end_portal_sessions;
      drop table portal_sessions, portal_tallies, portal_requests, portal_settings;
    `);
  }
}
