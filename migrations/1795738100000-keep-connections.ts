import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepConnections1795738100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        -- What stands in the way of the account as a whole, beside what its sources say.
        add column problem jsonb,
        -- When access is renewed by itself; null where nobody but its owner can.
        add column access_renew_at timestamptz,
        -- When the network is next asked to call us, and why the last time was in vain.
        add column hook_renew_at timestamptz,
        add column hook_problem jsonb;
      -- However often it is connected, one account of a network is one account here.
      create unique index accounts_external_key on accounts (organization_id, connector, external_id);

      -- The audit log tells what people change, not each renewal of access.
      drop trigger audit on accounts;
      create trigger audit
        after insert or delete or update of network, external_id, handle, display_name, state, team_id, connector, settings, granted
        on accounts for each row execute function record_audit();

      -- That credentials were replaced, and by whom; never what they are. What we renew by ourselves is no news.
      create function record_credentials_audit() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if coalesce(nullif(current_setting('app.actor', true), ''), 'system:') like 'system:%' then return null; end if;
        insert into audit_entries (organization_id, actor, request_id, action, table_name, subject_id, before, after)
        values (new.organization_id, current_setting('app.actor', true), nullif(current_setting('app.request_id', true), ''),
                tg_op, 'account_secrets', new.account_id, null, jsonb_build_object('account_id', new.account_id));
        return null;
      end $$;
      create trigger audit after insert or update on account_secrets for each row execute function record_credentials_audit();

      -- Sign-ins under way: each is found by its state, of which only a digest is kept, and used once.
      create table account_connections (
        organization_id uuid not null,
        state_digest text not null,
        actor text not null,
        connector text not null,
        account_id uuid,
        redirect_uri text not null,
        sealed text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        constraint account_connections_pkey primary key (organization_id, state_digest),
        constraint account_connections_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint account_connections_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      create unique index account_connections_state_key on account_connections (state_digest);
      create index account_connections_expires_idx on account_connections (expires_at);
      alter table account_connections enable row level security;
      create policy tenant on account_connections
        using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant insert, delete on account_connections to vinculo_app;
      grant select (organization_id, actor, connector, account_id, created_at, expires_at) on account_connections to vinculo_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table account_connections;
      drop trigger audit on account_secrets;
      drop function record_credentials_audit();
      drop trigger audit on accounts;
      create trigger audit after insert or update or delete on accounts for each row execute function record_audit();
      drop index accounts_external_key;
      alter table accounts drop column problem, drop column access_renew_at, drop column hook_renew_at, drop column hook_problem;
    `);
  }
}
