import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'business_calendars',
  'calendar_holidays',
  'sla_policies',
  'ticket_clocks',
  'escalation_rules',
  'ticket_escalations',
];
/** What people change; clocks move by themselves, and often. */
const AUDITED = ['business_calendars', 'calendar_holidays', 'sla_policies', 'escalation_rules'];

export class KeepDeadlines1795739500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table business_calendars (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        time_zone text not null,
        is_always_open boolean not null default false,
        -- [{"day": "MONDAY", "opensAt": "09:00", "closesAt": "14:00"}, …]; what closes no later than it opens closes the next day.
        hours jsonb not null default '[]',
        is_default boolean not null default false,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint business_calendars_pkey primary key (organization_id, id),
        constraint business_calendars_name_key unique (organization_id, name),
        constraint business_calendars_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create unique index business_calendars_default_key on business_calendars (organization_id) where is_default;

      create table calendar_holidays (
        organization_id uuid not null,
        id uuid not null,
        calendar_id uuid not null,
        name text not null,
        date date not null,
        is_yearly boolean not null default false,
        -- As in business_calendars, without days; none: nobody works.
        hours jsonb not null default '[]',
        constraint calendar_holidays_pkey primary key (organization_id, id),
        constraint calendar_holidays_date_key unique (organization_id, calendar_id, date, is_yearly),
        constraint calendar_holidays_calendar_fkey foreign key (organization_id, calendar_id) references business_calendars (organization_id, id) on delete cascade
      );

      create table sla_policies (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- From the lowest on; the first that fits decides.
        position integer not null,
        -- Of each list one must fit; an empty one fits all.
        segments text[] not null default '{}',
        channels text[] not null default '{}',
        priorities text[] not null default '{}',
        types text[] not null default '{}',
        category_ids uuid[] not null default '{}',
        queue_ids uuid[] not null default '{}',
        customer_kinds text[] not null default '{}',
        calendar_id uuid,
        -- Minutes of open time by priority: {"URGENT": {"firstResponse": 30, "nextResponse": 60, "resolution": 480}, …}.
        targets jsonb not null,
        warn_minutes integer,
        warn_percent integer,
        pauses_on_hold boolean not null default true,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint sla_policies_pkey primary key (organization_id, id),
        constraint sla_policies_name_key unique (organization_id, name),
        constraint sla_policies_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint sla_policies_calendar_fkey foreign key (organization_id, calendar_id) references business_calendars (organization_id, id)
      );
      create index sla_policies_position_idx on sla_policies (organization_id, position, id);
      create index sla_policies_calendar_idx on sla_policies (organization_id, calendar_id) where calendar_id is not null;

      -- What is promised for a ticket, and how it goes with that. A policy that changes later leaves alone what is over.
      create table ticket_clocks (
        organization_id uuid not null,
        ticket_id uuid not null,
        -- FIRST_RESPONSE, NEXT_RESPONSE or RESOLUTION.
        metric text not null,
        -- Which of its customer's turns a next response is for, from 1; 0 for the others.
        turn integer not null,
        policy_id uuid not null,
        calendar_id uuid,
        target_minutes integer not null,
        started_at timestamptz not null,
        -- Since when it runs, or stands still; nothing of both once it is over.
        running_since timestamptz,
        paused_since timestamptz,
        -- Open time before running_since, in milliseconds.
        elapsed_ms bigint not null default 0,
        due_at timestamptz,
        warn_at timestamptz,
        met_at timestamptz,
        -- When it was needed no more without having been met.
        stopped_at timestamptz,
        breached_at timestamptz,
        -- When that was told.
        warned_at timestamptz,
        breach_told_at timestamptz,
        -- When there is something to be told next.
        tell_at timestamptz,
        constraint ticket_clocks_pkey primary key (organization_id, ticket_id, metric, turn),
        constraint ticket_clocks_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_clocks_policy_fkey foreign key (organization_id, policy_id) references sla_policies (organization_id, id)
      );
      create index ticket_clocks_tell_idx on ticket_clocks (tell_at) where tell_at is not null;
      create index ticket_clocks_started_idx on ticket_clocks (organization_id, started_at);
      create index ticket_clocks_policy_idx on ticket_clocks (organization_id, policy_id);

      create table escalation_rules (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        position integer not null,
        -- BEFORE_DUE, AFTER_DUE, UNASSIGNED or UNTOUCHED, by so many minutes of open time.
        trigger text not null,
        metric text,
        minutes integer not null,
        priorities text[] not null default '{}',
        channels text[] not null default '{}',
        raise_to text,
        assignee_id uuid,
        team_id uuid,
        queue_id uuid,
        follower_id uuid,
        note text,
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint escalation_rules_pkey primary key (organization_id, id),
        constraint escalation_rules_name_key unique (organization_id, name),
        constraint escalation_rules_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint escalation_rules_assignee_fkey foreign key (organization_id, assignee_id) references members (organization_id, id),
        constraint escalation_rules_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id),
        constraint escalation_rules_follower_fkey foreign key (organization_id, follower_id) references members (organization_id, id)
      );
      create index escalation_rules_position_idx on escalation_rules (organization_id, position, id);

      -- When a rule acts on a ticket, once.
      create table ticket_escalations (
        organization_id uuid not null,
        ticket_id uuid not null,
        rule_id uuid not null,
        act_at timestamptz,
        acted_at timestamptz,
        constraint ticket_escalations_pkey primary key (organization_id, ticket_id, rule_id),
        constraint ticket_escalations_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade,
        constraint ticket_escalations_rule_fkey foreign key (organization_id, rule_id) references escalation_rules (organization_id, id) on delete cascade
      );
      create index ticket_escalations_act_idx on ticket_escalations (act_at) where act_at is not null and acted_at is null;
      create index ticket_escalations_rule_idx on ticket_escalations (organization_id, rule_id);

      alter table tickets add constraint tickets_sla_policy_fkey foreign key (organization_id, sla_policy_id) references sla_policies (organization_id, id);
      create index tickets_sla_policy_idx on tickets (organization_id, sla_policy_id) where sla_policy_id is not null;

      -- Whoever changes a customer, and whichever way: what is promised may go by its tags and its kind.
      create function retime_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if exists (select 1 from sla_policies p where p.organization_id = new.organization_id and p.is_active
                      and (cardinality(p.segments) > 0 or cardinality(p.customer_kinds) > 0))
           and exists (select 1 from tickets t where t.organization_id = new.organization_id and t.customer_id = new.id
                          and t.status not in ('SOLVED', 'CLOSED')) then
          perform enqueue_job('deadlines.retime', json_build_object('organizationId', new.organization_id, 'customerId', new.id),
                              'deadlines.retime:' || new.id);
        end if;
        return null;
      end $$;
      create trigger retime after update of tags, kind on customers for each row
        when ((old.tags, old.kind) is distinct from (new.tags, new.kind)) execute function retime_customer();
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    for (const table of AUDITED) {
      await runner.query(
        `create trigger audit after insert or update or delete on ${table} for each row execute function record_audit()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger retime on customers;
      drop function retime_customer;
      drop index tickets_sla_policy_idx;
      alter table tickets drop constraint tickets_sla_policy_fkey;
      update tickets set sla_policy_id = null, first_response_due_at = null, next_response_due_at = null, resolution_due_at = null, sla_breached_at = null
       where sla_policy_id is not null or sla_breached_at is not null;
      drop table ticket_escalations, escalation_rules, ticket_clocks, sla_policies, calendar_holidays, business_calendars;
    `);
  }
}
