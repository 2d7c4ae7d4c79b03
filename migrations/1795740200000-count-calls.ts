import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['call_dispositions', 'call_handlings'];

export class CountCalls1795740200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table call_dispositions (
        organization_id uuid not null,
        id uuid not null,
        name text not null,
        -- The name in other languages: {"es": "…", "pt": "…"}.
        names jsonb not null default '{}',
        is_active boolean not null default true,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        constraint call_dispositions_pkey primary key (organization_id, id),
        constraint call_dispositions_name_key unique (organization_id, name),
        constraint call_dispositions_organization_fkey foreign key (organization_id) references organizations (id) on delete cascade
      );

      -- How each call was dealt with. It has the id of its post: the channel's words become columns by a trigger, the rest agents say.
      create table call_handlings (
        organization_id uuid not null,
        id uuid not null,
        -- Who is at the other end.
        identity_id uuid not null,
        direction text not null,
        status text not null,
        -- As the telephone network names them.
        agent text,
        queue text,
        member_id uuid,
        ticket_id uuid,
        disposition_id uuid,
        notes text,
        started_at timestamptz not null,
        queued_at timestamptz,
        answered_at timestamptz,
        ended_at timestamptz,
        wait_seconds double precision,
        talk_seconds double precision,
        hold_seconds double precision,
        wrap_up_started_at timestamptz,
        wrap_up_ended_at timestamptz,
        version integer not null default 1,
        updated_at timestamptz not null default now(),
        constraint call_handlings_pkey primary key (organization_id, id),
        constraint call_handlings_post_fkey foreign key (organization_id, id) references posts (organization_id, id) on delete cascade,
        constraint call_handlings_identity_fkey foreign key (organization_id, identity_id) references social_identities (organization_id, id),
        constraint call_handlings_member_fkey foreign key (organization_id, member_id) references members (organization_id, id),
        constraint call_handlings_ticket_fkey foreign key (organization_id, ticket_id) references tickets (organization_id, id),
        constraint call_handlings_disposition_fkey foreign key (organization_id, disposition_id) references call_dispositions (organization_id, id)
      );
      create index call_handlings_started_idx on call_handlings (organization_id, started_at, id);
      create index call_handlings_identity_idx on call_handlings (organization_id, identity_id, started_at, id);
      create index call_handlings_member_idx on call_handlings (organization_id, member_id, started_at, id);
      create index call_handlings_ticket_idx on call_handlings (organization_id, ticket_id) where ticket_id is not null;
      create index call_handlings_disposition_idx on call_handlings (organization_id, disposition_id) where disposition_id is not null;

      -- In the transaction in which the channel's word is kept, whichever path it came by.
      create function keep_call_handling() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        other uuid := new.author_id;
        answered timestamptz := (new.call ->> 'answeredAt')::timestamptz;
        ended timestamptz := (new.call ->> 'endedAt')::timestamptz;
        queued timestamptz := coalesce((new.call ->> 'queuedAt')::timestamptz, new.occurred_at);
        waited double precision := extract(epoch from coalesce(answered, ended) - queued);
        spoken double precision := coalesce((new.call ->> 'durationSeconds')::double precision, extract(epoch from ended - answered));
      begin
        if new.own then
          -- The author of a call of ours is our own number; whom it reached stands in the way to answer it.
          select i.id into other from social_identities i
           where i.organization_id = new.organization_id and i.network = new.network
             and (i.external_id = new.reply_to ->> 'to' or i.handle_key = lower(new.reply_to ->> 'to'))
           order by (i.external_id = new.reply_to ->> 'to') desc nulls last limit 1;
          other := coalesce(other, new.author_id);
        end if;
        insert into call_handlings (organization_id, id, identity_id, direction, status, agent, queue, started_at, queued_at, answered_at, ended_at,
                                    wait_seconds, talk_seconds, hold_seconds)
        values (new.organization_id, new.id, other, new.call ->> 'direction', new.call ->> 'status', new.call ->> 'agent', new.call ->> 'queue',
                new.occurred_at, (new.call ->> 'queuedAt')::timestamptz, answered, ended,
                case when waited < 0 then 0 else waited end, case when spoken < 0 then 0 else spoken end, (new.call ->> 'holdSeconds')::double precision)
        on conflict (organization_id, id) do update set
          identity_id = excluded.identity_id, direction = excluded.direction, status = excluded.status,
          agent = coalesce(excluded.agent, call_handlings.agent), queue = coalesce(excluded.queue, call_handlings.queue),
          started_at = excluded.started_at, queued_at = coalesce(excluded.queued_at, call_handlings.queued_at),
          answered_at = excluded.answered_at, ended_at = excluded.ended_at, wait_seconds = excluded.wait_seconds,
          talk_seconds = excluded.talk_seconds, hold_seconds = coalesce(excluded.hold_seconds, call_handlings.hold_seconds),
          updated_at = clock_timestamp();
        insert into events (organization_id, type, subject_id) values (new.organization_id, 'call.changed', new.id);
        return null;
      end $$;
      create trigger keep_call after insert on posts for each row
        when (new.kind = 'CALL' and new.call is not null) execute function keep_call_handling();
      create trigger keep_call_change after update of call on posts for each row
        when (new.kind = 'CALL' and new.call is not null and old.call is distinct from new.call) execute function keep_call_handling();

      -- Calls that were kept before their handling was; nobody is told of them again.
      insert into call_handlings (organization_id, id, identity_id, direction, status, agent, started_at, answered_at, ended_at, wait_seconds, talk_seconds)
      select p.organization_id, p.id, p.author_id, p.call ->> 'direction', p.call ->> 'status', p.call ->> 'agent', p.occurred_at,
             (p.call ->> 'answeredAt')::timestamptz, (p.call ->> 'endedAt')::timestamptz,
             extract(epoch from coalesce((p.call ->> 'answeredAt')::timestamptz, (p.call ->> 'endedAt')::timestamptz) - p.occurred_at),
             (p.call ->> 'durationSeconds')::double precision
        from posts p where p.kind = 'CALL' and p.call is not null;
    `);
    for (const table of TENANT_TABLES) {
      await runner.query(`
        alter table ${table} enable row level security;
        create policy tenant on ${table}
          using (organization_id = (select current_setting('app.organization_id'))::uuid);
        grant select, insert, update, delete on ${table} to vinculo_app;
      `);
    }
    // What the channel says is remembered as the post; what an agent says of it here.
    await runner.query(`
      create trigger audit after insert or delete or update on call_dispositions for each row execute function record_audit();
      create trigger audit_update after update on call_handlings for each row when (old.version is distinct from new.version) execute function record_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger keep_call on posts;
      drop trigger keep_call_change on posts;
      drop function keep_call_handling;
      drop table call_handlings, call_dispositions;
    `);
  }
}
