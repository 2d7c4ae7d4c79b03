import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables under row-level security; each has `organization_id`. */
const TENANT_TABLES = [
  'teams',
  'members',
  'team_members',
  'api_keys',
  'oauth_clients',
  'access_rules',
  'audit_entries',
  'idempotency_keys',
  'events',
  'customers',
  'customer_relations',
  'contact_points',
  'preferences',
  'consents',
  'custom_field_definitions',
  'notes',
  'accounts',
  'sources',
  'source_gaps',
  'social_identities',
  'conversations',
  'posts',
  'post_revisions',
  'post_tombstones',
  'interactions',
  'identity_links',
  'identity_claims',
  'sentiment_corrections',
  'sentiment_models',
];

/** What people change by hand: every write leaves an audit entry, made by the database so that none can be forgotten. */
const AUDITED_TABLES = [
  'organizations',
  'teams',
  'members',
  'team_members',
  'api_keys',
  'oauth_clients',
  'access_rules',
  'customers',
  'customer_relations',
  'contact_points',
  'preferences',
  'consents',
  'custom_field_definitions',
  'notes',
  'accounts',
  'sources',
  'conversations',
  'identity_links',
  'identity_claims',
  'sentiment_corrections',
];

export class CreateFoundation1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        create role vinculo_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
      exception when duplicate_object or unique_violation then null; end $$;
      -- Lets the owner's login drop to the role where no login of its own was made for it.
      do $$ begin
        if not pg_has_role(current_user, 'vinculo_app', 'member') then
          execute format('grant vinculo_app to %I', current_user);
        end if;
      end $$;
      create extension if not exists unaccent;
      create extension if not exists pg_trgm;
      create extension if not exists btree_gin;
      grant usage on schema public to vinculo_app;

      -- unaccent() is only stable because its dictionary could change; ours does not, and an index needs an immutable form.
      create function normalise_text(value text) returns text
        language sql immutable parallel safe strict
        as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;
    `);

    await runner.query(`
      create table instance_secrets (
        name text not null,
        value text not null,
        created_at timestamptz not null default now(),
        constraint instance_secrets_pkey primary key (name)
      );

      create table organizations (
        id uuid not null,
        slug text not null,
        name text not null,
        default_language text not null default 'es',
        default_country text not null default 'ES',
        settings jsonb not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint organizations_pkey primary key (id),
        constraint organizations_slug_key unique (slug)
      );

      create table teams (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        parent_id uuid,
        created_at timestamptz not null default now(),
        constraint teams_pkey primary key (organization_id, id),
        constraint teams_name_key unique (organization_id, name),
        constraint teams_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint teams_parent_fkey foreign key (organization_id, parent_id) references teams (organization_id, id)
      );

      create table members (
        organization_id uuid not null,
        id uuid not null,
        user_id text,
        name text not null,
        email text not null,
        role text not null,
        language text,
        customer_id uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deactivated_at timestamptz,
        constraint members_pkey primary key (organization_id, id),
        constraint members_email_key unique (organization_id, email),
        constraint members_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );
      create index members_user_idx on members (user_id);

      create table team_members (
        organization_id uuid not null,
        team_id uuid not null,
        member_id uuid not null,
        created_at timestamptz not null default now(),
        constraint team_members_pkey primary key (organization_id, team_id, member_id),
        constraint team_members_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id) on delete cascade,
        constraint team_members_member_fkey foreign key (organization_id, member_id) references members (organization_id, id) on delete cascade
      );
      create index team_members_member_idx on team_members (organization_id, member_id);

      create table api_keys (
        organization_id uuid not null,
        id uuid not null,
        auth_key_id text,
        name text not null,
        role text not null,
        start text,
        team_id uuid,
        customer_id uuid,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        constraint api_keys_pkey primary key (organization_id, id),
        constraint api_keys_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table oauth_clients (
        organization_id uuid not null,
        id uuid not null,
        client_id text not null,
        name text not null,
        role text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        constraint oauth_clients_pkey primary key (organization_id, id),
        constraint oauth_clients_client_key unique (organization_id, client_id),
        constraint oauth_clients_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table access_rules (
        organization_id uuid not null,
        role text not null,
        kind text not null,
        scope text not null,
        hidden_fields text[] not null default '{}',
        updated_at timestamptz not null default now(),
        constraint access_rules_pkey primary key (organization_id, role, kind),
        constraint access_rules_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table audit_entries (
        organization_id uuid not null,
        id bigint generated always as identity,
        at timestamptz not null default now(),
        actor text not null,
        request_id text,
        action text not null,
        table_name text not null,
        subject_id uuid,
        before jsonb,
        after jsonb,
        constraint audit_entries_pkey primary key (organization_id, id)
      );
      create index audit_entries_at_idx on audit_entries (organization_id, at, id);
      create index audit_entries_subject_idx on audit_entries (organization_id, subject_id, id);
      -- What belongs to a customer, also where it was deleted long ago: an erasure must find it.
      create index audit_entries_customer_idx on audit_entries (
        organization_id, (coalesce(after ->> 'customer_id', before ->> 'customer_id', after ->> 'from_customer_id', before ->> 'from_customer_id'))
      ) where coalesce(after ->> 'customer_id', before ->> 'customer_id', after ->> 'from_customer_id', before ->> 'from_customer_id') is not null;
      create index audit_entries_related_idx on audit_entries (
        organization_id, (coalesce(after ->> 'to_customer_id', before ->> 'to_customer_id'))
      ) where coalesce(after ->> 'to_customer_id', before ->> 'to_customer_id') is not null;

      create table idempotency_keys (
        organization_id uuid not null,
        actor text not null,
        key text not null,
        mutation text not null,
        input_hash text not null,
        payload jsonb,
        created_at timestamptz not null default now(),
        constraint idempotency_keys_pkey primary key (organization_id, actor, key)
      );
      create index idempotency_keys_created_idx on idempotency_keys (created_at);

      create table events (
        organization_id uuid not null,
        tx xid8 not null default pg_current_xact_id(),
        id bigint generated always as identity,
        type text not null,
        subject_id uuid not null,
        data jsonb,
        occurred_at timestamptz not null default now(),
        constraint events_pkey primary key (organization_id, id)
      );
      create index events_feed_idx on events (tx, id);
      create index events_replay_idx on events (organization_id, tx, id);
      create index events_age_idx on events using brin (occurred_at);

      -- One row: everything at or before this position has been deleted from the log.
      create table event_floor (
        id integer not null default 1,
        tx xid8 not null default '0',
        event_id bigint not null default 0,
        moved_at timestamptz not null default now(),
        constraint event_floor_pkey primary key (id),
        constraint event_floor_single check (id = 1)
      );
      insert into event_floor default values;
    `);

    await runner.query(`
      create table customers (
        organization_id uuid not null,
        id uuid not null,
        kind text not null,
        display_name text not null,
        given_name text,
        family_name text,
        legal_name text,
        job_title text,
        birth_date date,
        language text,
        time_zone text,
        tags text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        external_id text,
        owner_id uuid,
        team_id uuid,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        erased_at timestamptz,
        constraint customers_pkey primary key (organization_id, id),
        constraint customers_external_id_key unique (organization_id, external_id),
        constraint customers_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint customers_owner_fkey foreign key (organization_id, owner_id) references members (organization_id, id),
        constraint customers_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );
      create index customers_created_idx on customers (organization_id, created_at, id);
      create index customers_updated_idx on customers (organization_id, updated_at, id);
      create index customers_name_idx on customers (organization_id, display_name, id);
      create index customers_owner_idx on customers (organization_id, owner_id);
      create index customers_team_idx on customers (organization_id, team_id);
      create index customers_search_idx on customers using gin (
        organization_id,
        normalise_text(display_name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(given_name, '') || ' ' || coalesce(family_name, '')) gin_trgm_ops
      );

      create table customer_relations (
        organization_id uuid not null,
        id uuid not null,
        from_customer_id uuid not null,
        to_customer_id uuid not null,
        kind text not null,
        detail text,
        since date,
        until date,
        created_at timestamptz not null default now(),
        constraint customer_relations_pkey primary key (organization_id, id),
        constraint customer_relations_once_key unique (organization_id, from_customer_id, to_customer_id, kind),
        constraint customer_relations_from_fkey foreign key (organization_id, from_customer_id) references customers (organization_id, id) on delete cascade,
        constraint customer_relations_to_fkey foreign key (organization_id, to_customer_id) references customers (organization_id, id) on delete cascade
      );
      create index customer_relations_to_idx on customer_relations (organization_id, to_customer_id);

      create table contact_points (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        kind text not null,
        value text not null,
        label text,
        address jsonb,
        is_primary boolean not null default false,
        verified_at timestamptz,
        created_at timestamptz not null default now(),
        constraint contact_points_pkey primary key (organization_id, id),
        constraint contact_points_once_key unique (organization_id, customer_id, kind, value),
        constraint contact_points_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );
      create index contact_points_value_idx on contact_points (organization_id, kind, value);

      create table preferences (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        key text not null,
        value text not null,
        updated_at timestamptz not null default now(),
        constraint preferences_pkey primary key (organization_id, id),
        constraint preferences_key_key unique (organization_id, customer_id, key),
        constraint preferences_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );

      create table consents (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        purpose text not null,
        channel text not null,
        state text not null,
        source text,
        evidence text,
        recorded_at timestamptz not null default now(),
        constraint consents_pkey primary key (organization_id, id),
        constraint consents_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );
      create index consents_customer_idx on consents (organization_id, customer_id, recorded_at);

      create table custom_field_definitions (
        organization_id uuid not null,
        id uuid not null,
        key text not null,
        label text not null,
        type text not null,
        options text[] not null default '{}',
        required boolean not null default false,
        created_at timestamptz not null default now(),
        constraint custom_field_definitions_pkey primary key (organization_id, id),
        constraint custom_field_definitions_key_key unique (organization_id, key),
        constraint custom_field_definitions_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table notes (
        organization_id uuid not null,
        id uuid not null,
        customer_id uuid not null,
        author text not null,
        text text not null,
        created_at timestamptz not null default now(),
        constraint notes_pkey primary key (organization_id, id),
        constraint notes_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );
      create index notes_customer_idx on notes (organization_id, customer_id, created_at);
    `);

    await runner.query(`
      create table accounts (
        organization_id uuid not null,
        id uuid not null,
        network text not null,
        external_id text,
        handle text not null,
        display_name text,
        state text not null default 'ACTIVE',
        team_id uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint accounts_pkey primary key (organization_id, id),
        constraint accounts_handle_key unique (organization_id, network, handle),
        constraint accounts_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint accounts_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );

      create table sources (
        organization_id uuid not null,
        id uuid not null,
        account_id uuid,
        connector text not null,
        network text not null,
        kind text not null,
        query text not null,
        settings jsonb not null default '{}',
        state text not null default 'ACTIVE',
        interval_seconds integer not null default 300,
        cursor jsonb,
        cursor_version integer not null default 1,
        last_event_at timestamptz,
        last_success_at timestamptz,
        problem jsonb,
        failures integer not null default 0,
        created_at timestamptz not null default now(),
        constraint sources_pkey primary key (organization_id, id),
        constraint sources_once_key unique (organization_id, connector, kind, query),
        constraint sources_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint sources_account_fkey foreign key (organization_id, account_id) references accounts (organization_id, id) on delete cascade
      );
      create index sources_account_idx on sources (organization_id, account_id);

      create table source_gaps (
        organization_id uuid not null,
        id uuid not null,
        source_id uuid not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        reason text not null,
        recorded_at timestamptz not null default now(),
        constraint source_gaps_pkey primary key (organization_id, id),
        constraint source_gaps_source_fkey foreign key (organization_id, source_id) references sources (organization_id, id) on delete cascade
      );
      create index source_gaps_source_idx on source_gaps (organization_id, source_id, recorded_at);

      create table social_identities (
        organization_id uuid not null,
        id uuid not null,
        network text not null,
        external_id text,
        handle text not null,
        handle_key text,
        display_name text,
        bio text,
        url text,
        avatar_url text,
        followers_count integer,
        verified_email text,
        verified_phone text,
        authored boolean not null default false,
        customer_id uuid,
        first_seen_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint social_identities_pkey primary key (organization_id, id),
        constraint social_identities_external_key unique (organization_id, network, external_id),
        constraint social_identities_handle_key unique (organization_id, network, handle_key),
        constraint social_identities_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint social_identities_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create index social_identities_customer_idx on social_identities (organization_id, customer_id);
      create index social_identities_email_idx on social_identities (organization_id, verified_email) where verified_email is not null;
      create index social_identities_phone_idx on social_identities (organization_id, verified_phone) where verified_phone is not null;
      create index social_identities_url_idx on social_identities (organization_id, url) where url is not null;
      create index social_identities_seen_idx on social_identities (organization_id, first_seen_at, id);
      create index social_identities_followers_idx on social_identities (organization_id, followers_count, id);

      create table conversations (
        organization_id uuid not null,
        id uuid not null,
        network text not null,
        root_external_id text not null,
        status text not null default 'OPEN',
        assignee_id uuid,
        team_id uuid,
        first_post_at timestamptz not null,
        last_post_at timestamptz not null,
        constraint conversations_pkey primary key (organization_id, id),
        constraint conversations_root_key unique (organization_id, network, root_external_id),
        constraint conversations_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade,
        constraint conversations_assignee_fkey foreign key (organization_id, assignee_id) references members (organization_id, id),
        constraint conversations_team_fkey foreign key (organization_id, team_id) references teams (organization_id, id)
      );
      create index conversations_last_idx on conversations (organization_id, last_post_at, id);

      create table posts (
        organization_id uuid not null,
        id uuid not null,
        network text not null,
        external_id text not null,
        revision text not null,
        kind text not null,
        author_id uuid not null,
        source_id uuid,
        account_id uuid,
        conversation_id uuid,
        parent_external_id text,
        in_reply_to_id uuid,
        title text,
        text text not null,
        html text,
        language text not null default 'und',
        url text,
        hashtags text[] not null default '{}',
        links text[] not null default '{}',
        media jsonb not null default '[]',
        sentiment_label text not null,
        sentiment_score real not null,
        sentiment_words jsonb not null default '[]',
        priority_score real not null,
        priority_reasons jsonb not null default '[]',
        own boolean not null default false,
        auto boolean not null default false,
        occurred_at timestamptz not null,
        received_at timestamptz not null default now(),
        edited_at timestamptz,
        deleted_at timestamptz,
        constraint posts_pkey primary key (organization_id, id),
        constraint posts_external_key unique (organization_id, network, external_id),
        constraint posts_author_fkey foreign key (organization_id, author_id) references social_identities (organization_id, id),
        constraint posts_conversation_fkey foreign key (organization_id, conversation_id) references conversations (organization_id, id)
      );
      create index posts_occurred_idx on posts (organization_id, occurred_at, id);
      create index posts_received_idx on posts (organization_id, received_at, id);
      create index posts_priority_idx on posts (organization_id, priority_score, id);
      create index posts_author_idx on posts (organization_id, author_id, occurred_at, id);
      create index posts_conversation_idx on posts (organization_id, conversation_id, occurred_at);
      create index posts_parent_idx on posts (organization_id, network, parent_external_id) where parent_external_id is not null and in_reply_to_id is null;
      create index posts_text_idx on posts using gin (organization_id, to_tsvector('simple', normalise_text(text)));

      create table post_revisions (
        organization_id uuid not null,
        post_id uuid not null,
        revision text not null,
        text text not null,
        replaced_at timestamptz not null default now(),
        constraint post_revisions_pkey primary key (organization_id, post_id, revision),
        constraint post_revisions_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id) on delete cascade
      );

      -- Deletions that came before what they delete.
      create table post_tombstones (
        organization_id uuid not null,
        network text not null,
        external_id text not null,
        recorded_at timestamptz not null default now(),
        constraint post_tombstones_pkey primary key (organization_id, network, external_id),
        constraint post_tombstones_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      create table interactions (
        organization_id uuid not null,
        id uuid not null,
        network text not null,
        kind text not null,
        from_identity_id uuid not null,
        to_identity_id uuid not null,
        post_id uuid,
        occurred_at timestamptz not null,
        constraint interactions_pkey primary key (organization_id, id),
        constraint interactions_from_fkey foreign key (organization_id, from_identity_id) references social_identities (organization_id, id),
        constraint interactions_to_fkey foreign key (organization_id, to_identity_id) references social_identities (organization_id, id)
      );
      create unique index interactions_once_key on interactions (organization_id, from_identity_id, occurred_at, to_identity_id, kind, post_id) nulls not distinct;
      create index interactions_to_idx on interactions (organization_id, to_identity_id, occurred_at, id);
      create index interactions_post_idx on interactions (organization_id, post_id) where post_id is not null;

      create table identity_links (
        organization_id uuid not null,
        id uuid not null,
        identity_id uuid not null,
        customer_id uuid not null,
        status text not null,
        method text not null,
        confidence real not null,
        evidence jsonb not null default '[]',
        linked_by text not null,
        linked_at timestamptz not null default now(),
        unlinked_by text,
        unlinked_at timestamptz,
        unlink_reason text,
        constraint identity_links_pkey primary key (organization_id, id),
        constraint identity_links_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade,
        constraint identity_links_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id)
      );
      create unique index identity_links_active_key on identity_links (organization_id, identity_id) where unlinked_at is null;
      create index identity_links_identity_idx on identity_links (organization_id, identity_id, linked_at);
      create index identity_links_customer_idx on identity_links (organization_id, customer_id, linked_at);

      -- A code a customer publishes on, or sends from, the identity that is claimed.
      create table identity_claims (
        organization_id uuid not null,
        id uuid not null,
        identity_id uuid not null,
        customer_id uuid not null,
        code_hash text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        confirmed_at timestamptz,
        constraint identity_claims_pkey primary key (organization_id, id),
        constraint identity_claims_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id) on delete cascade,
        constraint identity_claims_customer_fkey foreign key (organization_id, customer_id) references customers (organization_id, id) on delete cascade
      );

      create table sentiment_corrections (
        organization_id uuid not null,
        id uuid not null,
        post_id uuid not null,
        label text not null,
        previous_label text not null,
        corrected_by text not null,
        corrected_at timestamptz not null default now(),
        constraint sentiment_corrections_pkey primary key (organization_id, id),
        constraint sentiment_corrections_post_key unique (organization_id, post_id),
        constraint sentiment_corrections_post_fkey foreign key (organization_id, post_id) references posts (organization_id, id) on delete cascade
      );

      create table sentiment_models (
        organization_id uuid not null,
        id uuid not null,
        trained_at timestamptz not null default now(),
        examples integer not null,
        macro_f1 real not null,
        lexicon_macro_f1 real not null,
        model bytea not null,
        constraint sentiment_models_pkey primary key (organization_id, id)
      );
      create index sentiment_models_trained_idx on sentiment_models (organization_id, trained_at);
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
      alter table organizations enable row level security;
      create policy tenant on organizations using (id = (select current_setting('app.organization_id'))::uuid);
      grant select, update on organizations to vinculo_app;
      revoke insert, update, delete on audit_entries from vinculo_app;
      revoke update, delete on events from vinculo_app;
      grant select on event_floor to vinculo_app;

      -- The audit log is written by its owner, whoever the writer is: no request can leave it out or change it later.
      create function record_audit() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
        new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
        whole jsonb := coalesce(new_row, old_row);
        changed_before jsonb := old_row;
        changed_after jsonb := new_row;
      begin
        if tg_op = 'UPDATE' then
          select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
            into changed_before, changed_after
            from jsonb_each(old_row) o
            where new_row -> o.key is distinct from o.value and o.key not in ('updated_at', 'cursor', 'cursor_version', 'last_event_at', 'last_success_at', 'problem', 'failures', 'first_post_at', 'last_post_at');
          if changed_before is null then return null; end if;
        end if;
        insert into audit_entries (organization_id, actor, request_id, action, table_name, subject_id, before, after)
        values (
          coalesce(whole ->> 'organization_id', whole ->> 'id')::uuid,
          coalesce(nullif(current_setting('app.actor', true), ''), 'system:' || session_user),
          nullif(current_setting('app.request_id', true), ''),
          tg_op, tg_table_name, coalesce(whole ->> 'id', whole ->> 'member_id')::uuid, changed_before, changed_after
        );
        return null;
      end $$;
    `);
    // A conversation begins by itself, with its first post; what people then do with it is audited.
    for (const table of AUDITED_TABLES) {
      await runner.query(`
        create trigger audit after ${table === 'conversations' ? '' : 'insert or '}update or delete on ${table} for each row execute function record_audit();
      `);
    }

    await runner.query(`
      -- Background work is enqueued in the transaction that causes it; the queue's own tables stay out of reach.
      create function enqueue_job(
        task text, payload json, job_key text default null, run_at timestamptz default null, job_key_mode text default 'replace')
        returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        -- A request enqueues for its own organisation only; the owner's own connections have none set and may do it for any.
        if nullif(current_setting('app.organization_id', true), '') is distinct from payload ->> 'organizationId'
           and session_user <> current_user then
          raise exception 'A job is enqueued for the organisation that asks.' using errcode = '42501';
        end if;
        perform graphile_worker.add_job(
          task, payload, job_key => enqueue_job.job_key, run_at => enqueue_job.run_at, max_attempts => 12,
          job_key_mode => enqueue_job.job_key_mode);
      end $$;

      -- Trigram and text-search operators are not leakproof, so row-level security keeps them from their indexes. These two
      -- apply the same rule themselves and then answer ids only.
      create function search_customers(query text, most integer) returns table (id uuid, rank real)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        -- Half by the best stretch of a name, half by the best whole words: of two that begin alike the closer one comes first.
        select c.id, ((word_similarity(q.text, n.text) + strict_word_similarity(q.text, n.text)) / 2)::real as rank
          from customers c
         cross join lateral (select normalise_text(query)) as q(text)
         cross join lateral (select normalise_text(c.display_name || ' ' || coalesce(c.legal_name, '') || ' ' || coalesce(c.given_name, '') || ' ' || coalesce(c.family_name, ''))) as n(text)
         where c.organization_id = current_setting('app.organization_id')::uuid
           and c.deleted_at is null
           and q.text <% n.text
         order by rank desc, c.id
         limit most
      $$;
      create function search_posts(query text, most integer) returns table (id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select p.id from posts p
         where p.organization_id = current_setting('app.organization_id')::uuid
           and to_tsvector('simple', normalise_text(p.text)) @@ websearch_to_tsquery('simple', normalise_text(query))
         order by p.occurred_at desc limit most
      $$;

      -- Removes what the audit log remembers of erased subjects and of everything that ever belonged to them, and only that.
      create function erase_audit(subjects uuid[]) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        erased integer;
        organization uuid := current_setting('app.organization_id')::uuid;
      begin
        update audit_entries set before = null, after = null
         where organization_id = organization and subject_id in (
           select unnest(subjects)
           union select subject_id from audit_entries
            where organization_id = organization
              and coalesce(after ->> 'customer_id', before ->> 'customer_id', after ->> 'from_customer_id', before ->> 'from_customer_id') = any (subjects::text[])
           union select subject_id from audit_entries
            where organization_id = organization and coalesce(after ->> 'to_customer_id', before ->> 'to_customer_id') = any (subjects::text[]));
        get diagnostics erased = row_count;
        return erased;
      end $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is not undone: drop the database instead.');
  }
}
