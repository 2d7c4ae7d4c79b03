import type pg from 'pg';

const HOURS = 72;
const CHUNK = 5000;

/** Forgets the answers of mutations older than 72 h: whoever repeats one later does it again. Returns how many. */
export async function forgetIdempotencyKeys(pool: pg.Pool): Promise<number> {
  for (let forgotten = 0; ; ) {
    const { rowCount } = await pool.query(
      `delete from idempotency_keys
        where ctid in (select ctid from idempotency_keys
                        where created_at < now() - make_interval(hours => ${HOURS}) limit ${CHUNK})`,
    );
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return forgotten;
  }
}
