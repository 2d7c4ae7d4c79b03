import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConnectAccounts1795738000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        -- The adapter it is reached by; null for an account that is only kept.
        add column connector text,
        add column settings jsonb not null default '{}',
        -- Where the network lets it do less, or more, than others.
        add column granted jsonb,
        -- When the network's access ends unless it is renewed.
        add column access_ends_at timestamptz,
        -- Names the account in the address the network calls.
        add column hook_key text not null default concat(gen_random_uuid(), gen_random_uuid());
      create unique index accounts_hook_key on accounts (hook_key);

      -- Written by requests, read by the owner only.
      create table account_secrets (
        organization_id uuid not null,
        account_id uuid not null,
        sealed text not null,
        updated_at timestamptz not null default now(),
        constraint account_secrets_pkey primary key (organization_id, account_id),
        constraint account_secrets_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      alter table account_secrets enable row level security;
      create policy tenant on account_secrets
        using (organization_id = (select current_setting('app.organization_id'))::uuid);
      grant insert, update, delete on account_secrets to vinculo_app;
      grant select (organization_id, account_id, updated_at) on account_secrets to vinculo_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table account_secrets;
      alter table accounts drop column connector, drop column settings, drop column granted, drop column access_ends_at, drop column hook_key;
    `);
  }
}
