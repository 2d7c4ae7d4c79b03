import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where reading stands changes all the time and is nobody's act. */
const UNAUDITED = ['reconcile_cursor', 'reconcile_version', 'polled_since'];

export class TakeDeliveries1795738300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sources
        -- Where the poll stands of a source that is streamed too.
        add column reconcile_cursor jsonb,
        add column reconcile_version integer not null default 1,
        -- Polls have left nothing out since then, as far as the network tells.
        add column polled_since timestamptz;

      alter table source_gaps
        -- Whether a poll can bring what is missing, and when one did.
        add column fillable boolean not null default false,
        add column filled_at timestamptz;

      -- What networks sent us, as it came. Requests write it; only the owner reads what it says.
      create table webhook_deliveries (
        organization_id uuid not null,
        id uuid not null,
        account_id uuid not null,
        -- The network's own name of it: what it sends again is kept once.
        delivery_id text,
        method text not null,
        -- Address and headers, sealed: some networks put their secrets there.
        envelope text not null,
        body bytea not null,
        state text not null default 'RECEIVED',
        problem text,
        -- What it told of, by the network's own ids: what must be forgotten is forgotten here too.
        post_ids text[] not null default '{}',
        received_at timestamptz not null default now(),
        parsed_at timestamptz,
        constraint webhook_deliveries_pkey primary key (organization_id, id),
        constraint webhook_deliveries_once_key unique (organization_id, account_id, delivery_id),
        constraint webhook_deliveries_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      -- For whoever removes old ones, of every organisation.
      create index webhook_deliveries_age_idx on webhook_deliveries (state, received_at);
      create index webhook_deliveries_posts_idx on webhook_deliveries using gin (post_ids);
      grant insert, delete on webhook_deliveries to vinculo_app;
      grant select (organization_id, id, account_id, delivery_id, state, problem, post_ids, received_at, parsed_at) on webhook_deliveries to vinculo_app;
      grant update (state, problem, parsed_at, post_ids) on webhook_deliveries to vinculo_app;

      -- Array operators are not leakproof, so row-level security keeps them from their index; this applies the same rule itself.
      create function forget_deliveries(ids text[]) returns integer
        language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
        with gone as (
          delete from webhook_deliveries
           where organization_id = current_setting('app.organization_id')::uuid and state = 'DONE' and post_ids && ids returning 1)
        select count(*)::integer from gone
      $$;

      create table media_files (
        organization_id uuid not null,
        id uuid not null,
        sha256 bytea not null,
        -- As the bytes say, not as it was declared.
        type text not null,
        name text,
        size integer not null,
        bytes bytea not null,
        created_at timestamptz not null default now(),
        constraint media_files_pkey primary key (organization_id, id),
        constraint media_files_once_key unique (organization_id, sha256),
        constraint media_files_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      -- Pictures and faxes are compressed already, and a network waits while we store what it sent.
      alter table media_files alter column bytes set storage external;
      alter table webhook_deliveries alter column body set storage external;
      grant select, insert, update, delete on media_files to vinculo_app;

      create table post_media_files (
        organization_id uuid not null,
        post_id uuid not null,
        file_id uuid not null,
        constraint post_media_files_pkey primary key (organization_id, post_id, file_id),
        constraint post_media_files_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id) on delete cascade,
        constraint post_media_files_file_fkey foreign key (organization_id, file_id) references media_files (organization_id, id)
      );
      create index post_media_files_file_idx on post_media_files (organization_id, file_id);
      grant select, insert, update, delete on post_media_files to vinculo_app;
    `);
    for (const table of ['webhook_deliveries', 'media_files', 'post_media_files']) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
      `);
    }
    const known = `''last_success_at''`;
    const more = UNAUDITED.map(column => `''${column}''`).join(', ');
    await runner.query(`
      do $$ begin
        execute replace(pg_get_functiondef('record_audit'::regproc), '${known}', '${known}, ${more}');
      end $$
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    const more = UNAUDITED.map(column => `, ''${column}''`).join('');
    await runner.query(`
      do $$ begin execute replace(pg_get_functiondef('record_audit'::regproc), '${more}', ''); end $$;
      drop table post_media_files;
      drop table media_files;
      drop function forget_deliveries(text[]);
      drop table webhook_deliveries;
      alter table source_gaps drop column fillable, drop column filled_at;
      alter table sources drop column reconcile_cursor, drop column reconcile_version, drop column polled_since;
    `);
  }
}
