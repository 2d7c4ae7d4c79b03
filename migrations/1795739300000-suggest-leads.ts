import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SuggestLeads1795739300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_suggestions (
        organization_id uuid not null,
        id uuid not null,
        post_id uuid not null,
        identity_id uuid not null,
        language text not null,
        strength double precision not null,
        words jsonb not null default '[]',
        state text not null default 'OPEN',
        reason text,
        lead_id uuid,
        decided_by text,
        decided_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint lead_suggestions_pkey primary key (organization_id, id),
        constraint lead_suggestions_post_key unique (organization_id, post_id),
        constraint lead_suggestions_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id) on delete cascade,
        constraint lead_suggestions_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade,
        constraint lead_suggestions_lead_fkey foreign key (organization_id, lead_id) references leads (organization_id, id)
      );
      create index lead_suggestions_created_idx on lead_suggestions (organization_id, created_at, id);
      create index lead_suggestions_strength_idx on lead_suggestions (organization_id, state, strength, id);
      create index lead_suggestions_identity_idx on lead_suggestions (organization_id, identity_id);

      -- Posts that came or changed and have not been read for intent since.
      create table intent_queue (
        organization_id uuid not null,
        id bigint generated always as identity,
        post_id uuid not null,
        constraint intent_queue_pkey primary key (organization_id, id)
      );
    `);
    for (const table of ['lead_suggestions', 'intent_queue']) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    await runner.query(`
      -- Suggestions come and go by themselves; what people decide on them is audited.
      create trigger audit after update on lead_suggestions for each row
        when (old.decided_at is distinct from new.decided_at) execute function record_audit();

      -- In the transaction that keeps or changes a post, so that a crash loses none. What we said ourselves is nobody's intent.
      create function queue_new_intent() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into intent_queue (organization_id, post_id)
        select organization_id, id from come where not own and deleted_at is null;
        return null;
      end $$;
      create trigger queue_new_intent after insert on posts referencing new table as come for each statement execute function queue_new_intent();

      create function queue_changed_intent() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into intent_queue (organization_id, post_id) values (new.organization_id, new.id);
        return null;
      end $$;
      create trigger queue_changed_intent after update on posts for each row
        when ((old.text, old.title, old.language, old.own, old.deleted_at) is distinct from (new.text, new.title, new.language, new.own, new.deleted_at))
        execute function queue_changed_intent();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger queue_new_intent on posts;
      drop trigger queue_changed_intent on posts;
      drop function queue_new_intent(), queue_changed_intent();
      drop table intent_queue, lead_suggestions;
    `);
  }
}
