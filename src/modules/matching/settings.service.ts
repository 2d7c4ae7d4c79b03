import type { Tx } from '../../platform/database/database.js';
import { InputError, type InputProblem } from '../../platform/errors.js';
import { enqueue } from '../../platform/jobs.js';
import { type MatchingSettings, matchingSettings } from './settings.queries.js';

/** Name of the background task that looks at every open identity again. */
export const LOOK_AGAIN = 'matching:look-again';

/** Below this a machine is wrong too often to act without asking: at .9 one link in forty was (see bench/README.md). */
const LEAST_AUTO_LINK = 0.99;

/**
 * Changes what is given of the rules, and has every identity that is open looked at again under them. Throws `InputError`:
 * INVALID for what is no chance, or for linking without asking on less than it takes.
 */
export async function changeMatchingRules(
  tx: Tx,
  input: { review?: number | null; autoLink?: number | null },
): Promise<{ rules: MatchingSettings }> {
  const problems: InputProblem[] = [];
  const check = (field: 'review' | 'autoLink', least: number) => {
    const value = input[field];
    if (value == null || (value >= least && value <= 1)) return;
    problems.push({ field, code: 'INVALID', message: `It is a chance from ${least} to 1.` });
  };
  check('review', 0.01);
  check('autoLink', LEAST_AUTO_LINK);
  if (problems.length > 0) throw new InputError(problems);
  const { organizationId } = tx.scope;
  const changed = Object.fromEntries(
    Object.entries({ review: input.review, autoLink: input.autoLink }).filter(([, value]) => value !== undefined),
  );
  await tx.query(
    `update organizations
        set settings = settings || jsonb_build_object('matching', coalesce(settings -> 'matching', '{}') || $2::jsonb), updated_at = now()
      where id = $1`,
    [organizationId, JSON.stringify(changed)],
  );
  await enqueue(tx, LOOK_AGAIN, {}, { key: `${LOOK_AGAIN}:${organizationId}` });
  return { rules: await matchingSettings((sql, parameters) => tx.query(sql, parameters) as never, organizationId) };
}
