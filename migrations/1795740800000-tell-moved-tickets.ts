import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists of tickets and the sight of them go by, and is no text of anybody's. */
const PLACES = [
  'status',
  'priority',
  'type',
  'assignee_id',
  'team_id',
  'queue_id',
  'category_id',
  'customer_id',
  'identity_id',
  'parent_id',
  'merged_into_id',
  'sla_breached_at',
];

export class TellMovedTickets1795740800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const row = (of: string) => [...PLACES, 'snoozed_until'].map(column => `${of}.${column}`).join(', ');
    await runner.query(`
      -- Where a ticket was before it moved: whoever had it in a list is told that it left. Written by the owner of the tables, so
      -- that no way of changing a ticket goes without.
      create function tell_ticket_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        -- Nobody has seen what a ticket was for a moment inside a transaction: only where it was before counts.
        if exists (select 1 from events e where e.organization_id = old.organization_id and e.tx = pg_current_xact_id() and e.subject_id = old.id
                      and (e.type = 'ticket.moved' and e.data -> 'was' ? 'status' or e.type = 'ticket.changed' and e.data ->> 'change' = 'OPENED')) then
          return null;
        end if;
        insert into events (organization_id, type, subject_id, data)
        values (old.organization_id, 'ticket.moved', old.id, jsonb_build_object('was', jsonb_build_object(
          ${PLACES.map(column => `'${column}', old.${column}`).join(', ')},
          -- It slept then, whenever this is read.
          'snoozed_until', case when old.snoozed_until is not null then 'infinity'::timestamptz end)));
        return null;
      end $$;
      create trigger tell_moved after update on tickets for each row
        when ((${row('old')}) is distinct from (${row('new')})) execute function tell_ticket_moved();

      create function tell_follower_gone() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into events (organization_id, type, subject_id, data)
        values (old.organization_id, 'ticket.moved', old.ticket_id,
                jsonb_build_object('was', jsonb_build_object('follower', old.member_id)));
        return null;
      end $$;
      create trigger tell_gone after delete or update of ticket_id, member_id on ticket_followers for each row
        execute function tell_follower_gone();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger tell_gone on ticket_followers;
      drop function tell_follower_gone;
      drop trigger tell_moved on tickets;
      drop function tell_ticket_moved;
      delete from events where type = 'ticket.moved';
    `);
  }
}
