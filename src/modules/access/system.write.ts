import type { Pool } from 'pg';
import { type InputError, invalid } from '../../platform/errors.js';

export type SystemQuery = <Row = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;

/**
 * One transaction on the owner's connection, for what happens before anybody is anyone: `actor` is whom the audit log names.
 * Its work must not take another connection of the same pool, or all of them could come to wait for one another.
 */
export async function systemWrite<Result>(
  system: Pool,
  actor: string,
  work: (query: SystemQuery) => Promise<Result>,
): Promise<Result> {
  const client = await system.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query("select set_config('app.actor', $1, true)", [actor]);
    const result = await work(async (sql, values) => (await client.query(sql, values)).rows as never);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(problem => {
      broken = problem as Error;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

export const linkUsed = (): InputError =>
  invalid('token', 'This link was used already, has expired, or was never given out.', 'NOT_FOUND');
