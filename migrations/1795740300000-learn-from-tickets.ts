import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['contact_reasons', 'complaint_procedures', 'complaints', 'complaint_steps', 'themes'];

export class LearnFromTickets1795740300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Why people turn to us (REASON), and what that comes from (ROOT_CAUSE): two trees.
      create table contact_reasons (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        parent_id uuid,
        -- Words that speak for it.
        words text[] not null default '{}',
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint contact_reasons_pkey primary key (organization_id, id),
        constraint contact_reasons_name_key unique (organization_id, kind, name),
        constraint contact_reasons_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint contact_reasons_parent_fkey foreign key (organization_id, parent_id) references contact_reasons (organization_id, id)
      );
      alter table tickets add constraint tickets_reason_fkey foreign key (organization_id, reason_id) references contact_reasons (organization_id, id);
      alter table tickets add constraint tickets_root_cause_fkey foreign key (organization_id, root_cause_id) references contact_reasons (organization_id, id);
      create index tickets_reason_idx on tickets (organization_id, reason_id) where reason_id is not null;
      create index tickets_root_cause_idx on tickets (organization_id, root_cause_id) where root_cause_id is not null;

      -- Within how many days an organisation does what ISO 10002 asks for.
      create table complaint_procedures (
        organization_id uuid not null,
        acknowledge_days integer not null default 2,
        answer_days integer not null default 15,
        appeal_days integer not null default 30,
        appeal_answer_days integer not null default 30,
        version integer not null default 1,
        constraint complaint_procedures_pkey primary key (organization_id),
        constraint complaint_procedures_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table complaints (
        organization_id uuid not null,
        id uuid not null,
        ticket_id uuid not null,
        customer_id uuid,
        -- RECEIVED, ACKNOWLEDGED, ANSWERED, APPEALED, CLOSED or WITHDRAWN.
        stage text not null default 'RECEIVED',
        severity text not null default 'MEDIUM',
        wanted text,
        received_at timestamptz not null default now(),
        acknowledge_by timestamptz not null,
        acknowledged_at timestamptz,
        answer_by timestamptz not null,
        answered_at timestamptz,
        -- UPHELD, PARTLY_UPHELD or REJECTED.
        outcome text,
        answer text,
        remedy text,
        appeal_until timestamptz,
        appealed_at timestamptz,
        appeal_reason text,
        appeal_answer_by timestamptz,
        appeal_answered_at timestamptz,
        appeal_outcome text,
        appeal_answer text,
        -- The moment that was last reminded of.
        reminded_of timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint complaints_pkey primary key (organization_id, id),
        constraint complaints_ticket_key unique (organization_id, ticket_id),
        constraint complaints_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id),
        constraint complaints_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index complaints_received_idx on complaints (organization_id, received_at, id);
      create index complaints_customer_idx on complaints (organization_id, customer_id, received_at);
      create index complaints_open_idx on complaints (organization_id, stage) where stage in ('RECEIVED', 'ACKNOWLEDGED', 'APPEALED');

      -- What was done about a complaint, step by step.
      create table complaint_steps (
        organization_id uuid not null,
        id uuid not null,
        complaint_id uuid not null,
        kind text not null,
        made_by text not null,
        made_at timestamptz not null default clock_timestamp(),
        constraint complaint_steps_pkey primary key (organization_id, id),
        constraint complaint_steps_complaint_fkey foreign key (organization_id, complaint_id) references complaints (organization_id, id) on delete cascade
      );
      create index complaint_steps_complaint_idx on complaint_steps (organization_id, complaint_id, made_at, id);

      -- What customers speak about, as words to look for.
      create table themes (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        names jsonb not null default '{}',
        words text[] not null,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint themes_pkey primary key (organization_id, id),
        constraint themes_name_key unique (organization_id, name),
        constraint themes_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      -- Text search is not leakproof, so row-level security keeps it from its index; this applies the same rule itself and answers ids only.
      create function posts_saying(words text[], since timestamptz, until timestamptz, most integer) returns table (id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select p.id from posts p
         where p.organization_id = current_setting('app.organization_id')::uuid
           and to_tsvector('simple', normalise_text(p.text)) @@ websearch_to_tsquery('simple',
                 (select string_agg('"' || replace(normalise_text(w.word), '"', ' ') || '"', ' or ') from unnest(words) as w(word)))
           and p.occurred_at >= since and p.occurred_at < until and not p.own and not p.auto and p.deleted_at is null
         order by p.occurred_at desc limit most
      $$;
      revoke execute on function posts_saying from public;
      grant execute on function posts_saying to vinculo_app;
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // What was once done is not changed by any request.
    await runner.query('revoke update, delete on complaint_steps from vinculo_app');
    for (const table of ['contact_reasons', 'themes']) {
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
    }
    await runner.query(`
      create trigger audit after insert or delete on complaints for each row execute function record_audit();
      create trigger audit_update after update on complaints for each row when (old.version is distinct from new.version) execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function posts_saying;
      alter table tickets drop constraint tickets_reason_fkey, drop constraint tickets_root_cause_fkey;
      drop index tickets_reason_idx, tickets_root_cause_idx;
      drop table themes, complaint_steps, complaints, complaint_procedures, contact_reasons;
    `);
  }
}
