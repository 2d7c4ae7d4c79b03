import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'identity_edges',
  'communities',
  'identity_influence',
  'customer_influence',
  'graph_runs',
  'graph_settings',
  'graph_states',
  'graph_doubts',
];

export class BuildGraph1795737800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The number of the transaction that writes: what is committed later never has a place before the oldest one still running.
      create function current_transaction() returns bigint language sql volatile
        as $$ select pg_current_xact_id()::text::bigint $$;

      alter table interactions add column recorded_tx bigint not null default current_transaction();
      -- Rows come in this order, so a summary of each stretch of the table finds the latest ones and costs a writer nothing.
      create index interactions_recorded_idx on interactions using brin (recorded_tx) with (pages_per_range = 16, autosummarize = on);
    `);

    await runner.query(`
      create table graph_settings (
        organization_id uuid not null,
        half_life_days double precision not null default 90,
        weights jsonb not null default '{}',
        automatic_runs boolean not null default true,
        updated_at timestamptz not null default now(),
        constraint graph_settings_pkey primary key (organization_id),
        constraint graph_settings_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table graph_states (
        organization_id uuid not null,
        -- The latest interaction there is: weights are told as of then.
        latest_at timestamptz not null,
        edges_changed_at timestamptz not null,
        -- What edges_changed_at was of the edges that were analysed last, and when that was.
        analysed_of timestamptz,
        analysed_at timestamptz,
        -- The most decayed engagers anybody had in the last run: the upper end of the scale of scores.
        most_engagers double precision,
        -- What the edges are made under, which settings may be ahead of until they are made anew; and when those were set.
        half_life_days double precision not null default 90,
        weights jsonb not null default '{}',
        settings_of timestamptz,
        constraint graph_states_pkey primary key (organization_id),
        constraint graph_states_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      -- Everything that interactions of one kind between two identities add up to. strength is log2 of the sum of
      -- weight * 2^(moment / half-life): it orders edges alike at any moment, and never runs over.
      create table identity_edges (
        organization_id uuid not null,
        from_identity_id uuid not null,
        to_identity_id uuid not null,
        kind text not null,
        count integer not null,
        strength double precision not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        constraint identity_edges_pkey primary key (organization_id, from_identity_id, to_identity_id, kind),
        constraint identity_edges_from_fkey foreign key (organization_id, from_identity_id) references social_identities (organization_id, id) on delete cascade,
        constraint identity_edges_to_fkey foreign key (organization_id, to_identity_id) references social_identities (organization_id, id) on delete cascade
      );
      create index identity_edges_from_idx on identity_edges (organization_id, from_identity_id, strength desc);
      create index identity_edges_to_idx on identity_edges (organization_id, to_identity_id, strength desc);

      -- One row: interactions recorded by transactions before this one are in the edges.
      create table graph_progress (
        id integer not null default 1,
        recorded_before bigint not null default 0,
        moved_at timestamptz not null default now(),
        constraint graph_progress_pkey primary key (id),
        constraint graph_progress_single check (id = 1)
      );
      insert into graph_progress default values;

      -- Pairs of which an interaction was taken back or moved: their edges are added up anew. Without a pair: it has changed
      -- whose an identity is, so that the organisation is to be analysed anew.
      create table graph_doubts (
        organization_id uuid not null,
        from_identity_id uuid,
        to_identity_id uuid,
        constraint graph_doubts_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index graph_doubts_organization_idx on graph_doubts (organization_id);

      create function doubt_edges() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into graph_doubts (organization_id, from_identity_id, to_identity_id)
        select distinct organization_id, from_identity_id, to_identity_id from touched;
        return null;
      end $$;
      create trigger doubt_gone_edges after delete on interactions referencing old table as touched for each statement execute function doubt_edges();
      create trigger doubt_former_edges after update on interactions referencing old table as touched for each statement execute function doubt_edges();
      create trigger doubt_present_edges after update on interactions referencing new table as touched for each statement execute function doubt_edges();

      create function doubt_owners() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into graph_doubts (organization_id)
        select distinct n.organization_id from present n join former o on o.organization_id = n.organization_id and o.id = n.id
         where o.customer_id is distinct from n.customer_id;
        return null;
      end $$;
      create trigger doubt_owners after update on social_identities
        referencing old table as former new table as present for each statement execute function doubt_owners();
    `);

    await runner.query(`
      create table communities (
        organization_id uuid not null,
        id uuid not null,
        words text[] not null default '{}',
        size integer not null,
        -- Share of its members' weight that stays among them, 0 to 1.
        cohesion double precision not null,
        constraint communities_pkey primary key (organization_id, id),
        constraint communities_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index communities_size_idx on communities (organization_id, size, id);

      -- Worked out of the edges and written over by each run, millions of rows at a time. Keys to what they are about would cost
      -- more than the run itself; a row whose subject is gone is never read, and goes with the next run.
      create table identity_influence (
        organization_id uuid not null,
        identity_id uuid not null,
        score double precision not null,
        percentile double precision not null,
        engagers double precision not null,
        distinct_engagers integer not null,
        pagerank double precision not null,
        reach integer not null,
        trend double precision not null,
        community_id uuid,
        constraint identity_influence_pkey primary key (organization_id, identity_id)
      );
      create index identity_influence_score_idx on identity_influence (organization_id, score, identity_id);
      create index identity_influence_community_idx on identity_influence (organization_id, community_id, score);

      create table customer_influence (
        organization_id uuid not null,
        customer_id uuid not null,
        score double precision not null,
        percentile double precision not null,
        engagers double precision not null,
        distinct_engagers integer not null,
        pagerank double precision not null,
        reach integer not null,
        trend double precision not null,
        constraint customer_influence_pkey primary key (organization_id, customer_id)
      );
      create index customer_influence_score_idx on customer_influence (organization_id, score, customer_id);

      create table graph_runs (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        state text not null default 'QUEUED',
        phase text,
        progress double precision not null default 0,
        nodes integer,
        edges integer,
        changed integer,
        problem text,
        requested_by text not null,
        requested_at timestamptz not null default now(),
        started_at timestamptz,
        -- Of the last attempt: after a crash a run may have waited for long.
        begun_at timestamptz,
        heartbeat_at timestamptz,
        finished_at timestamptz,
        attempts integer not null default 0,
        cancel_requested boolean not null default false,
        constraint graph_runs_pkey primary key (organization_id, id),
        constraint graph_runs_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index graph_runs_requested_idx on graph_runs (organization_id, requested_at, id);
      -- One at a time of an organisation.
      create unique index graph_runs_open_key on graph_runs (organization_id) where state in ('QUEUED', 'RUNNING');
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
      create trigger audit after insert or update or delete on graph_settings for each row execute function record_audit();
      -- What is computed is written by the owner only.
      revoke insert, update, delete on graph_doubts, graph_states, identity_edges, communities, identity_influence, customer_influence from vinculo_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table graph_runs, customer_influence, identity_influence, communities, identity_edges, graph_settings, graph_states, graph_progress, graph_doubts cascade;
      drop trigger doubt_gone_edges on interactions;
      drop trigger doubt_former_edges on interactions;
      drop trigger doubt_present_edges on interactions;
      drop trigger doubt_owners on social_identities;
      drop function doubt_edges(), doubt_owners();
      alter table interactions drop column recorded_tx;
      drop function current_transaction();
    `);
  }
}
