import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LimitRequests1795738400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        -- What its network may bill in a calendar month (UTC), in US dollars; null for no end.
        add column monthly_budget numeric(12, 2);

      -- What is left of a network's limit, by the network's own word and by what was asked since.
      create table rate_buckets (
        organization_id uuid not null,
        id uuid not null,
        -- Null for what is read without an account.
        account_id uuid,
        bucket text not null,
        most integer,
        remaining integer,
        -- Null where the network has not said when this window ends.
        resets_at timestamptz,
        began_at timestamptz not null default now(),
        -- Requests of which the network has not spoken yet.
        pending integer not null default 0,
        constraint rate_buckets_pkey primary key (organization_id, id),
        constraint rate_buckets_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint rate_buckets_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      create unique index rate_buckets_once_key on rate_buckets (organization_id, account_id, bucket) nulls not distinct;

      create table channel_spending (
        organization_id uuid not null,
        account_id uuid not null,
        -- Its first day, UTC.
        month date not null,
        unit text not null,
        units bigint not null default 0,
        -- Millionths of a US dollar.
        micros bigint not null default 0,
        constraint channel_spending_pkey primary key (organization_id, account_id, month, unit),
        constraint channel_spending_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );

      create table spending_reservations (
        organization_id uuid not null,
        account_id uuid not null,
        id uuid not null,
        month date not null,
        micros bigint not null,
        -- Whoever reserved it is taken for dead from then on.
        expires_at timestamptz not null,
        constraint spending_reservations_pkey primary key (organization_id, account_id, id),
        constraint spending_reservations_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );

      -- Only accounts whose network has failed of late have a row.
      create table account_breakers (
        organization_id uuid not null,
        account_id uuid not null,
        failures integer not null,
        -- How often it opened in a row.
        opened integer not null default 0,
        open_until timestamptz,
        -- One request is under way to see whether the network is well again.
        on_trial boolean not null default false,
        constraint account_breakers_pkey primary key (organization_id, account_id),
        constraint account_breakers_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );

      -- Sets aside what a request may cost, or answers null. Each statement sees what was committed before it, and the lock makes
      -- those that ask at once for one account take turns.
      create function reserve_spending(organization uuid, account uuid, in_month date, asked bigint, lifetime interval) returns uuid
        language plpgsql as $$
      declare
        budget numeric;
        spent numeric;
        reservation uuid;
      begin
        select a.monthly_budget into budget from accounts a
         where a.organization_id = organization and a.id = account for no key update;
        if not found then return null; end if;
        -- Who never said what it really was may have spent it all: it counts until they do.
        with dead as (
          delete from spending_reservations r
           where r.organization_id = organization and r.account_id = account and r.expires_at <= clock_timestamp()
          returning r.month, r.micros)
        insert into channel_spending as s (organization_id, account_id, month, unit, units, micros)
        select organization, account, d.month, 'unsettled', count(*), sum(d.micros) from dead d group by d.month
        on conflict (organization_id, account_id, month, unit) do update
          set units = s.units + excluded.units, micros = s.micros + excluded.micros;
        if budget is not null then
          select coalesce(sum(s.micros), 0) into spent from (
            select c.micros from channel_spending c
             where c.organization_id = organization and c.account_id = account and c.month = in_month
            union all
            select r.micros from spending_reservations r
             where r.organization_id = organization and r.account_id = account and r.month = in_month) s;
          if spent + asked > budget * 1000000 then return null; end if;
        end if;
        insert into spending_reservations (organization_id, account_id, id, month, micros, expires_at)
        values (organization, account, gen_random_uuid(), in_month, asked, clock_timestamp() + lifetime) returning id into reservation;
        return reservation;
      end $$;
      revoke execute on function reserve_spending(uuid, uuid, date, bigint, interval) from public;
    `);
    for (const table of TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select on ${table} to vinculo_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function reserve_spending(uuid, uuid, date, bigint, interval)');
    for (const table of TABLES) await runner.query(`drop table ${table}`);
    await runner.query('alter table accounts drop column monthly_budget');
  }
}

/** Written by the owner's connections only, as the networks are asked; requests show them. */
const TABLES = ['rate_buckets', 'channel_spending', 'spending_reservations', 'account_breakers'];
