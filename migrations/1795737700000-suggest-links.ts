import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may be whom: keys by which candidates are found, what was learnt, what is suggested, and what waits to be looked at. */
export class SuggestLinks1795737700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table match_keys (
        organization_id uuid not null,
        is_customer boolean not null,
        key bigint not null,
        subject_id uuid not null,
        constraint match_keys_pkey primary key (organization_id, is_customer, key, subject_id)
      );
      create index match_keys_subject_idx on match_keys (organization_id, is_customer, subject_id);

      create table match_models (
        organization_id uuid not null,
        trained_at timestamptz not null default now(),
        customers integer not null,
        identities integer not null,
        model jsonb not null,
        constraint match_models_pkey primary key (organization_id),
        constraint match_models_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table link_suggestions (
        organization_id uuid not null,
        id uuid not null,
        identity_id uuid not null,
        customer_id uuid not null,
        state text not null default 'PENDING',
        confidence real not null,
        bits real not null,
        evidence jsonb not null default '[]',
        never_ask_again boolean not null default false,
        decided_by text,
        decided_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint link_suggestions_pkey primary key (organization_id, id),
        constraint link_suggestions_pair_key unique (organization_id, identity_id, customer_id),
        constraint link_suggestions_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade,
        constraint link_suggestions_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );
      create index link_suggestions_queue_idx on link_suggestions (organization_id, state, confidence, id);
      create index link_suggestions_customer_idx on link_suggestions (organization_id, customer_id, confidence, id);

      -- What changed and has not been looked at yet. Only ever added to, so that no writer waits for another.
      create table match_queue (
        organization_id uuid not null,
        id bigint generated always as identity,
        is_customer boolean not null,
        subject_id uuid not null,
        constraint match_queue_pkey primary key (organization_id, id)
      );
    `);
    for (const table of ['match_keys', 'match_models', 'link_suggestions', 'match_queue']) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    await runner.query(`
      -- Suggestions come and go by themselves; what people decide on them is audited.
      create trigger audit after update on link_suggestions for each row
        when (old.decided_at is distinct from new.decided_at) execute function record_audit();

      -- Whatever writes, now or later, what is compared is compared again: in the transaction of the change, so a crash loses none.
      create function queue_identity() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into match_queue (organization_id, is_customer, subject_id)
        values (coalesce(new.organization_id, old.organization_id), false, coalesce(new.id, old.id));
        -- A customer is compared by the identities linked to it as well.
        if tg_op <> 'INSERT' and old.customer_id is not null then
          insert into match_queue (organization_id, is_customer, subject_id) values (old.organization_id, true, old.customer_id);
        end if;
        if tg_op <> 'DELETE' and new.customer_id is not null
           and (tg_op = 'INSERT' or new.customer_id is distinct from old.customer_id) then
          insert into match_queue (organization_id, is_customer, subject_id) values (new.organization_id, true, new.customer_id);
        end if;
        return null;
      end $$;
      create trigger queue_new after insert or delete on social_identities for each row execute function queue_identity();
      create trigger queue_changed after update on social_identities for each row
        when ((old.handle, old.display_name, old.bio, old.url, old.avatar_url, old.verified_email, old.verified_phone, old.customer_id)
              is distinct from (new.handle, new.display_name, new.bio, new.url, new.avatar_url, new.verified_email, new.verified_phone, new.customer_id))
        execute function queue_identity();

      create function queue_customer() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into match_queue (organization_id, is_customer, subject_id)
        values (coalesce(new.organization_id, old.organization_id), true, coalesce(new.id, old.id));
        return null;
      end $$;
      create trigger queue_new after insert or delete on customers for each row execute function queue_customer();
      create trigger queue_changed after update on customers for each row
        when ((old.kind, old.display_name, old.given_name, old.family_name, old.legal_name, old.job_title, old.birth_date, old.language, old.deleted_at)
              is distinct from (new.kind, new.display_name, new.given_name, new.family_name, new.legal_name, new.job_title, new.birth_date, new.language, new.deleted_at))
        execute function queue_customer();

      create function queue_owner() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into match_queue (organization_id, is_customer, subject_id)
        values (coalesce(new.organization_id, old.organization_id), true, coalesce(new.customer_id, old.customer_id));
        -- Whoever had it before is told from others by less now.
        if tg_op = 'UPDATE' and old.customer_id is distinct from new.customer_id then
          insert into match_queue (organization_id, is_customer, subject_id) values (old.organization_id, true, old.customer_id);
        end if;
        return null;
      end $$;
      create trigger queue_owner after insert or update or delete on contact_points for each row execute function queue_owner();

      -- What is there already is looked at once.
      insert into match_queue (organization_id, is_customer, subject_id)
      select organization_id, true, id from customers where deleted_at is null;
      insert into match_queue (organization_id, is_customer, subject_id)
      select organization_id, false, id from social_identities where customer_id is null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Suggestions that people have decided on are not thrown away.');
  }
}
