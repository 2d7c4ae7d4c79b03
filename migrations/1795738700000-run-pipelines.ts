import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'pipelines',
  'stages',
  'close_reasons',
  'competitors',
  'opportunities',
  'opportunity_contacts',
  'opportunity_competitors',
  'opportunity_lines',
  'opportunity_revisions',
];

export class RunPipelines1795738700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pipelines (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        is_default boolean not null default false,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint pipelines_pkey primary key (organization_id, id),
        constraint pipelines_name_key unique (organization_id, name),
        constraint pipelines_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create unique index pipelines_default_key on pipelines (organization_id) where is_default;

      create table stages (
        organization_id uuid not null,
        id uuid not null,
        pipeline_id uuid not null,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        position integer not null,
        -- OPEN, WON or LOST.
        kind text not null default 'OPEN',
        -- As declared, from 0 to 1; what history says is another matter.
        probability real not null,
        forecast_category text not null default 'PIPELINE',
        -- Fields that must be there before an opportunity enters: amount, expectedCloseOn, nextStep, contacts, products, competitors.
        required_fields text[] not null default '{}',
        -- Other conditions: {"minAmount": "100", "fromStageIds": ["…"]}.
        entry_conditions jsonb not null default '{}',
        rots_after_days integer,
        is_active boolean not null default true,
        created_at timestamptz not null default now(),
        constraint stages_pkey primary key (organization_id, id),
        constraint stages_name_key unique (organization_id, pipeline_id, name),
        constraint stages_probability_check check (probability between 0 and 1),
        constraint stages_rot_check check (rots_after_days > 0),
        constraint stages_pipeline_fkey foreign key (organization_id, pipeline_id) references pipelines (organization_id, id) on delete cascade
      );
      create index stages_position_idx on stages (organization_id, pipeline_id, position, id);

      create table close_reasons (
        organization_id uuid not null,
        id uuid not null,
        -- WON or LOST.
        outcome text not null,
        name text not null,
        names jsonb not null default '{}',
        is_active boolean not null default true,
        created_at timestamptz not null default now(),
        constraint close_reasons_pkey primary key (organization_id, id),
        constraint close_reasons_name_key unique (organization_id, outcome, name),
        constraint close_reasons_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table competitors (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        website text,
        created_at timestamptz not null default now(),
        constraint competitors_pkey primary key (organization_id, id),
        constraint competitors_name_key unique (organization_id, name),
        constraint competitors_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table opportunities (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        customer_id uuid not null,
        pipeline_id uuid not null,
        stage_id uuid not null,
        -- OPEN, WON or LOST: that of its stage.
        status text not null default 'OPEN',
        amount numeric(19,4),
        currency text not null,
        expected_close_on date,
        -- Stands in for that of the stage.
        forecast_category text,
        owner_id uuid,
        team_id uuid,
        territory_id uuid,
        lead_id uuid,
        source text,
        -- What was said that it came of.
        post_id uuid,
        next_step text,
        next_step_due_on date,
        stage_entered_at timestamptz not null default now(),
        closed_at timestamptz,
        close_reason_id uuid,
        close_note text,
        -- To whom it was lost.
        lost_to_id uuid,
        external_id text,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint opportunities_pkey primary key (organization_id, id),
        constraint opportunities_external_id_key unique (organization_id, external_id),
        constraint opportunities_amount_check check (amount >= 0),
        constraint opportunities_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint opportunities_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id),
        constraint opportunities_pipeline_fkey foreign key (organization_id, pipeline_id) references pipelines (organization_id, id),
        constraint opportunities_stage_fkey foreign key (organization_id, stage_id) references stages (organization_id, id),
        constraint opportunities_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint opportunities_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint opportunities_territory_fkey foreign key (organization_id, territory_id) references territories (organization_id, id),
        constraint opportunities_lead_fkey foreign key (organization_id, lead_id) references leads (organization_id, id),
        constraint opportunities_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id),
        constraint opportunities_reason_fkey foreign key (organization_id, close_reason_id) references close_reasons (organization_id, id),
        constraint opportunities_lost_to_fkey foreign key (organization_id, lost_to_id) references competitors (organization_id, id)
      );
      create unique index opportunities_lead_key on opportunities (organization_id, lead_id) where lead_id is not null;
      create index opportunities_board_idx on opportunities (organization_id, stage_id, stage_entered_at, id);
      create index opportunities_created_idx on opportunities (organization_id, created_at, id);
      create index opportunities_close_idx on opportunities (organization_id, expected_close_on, id);
      create index opportunities_closed_idx on opportunities (organization_id, closed_at, id) where closed_at is not null;
      create index opportunities_customer_idx on opportunities (organization_id, customer_id, created_at, id);
      create index opportunities_owner_idx on opportunities (organization_id, owner_id);
      create index opportunities_team_idx on opportunities (organization_id, team_id);

      create table opportunity_contacts (
        organization_id uuid not null,
        id uuid not null,
        opportunity_id uuid not null,
        customer_id uuid not null,
        role text not null,
        is_primary boolean not null default false,
        created_at timestamptz not null default now(),
        constraint opportunity_contacts_pkey primary key (organization_id, id),
        constraint opportunity_contacts_once_key unique (organization_id, opportunity_id, customer_id),
        constraint opportunity_contacts_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id) on delete cascade,
        constraint opportunity_contacts_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index opportunity_contacts_customer_idx on opportunity_contacts (organization_id, customer_id);

      create table opportunity_competitors (
        organization_id uuid not null,
        -- By which the audit log knows it again.
        id uuid not null default gen_random_uuid(),
        opportunity_id uuid not null,
        competitor_id uuid not null,
        note text,
        created_at timestamptz not null default now(),
        constraint opportunity_competitors_pkey primary key (organization_id, opportunity_id, competitor_id),
        constraint opportunity_competitors_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id) on delete cascade,
        constraint opportunity_competitors_competitor_fkey foreign key (organization_id, competitor_id) references competitors (organization_id, id)
      );

      create table opportunity_lines (
        organization_id uuid not null,
        id uuid not null,
        opportunity_id uuid not null,
        position integer not null,
        product_id uuid not null,
        quantity numeric(15,4) not null,
        unit_price numeric(19,4) not null,
        discount_percent numeric(7,4) not null default 0,
        constraint opportunity_lines_pkey primary key (organization_id, id),
        constraint opportunity_lines_quantity_check check (quantity > 0),
        constraint opportunity_lines_price_check check (unit_price >= 0),
        constraint opportunity_lines_discount_check check (discount_percent between 0 and 100),
        constraint opportunity_lines_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id) on delete cascade,
        constraint opportunity_lines_product_fkey foreign key (organization_id, product_id) references products (organization_id, id)
      );
      create index opportunity_lines_opportunity_idx on opportunity_lines (organization_id, opportunity_id, position, id);

      -- What each opportunity was like from one moment to the next: nothing that was said is forgotten.
      create table opportunity_revisions (
        organization_id uuid not null,
        id uuid not null default gen_random_uuid(),
        opportunity_id uuid not null,
        changed_at timestamptz not null,
        -- Until the next one; nothing for the present.
        changed_until timestamptz,
        changed_by text not null,
        pipeline_id uuid not null,
        stage_id uuid not null,
        status text not null,
        amount numeric(19,4),
        currency text not null,
        expected_close_on date,
        forecast_category text,
        owner_id uuid,
        team_id uuid,
        constraint opportunity_revisions_pkey primary key (organization_id, opportunity_id, changed_at),
        constraint opportunity_revisions_opportunity_fkey foreign key (organization_id, opportunity_id) references opportunities (organization_id, id) on delete cascade
      );
      create index opportunity_revisions_at_idx on opportunity_revisions (organization_id, changed_at);
      create index opportunity_revisions_stage_idx on opportunity_revisions (organization_id, stage_id);

      -- Written by the owner of the tables, so that no change goes without, and none is changed later.
      create function keep_opportunity_revision() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if tg_op = 'UPDATE' and (new.pipeline_id, new.stage_id, new.status, new.currency) = (old.pipeline_id, old.stage_id, old.status, old.currency)
           and (new.amount, new.expected_close_on, new.forecast_category, new.owner_id, new.team_id) is not distinct from
               (old.amount, old.expected_close_on, old.forecast_category, old.owner_id, old.team_id) then
          return null;
        end if;
        if tg_op = 'UPDATE' then
          update opportunity_revisions set changed_until = new.updated_at
           where organization_id = new.organization_id and opportunity_id = new.id and changed_until is null and changed_at < new.updated_at;
        end if;
        insert into opportunity_revisions (organization_id, id, opportunity_id, changed_at, changed_by, pipeline_id, stage_id, status, amount, currency,
                                           expected_close_on, forecast_category, owner_id, team_id)
        values (new.organization_id, gen_random_uuid(), new.id, new.updated_at, coalesce(nullif(current_setting('app.actor', true), ''), 'system'),
                new.pipeline_id, new.stage_id, new.status, new.amount, new.currency, new.expected_close_on, new.forecast_category, new.owner_id, new.team_id)
        on conflict (organization_id, opportunity_id, changed_at) do update set
          changed_by = excluded.changed_by, pipeline_id = excluded.pipeline_id, stage_id = excluded.stage_id, status = excluded.status,
          amount = excluded.amount, currency = excluded.currency, expected_close_on = excluded.expected_close_on,
          forecast_category = excluded.forecast_category, owner_id = excluded.owner_id, team_id = excluded.team_id;
        return null;
      end $$;

      -- Of two changes that waited for each other the later one may have begun earlier; the history goes by who came later.
      create function order_opportunity_changes() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        if new.updated_at < old.updated_at then
          new.updated_at := old.updated_at + interval '1 microsecond';
        end if;
        return new;
      end $$;
      create trigger order_changes before update on opportunities for each row execute function order_opportunity_changes();
      create trigger keep_revision after insert or update on opportunities for each row execute function keep_opportunity_revision();
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
      if (table !== 'opportunity_revisions') {
        await runner.query(
          `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
        );
      }
    }
    await runner.query('revoke insert, update, delete on opportunity_revisions from vinculo_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table opportunity_revisions, opportunity_lines, opportunity_competitors, opportunity_contacts, opportunities, competitors,
                 close_reasons, stages, pipelines;
      drop function keep_opportunity_revision;
      drop function order_opportunity_changes;
    `);
  }
}
