import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['sales_targets', 'sales_target_revisions', 'forecast_snapshots', 'forecast_snapshot_lines'];

export class ForecastSales1795739100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A person's (owner_id), a team's (team_id) or, with neither, the whole organisation's.
      create table sales_targets (
        organization_id uuid not null,
        id uuid not null,
        owner_id uuid,
        team_id uuid,
        -- MONTH, QUARTER, YEAR or DAYS: how its days were said.
        period text not null,
        starts_on date not null,
        -- The last day, itself included.
        ends_on date not null,
        amount numeric(19,4) not null,
        currency text not null,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint sales_targets_pkey primary key (organization_id, id),
        constraint sales_targets_holder_check check (owner_id is null or team_id is null),
        constraint sales_targets_days_check check (ends_on >= starts_on),
        constraint sales_targets_amount_check check (amount >= 0),
        -- One target a holder and day, so that what a day's target is has one answer.
        constraint sales_targets_overlap_excl exclude using gist (
          organization_id with =, coalesce(owner_id, team_id, '00000000-0000-0000-0000-000000000000'::uuid) with =,
          daterange(starts_on, ends_on, '[]') with &&),
        constraint sales_targets_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint sales_targets_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id) on delete cascade,
        constraint sales_targets_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade
      );
      create index sales_targets_days_idx on sales_targets (organization_id, starts_on, id);
      create index sales_targets_owner_idx on sales_targets (organization_id, owner_id);
      create index sales_targets_team_idx on sales_targets (organization_id, team_id);

      -- What each target was from one moment to the next; stays when the target is removed.
      create table sales_target_revisions (
        organization_id uuid not null,
        target_id uuid not null,
        changed_at timestamptz not null,
        -- Until the next one, or its removal; nothing for the present.
        changed_until timestamptz,
        owner_id uuid,
        team_id uuid,
        starts_on date not null,
        ends_on date not null,
        amount numeric(19,4) not null,
        currency text not null,
        constraint sales_target_revisions_pkey primary key (organization_id, target_id, changed_at),
        constraint sales_target_revisions_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index sales_target_revisions_days_idx on sales_target_revisions (organization_id, starts_on);

      create function keep_target_revision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if tg_op <> 'INSERT' then
          -- Whoever waited for another's change began before it ended, and history never runs backwards.
          update sales_target_revisions set changed_until = greatest(now(), changed_at)
           where organization_id = old.organization_id and target_id = old.id and changed_until is null;
        end if;
        if tg_op = 'DELETE' then return null; end if;
        insert into sales_target_revisions (organization_id, target_id, changed_at, owner_id, team_id, starts_on, ends_on, amount, currency)
        values (new.organization_id, new.id,
                greatest(now(), (select max(changed_until) from sales_target_revisions where organization_id = new.organization_id and target_id = new.id)),
                new.owner_id, new.team_id, new.starts_on, new.ends_on, new.amount, new.currency)
        on conflict (organization_id, target_id, changed_at) do update set
          changed_until = null, owner_id = excluded.owner_id, team_id = excluded.team_id, starts_on = excluded.starts_on,
          ends_on = excluded.ends_on, amount = excluded.amount, currency = excluded.currency;
        return null;
      end $$;
      create trigger keep_revision after insert or update or delete on sales_targets for each row execute function keep_target_revision();

      create table forecast_snapshots (
        organization_id uuid not null,
        id uuid not null,
        label text not null,
        taken_at timestamptz not null default now(),
        -- An actor, as the audit log has it.
        taken_by text not null,
        -- The Monday of its week, of one that was taken by itself: once a week.
        week_on date,
        from_on date not null,
        to_on date not null,
        period text not null,
        currency text not null,
        -- The statistical forecast of the whole organisation, as said then.
        statistical jsonb not null default '{}',
        constraint forecast_snapshots_pkey primary key (organization_id, id),
        constraint forecast_snapshots_week_key unique (organization_id, week_on),
        constraint forecast_snapshots_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index forecast_snapshots_taken_idx on forecast_snapshots (organization_id, taken_at, id);

      -- What was said of each opportunity. No key to the opportunity: what was said stays when it is gone.
      create table forecast_snapshot_lines (
        organization_id uuid not null,
        snapshot_id uuid not null,
        opportunity_id uuid not null,
        pipeline_id uuid not null,
        stage_id uuid not null,
        -- WON or OPEN.
        status text not null,
        category text not null,
        amount numeric(19,4),
        currency text not null,
        -- In the currency of the snapshot; nothing where there was no rate.
        value numeric(19,4),
        probability numeric(7,6) not null,
        weighted numeric(19,4),
        -- When it was closed, or expected to be.
        closes_on date not null,
        owner_id uuid,
        team_id uuid,
        constraint forecast_snapshot_lines_pkey primary key (organization_id, snapshot_id, opportunity_id),
        constraint forecast_snapshot_lines_snapshot_fkey foreign key (organization_id, snapshot_id) references forecast_snapshots (organization_id, id) on delete cascade
      );
      create index forecast_snapshot_lines_opportunity_idx on forecast_snapshot_lines (organization_id, opportunity_id);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // What was once said is never changed: no request can.
    await runner.query(`
      create trigger audit after insert or update or delete on sales_targets for each row execute function record_audit();
      create trigger audit after insert or update or delete on forecast_snapshots for each row execute function record_audit();
      revoke insert, update, delete on sales_target_revisions from vinculo_app;
      revoke update, delete on forecast_snapshots, forecast_snapshot_lines from vinculo_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table forecast_snapshot_lines, forecast_snapshots, sales_target_revisions, sales_targets;
      drop function keep_target_revision;
    `);
  }
}
