import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { LONGEST_UNDO } from './turn.rules.js';

const DEFAULT_UNDO = 10;

/** For how many seconds what a person says can be taken back. */
export async function undoSecondsOf(reader: Pick<Tx, 'query' | 'scope'>): Promise<number> {
  const [row] = await reader.query<{ seconds: number | null }>(
    `select (settings #>> '{desk,undoSeconds}')::integer as seconds from organizations where id = $1`,
    [reader.scope.organizationId],
  );
  return row?.seconds ?? DEFAULT_UNDO;
}

/** Throws `InputError` for what is not between 0 and 60. */
export async function setUndoSeconds(tx: Tx, seconds: number): Promise<void> {
  if (seconds < 0 || seconds > LONGEST_UNDO) throw invalid('undoSeconds', `It is between 0 and ${LONGEST_UNDO}.`);
  await tx.query(
    `update organizations set settings = settings || jsonb_build_object('desk', coalesce(settings -> 'desk', '{}') || jsonb_build_object('undoSeconds', $2::integer)),
            updated_at = now() where id = $1`,
    [tx.scope.organizationId, seconds],
  );
}
