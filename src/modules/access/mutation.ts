import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/database.js';
import { AppError, InputError, type InputProblem } from '../../platform/errors.js';
import type { RequestContext } from './context.js';

/** What a mutation answers: ids of what it changed (records are then read through loaders) and what a person can mend. */
export type Outcome = Record<string, unknown>;

/**
 * Runs one mutation as one transaction. What a person can mend comes back as `userErrors`; anything else is thrown. With an
 * idempotency key the answer is stored in the same transaction, so a repetition, also a simultaneous one, answers the same.
 */
export async function mutate<Result extends Outcome>(
  context: RequestContext,
  name: string,
  input: { idempotencyKey?: string | null },
  work: (tx: Tx) => Promise<Result>,
): Promise<Result & { userErrors: InputProblem[] }> {
  const { database } = context.options;
  try {
    return await withUserErrors(() =>
      database.write(context.scope, async tx => {
        const key = input.idempotencyKey;
        if (!key) return work(tx);
        const known = await claimKey(tx, name, key, input);
        if (known) return known as Result;
        const outcome = await work(tx);
        await tx.query(
          'update idempotency_keys set payload = $4 where organization_id = $1 and actor = $2 and key = $3',
          [tx.scope.organizationId, tx.scope.actor, key, JSON.stringify(outcome)],
        );
        return outcome;
      }),
    );
  } finally {
    // What was read before the write is no longer true.
    context.loaders.clear();
  }
}

/** The answer of a payload: what was done, or in `userErrors` what a person can mend. */
export async function withUserErrors<Result extends Outcome>(
  work: () => Promise<Result>,
): Promise<Result & { userErrors: InputProblem[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (error instanceof InputError)
      return { userErrors: error.problems } as unknown as Result & { userErrors: InputProblem[] };
    throw error;
  }
}

/** Takes the key for this transaction, or answers what its first use answered. A simultaneous first use is waited for. */
async function claimKey(tx: Tx, mutation: string, key: string, input: object): Promise<Outcome | null> {
  if (key.length > 200) throw new AppError('BAD_USER_INPUT', 'An idempotency key has at most 200 characters.');
  const { organizationId, actor } = tx.scope;
  const inputHash = createHash('sha256').update(mutation).update(canonical(input)).digest('base64url');
  const claimed = await tx.query(
    `insert into idempotency_keys (organization_id, actor, key, mutation, input_hash) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning key`,
    [organizationId, actor, key, mutation, inputHash],
  );
  if (claimed.length > 0) return null;
  const [known] = await tx.query<{ input_hash: string; payload: Outcome | null }>(
    'select input_hash, payload from idempotency_keys where organization_id = $1 and actor = $2 and key = $3',
    [organizationId, actor, key],
  );
  if (known?.input_hash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH');
  return known.payload ?? {};
}

/** JSON with sorted keys: the same input written in another order is the same input. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
