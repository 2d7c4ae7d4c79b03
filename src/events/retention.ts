import type pg from 'pg';
import type { Position } from './feed.js';

const CHUNK = 5000;

/**
 * Deletes what is older than `hours` from the log, oldest positions first, and moves the floor with it, chunk by chunk.
 * It stops before the first event that is kept, so everything at or before the floor is gone and everything after it is there,
 * even where a long transaction's events are older than those that stand before them. Returns how many it deleted.
 */
export async function expireEvents(pool: pg.Pool, hours: number): Promise<number> {
  const client = await pool.connect();
  try {
    // Below the oldest running transaction only: nothing can still appear before such a position.
    const { rows: found } = await client.query<Position>(
      `select coalesce(k.tx, e.tx)::text as tx, coalesce(k.id, 0)::text as id
         from (select pg_snapshot_xmin(pg_current_snapshot()) as tx) e
         left join lateral (
           select tx, id from events
            where events.tx < e.tx and occurred_at >= now() - make_interval(hours => $1)
            order by events.tx, events.id limit 1) k on true`,
      [hours],
    );
    const border = found[0]!;
    for (let deleted = 0; ; ) {
      const { rows } = await client.query<{ count: number }>(
        `with old as (
           select organization_id, tx, id from events
            where (tx, id) < ($1::xid8, $2::bigint) and occurred_at < now() - make_interval(hours => $3)
            order by tx, id limit ${CHUNK}),
         gone as (
           delete from events e using old where e.organization_id = old.organization_id and e.id = old.id
           returning e.tx, e.id),
         newest as (select tx, id from gone order by tx desc, id desc limit 1),
         moved as (
           update event_floor f set tx = newest.tx, event_id = newest.id, moved_at = now()
             from newest where (f.tx, f.event_id) < (newest.tx, newest.id))
         select count(*)::integer as count from gone`,
        [border.tx, border.id, hours],
      );
      const count = rows[0]?.count ?? 0;
      deleted += count;
      if (count < CHUNK) return deleted;
    }
  } finally {
    client.release();
  }
}
