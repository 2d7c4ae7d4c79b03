import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['territories', 'leads', 'lead_changes', 'assignment_rules', 'ownership_changes'];
/** By table, which of its updates are remembered: scores and whose turn it is change by themselves, and often. */
const AUDITED_UPDATES = {
  territories: 'true',
  leads: '(old.version, old.customer_id) is distinct from (new.version, new.customer_id)',
  assignment_rules: 'old.version is distinct from new.version',
};

export class KeepLeads1795738600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table territories (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        parent_id uuid,
        team_id uuid,
        -- What belongs to it: countries, postal prefixes, languages, industries; every list that is there must fit.
        countries text[] not null default '{}',
        postal_prefixes text[] not null default '{}',
        languages text[] not null default '{}',
        industries text[] not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint territories_pkey primary key (organization_id, id),
        constraint territories_name_key unique (organization_id, name),
        constraint territories_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint territories_parent_fkey foreign key (organization_id, parent_id) references territories (organization_id, id),
        constraint territories_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );

      create table leads (
        organization_id uuid not null,
        id uuid not null,
        status text not null default 'NEW',
        name text not null,
        company_name text,
        job_title text,
        email text,
        phone text,
        website text,
        country text,
        postal_code text,
        language text,
        industry text,
        employees integer,
        source text not null,
        source_detail text,
        -- What they said that made them a lead, and who said it.
        post_id uuid,
        identity_id uuid,
        interest text,
        product_ids uuid[] not null default '{}',
        estimated_amount numeric(19,4),
        currency text,
        -- Budget, authority, need, timeline, as far as known.
        qualification jsonb not null default '{}',
        score integer not null default 0,
        score_reasons jsonb not null default '[]',
        scored_at timestamptz,
        owner_id uuid,
        team_id uuid,
        territory_id uuid,
        disqualified_reason text,
        -- Whom it became; what it became knows it by itself.
        customer_id uuid,
        converted_at timestamptz,
        external_id text,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint leads_pkey primary key (organization_id, id),
        constraint leads_external_id_key unique (organization_id, external_id),
        constraint leads_amount_check check (estimated_amount >= 0),
        constraint leads_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint leads_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint leads_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint leads_territory_fkey foreign key (organization_id, territory_id) references territories (organization_id, id),
        constraint leads_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id),
        constraint leads_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id),
        constraint leads_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create unique index leads_post_key on leads (organization_id, post_id) where post_id is not null;
      create index leads_created_idx on leads (organization_id, created_at, id);
      create index leads_score_idx on leads (organization_id, score, id);
      create index leads_owner_idx on leads (organization_id, owner_id);
      create index leads_team_idx on leads (organization_id, team_id);
      create index leads_email_idx on leads (organization_id, email);
      create index leads_phone_idx on leads (organization_id, phone);
      create index leads_territory_idx on leads (organization_id, territory_id);
      -- Those whose score has aged.
      create index leads_scored_idx on leads (organization_id, scored_at) where status in ('NEW', 'WORKING', 'QUALIFIED');
      create index leads_customer_idx on leads (organization_id, customer_id);
      create index leads_identity_idx on leads (organization_id, identity_id);

      -- What became of a lead, step by step.
      create table lead_changes (
        organization_id uuid not null,
        id uuid not null,
        lead_id uuid not null,
        kind text not null,
        detail jsonb not null default '{}',
        changed_by text not null,
        changed_at timestamptz not null default now(),
        constraint lead_changes_pkey primary key (organization_id, id),
        constraint lead_changes_lead_fkey foreign key (organization_id, lead_id) references leads (organization_id, id) on delete cascade
      );
      create index lead_changes_lead_idx on lead_changes (organization_id, lead_id, changed_at, id);

      create table assignment_rules (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- Tried in this order; the first that fits decides.
        position integer not null,
        -- TERRITORY, ROUND_ROBIN, LOAD: who of the members is next.
        method text not null,
        territory_id uuid,
        team_id uuid,
        member_ids uuid[] not null default '{}',
        sources text[] not null default '{}',
        min_score integer,
        last_member_id uuid,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint assignment_rules_pkey primary key (organization_id, id),
        constraint assignment_rules_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint assignment_rules_territory_fkey foreign key (organization_id, territory_id) references territories (organization_id, id),
        constraint assignment_rules_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );
      create index assignment_rules_position_idx on assignment_rules (organization_id, position, id);

      -- Who had what, until when it was given to somebody else.
      create table ownership_changes (
        organization_id uuid not null,
        id uuid not null,
        -- Prefix and stored id of what was given: opportunity, lead, customer.
        subject_prefix text not null,
        subject_id uuid not null,
        from_owner_id uuid,
        from_team_id uuid,
        to_owner_id uuid,
        to_team_id uuid,
        reason text,
        changed_by text not null,
        changed_at timestamptz not null default now(),
        constraint ownership_changes_pkey primary key (organization_id, id),
        constraint ownership_changes_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index ownership_changes_subject_idx on ownership_changes (organization_id, subject_id, changed_at, id);
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // What was once written down is not changed by any request; a reason goes with whom it is about.
    await runner.query(`
      revoke update, delete on lead_changes, ownership_changes from vinculo_app;
      grant update (reason) on ownership_changes to vinculo_app;
    `);
    for (const [table, condition] of Object.entries(AUDITED_UPDATES)) {
      await runner.query(`
        create trigger audit after insert or delete on ${table} for each row execute function record_audit();
        create trigger audit_update after update on ${table} for each row when (${condition}) execute function record_audit();
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ownership_changes, assignment_rules, lead_changes, leads, territories');
  }
}
