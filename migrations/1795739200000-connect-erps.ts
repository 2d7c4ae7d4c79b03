import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'erp_connections',
  'erp_states',
  'erp_cursors',
  'erp_links',
  'erp_waiting',
  'erp_conflicts',
  'erp_writes',
  'erp_runs',
];

export class ConnectErps1795739200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As people set it.
      create table erp_connections (
        organization_id uuid not null,
        id uuid not null,
        adapter text not null,
        name text not null,
        -- What is shown; secrets are in erp_secrets.
        settings jsonb not null default '{}',
        -- ACTIVE or PAUSED.
        state text not null default 'ACTIVE',
        interval_minutes integer not null default 5,
        -- Stands before ids of orders, invoices and payments, to tell them from those of another ERP.
        id_prefix text not null default '',
        -- Who wins where both sides changed: {"CUSTOMER": {"name": "THEIRS"}}.
        field_rules jsonb not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint erp_connections_pkey primary key (organization_id, id),
        constraint erp_connections_name_key unique (organization_id, name),
        constraint erp_connections_interval_check check (interval_minutes between 1 and 1440),
        constraint erp_connections_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index erp_connections_created_idx on erp_connections (organization_id, created_at, id);

      create table erp_secrets (
        organization_id uuid not null,
        connection_id uuid not null,
        sealed text not null,
        updated_at timestamptz not null default now(),
        constraint erp_secrets_pkey primary key (organization_id, connection_id),
        constraint erp_secrets_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );

      -- As the engine finds it.
      create table erp_states (
        organization_id uuid not null,
        connection_id uuid not null,
        -- What the ERP calls itself.
        erp_name text,
        erp_version text,
        -- {"code", "message", "at"}: why the last run ended early.
        problem jsonb,
        failures integer not null default 0,
        -- Who may write what is read, and until when nobody else may.
        lease uuid,
        leased_until timestamptz,
        last_synced_at timestamptz,
        next_sync_at timestamptz not null default now(),
        constraint erp_states_pkey primary key (organization_id, connection_id),
        constraint erp_states_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );

      -- How far each kind is read, in the transaction of what it covers.
      create table erp_cursors (
        organization_id uuid not null,
        connection_id uuid not null,
        kind text not null,
        cursor text,
        -- Counts replays: what was read before one must not move the cursor after it.
        generation integer not null default 0,
        -- Reading everything again, until it has caught up.
        is_replay boolean not null default false,
        read_count bigint not null default 0,
        problem jsonb,
        synced_at timestamptz,
        constraint erp_cursors_pkey primary key (organization_id, connection_id, kind),
        constraint erp_cursors_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );

      -- Which record of theirs is which of ours.
      create table erp_links (
        organization_id uuid not null,
        connection_id uuid not null,
        kind text not null,
        external_id text not null,
        -- Nothing once ours was erased: what they say of it is then no longer heard.
        record_id uuid,
        -- Fields as both sides last had them.
        base jsonb not null default '{}',
        hash text not null,
        -- As the ERP last said, also of what is no longer there.
        changed_there_at timestamptz,
        is_gone boolean not null default false,
        -- Our record's updated_at up to which changes were looked for.
        compared_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint erp_links_pkey primary key (organization_id, connection_id, kind, external_id),
        constraint erp_links_record_key unique (organization_id, connection_id, kind, record_id),
        constraint erp_links_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );
      create index erp_links_record_idx on erp_links (organization_id, record_id);

      -- Read, but not to be applied yet: it names what is not there, or was refused.
      create table erp_waiting (
        organization_id uuid not null,
        connection_id uuid not null,
        kind text not null,
        external_id text not null,
        record jsonb not null,
        missing_kind text,
        missing_id text,
        problem text,
        attempts integer not null default 0,
        created_at timestamptz not null default now(),
        constraint erp_waiting_pkey primary key (organization_id, connection_id, kind, external_id),
        constraint erp_waiting_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );

      create table erp_conflicts (
        organization_id uuid not null,
        id uuid not null,
        connection_id uuid not null,
        kind text not null,
        external_id text not null,
        record_id uuid,
        field text not null,
        label text not null,
        ours jsonb,
        theirs jsonb,
        base jsonb,
        -- OPEN, RESOLVED, or OBSOLETE when the two came to agree by themselves.
        state text not null default 'OPEN',
        -- OURS, THEIRS or VALUE.
        resolution text,
        resolved_value jsonb,
        resolved_by text,
        resolved_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint erp_conflicts_pkey primary key (organization_id, id),
        constraint erp_conflicts_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );
      create unique index erp_conflicts_open_key on erp_conflicts (organization_id, connection_id, kind, external_id, field) where state = 'OPEN';
      create index erp_conflicts_created_idx on erp_conflicts (organization_id, created_at, id);
      create index erp_conflicts_connection_idx on erp_conflicts (organization_id, connection_id, created_at, id);

      -- What is to go out: a row first, then a job.
      create table erp_writes (
        organization_id uuid not null,
        id uuid not null,
        connection_id uuid not null,
        kind text not null,
        record_id uuid not null,
        -- By which the ERP is asked whether it has it; the same however often it is tried.
        key text not null,
        -- QUEUED, SENDING, SENT, FAILED.
        state text not null default 'QUEUED',
        -- It went out and nothing was heard: it is looked for before it goes out again.
        is_doubtful boolean not null default false,
        attempts integer not null default 0,
        next_at timestamptz not null default now(),
        claimed_until timestamptz,
        problem jsonb,
        sent_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint erp_writes_pkey primary key (organization_id, id),
        constraint erp_writes_record_key unique (organization_id, connection_id, kind, record_id),
        constraint erp_writes_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );
      create index erp_writes_record_idx on erp_writes (organization_id, record_id);
      create index erp_writes_created_idx on erp_writes (organization_id, connection_id, created_at, id);
      create index erp_writes_open_idx on erp_writes (organization_id, connection_id, next_at) where state in ('QUEUED', 'SENDING');

      create table erp_runs (
        organization_id uuid not null,
        id uuid not null,
        connection_id uuid not null,
        -- RUNNING, DONE or FAILED; RUNNING of a dead process is closed by the next run.
        state text not null default 'RUNNING',
        -- By kind: {"PRODUCT": {"read", "created", "changed", "waiting", "conflicts", "refused"}}.
        counts jsonb not null default '{}',
        sent integer not null default 0,
        problem jsonb,
        started_at timestamptz not null default now(),
        ended_at timestamptz,
        constraint erp_runs_pkey primary key (organization_id, id),
        constraint erp_runs_connection_fkey foreign key (organization_id, connection_id) references erp_connections (organization_id, id) on delete cascade
      );
      create index erp_runs_started_idx on erp_runs (organization_id, connection_id, started_at, id);
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
      -- Requests write secrets; only the owner's connections read them.
      alter table erp_secrets enable row level security;
      create policy tenant on erp_secrets
        using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant insert, update, delete on erp_secrets to vinculo_app;
      grant select (organization_id, connection_id, updated_at) on erp_secrets to vinculo_app;
      create trigger audit after insert or update or delete on erp_connections for each row execute function record_audit();
      create trigger audit after insert or update or delete on erp_conflicts for each row execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table erp_runs, erp_writes, erp_conflicts, erp_waiting, erp_links, erp_cursors, erp_states, erp_secrets, erp_connections',
    );
  }
}
