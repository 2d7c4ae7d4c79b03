import type { Tx } from '../../platform/database/database.js';
import type { Access } from './access.service.js';
import type { RequestContext } from './context.js';
import { mutate, type Outcome } from './mutation.js';

/** A mutation of who may do what: once it is committed, the next request in this process is judged by it. */
export function change<Result extends Outcome>(
  access: Access,
  context: RequestContext,
  name: string,
  input: { idempotencyKey?: string | null },
  work: (tx: Tx) => Promise<Result>,
) {
  return mutate(context, name, input, tx => {
    tx.afterCommit(() => access.forget(tx.scope.organizationId));
    return work(tx);
  });
}

/** Where a service leaves what it made outside of its transaction, and the secret that must be kept nowhere. */
export interface Issue<Secret> {
  /** Runs when the transaction is not committed after all. */
  undo(step: () => Promise<void>): void;
  /** Goes into the first answer only: what is stored for repetitions never has it. */
  tell(secret: Secret): void;
}

/**
 * A mutation that makes a secret. Credentials commit on their own; when our transaction then fails they are taken back, and
 * should that fail too, or the process die in between, they still open nothing without our row.
 */
export async function issue<Result extends Outcome, Secret extends object>(
  context: RequestContext,
  name: string,
  input: { idempotencyKey?: string | null },
  work: (tx: Tx, making: Issue<Secret>) => Promise<Result>,
) {
  const made = new Set<() => Promise<void>>();
  let told: Secret | undefined;
  try {
    const outcome = await mutate(context, name, input, tx => {
      const mine: (() => Promise<void>)[] = [];
      let secret: Secret | undefined;
      tx.afterCommit(() => {
        for (const step of mine) made.delete(step);
        told = secret;
      });
      return work(tx, {
        undo(step) {
          mine.push(step);
          made.add(step);
        },
        tell(given) {
          secret = given;
        },
      });
    });
    return { ...outcome, ...told };
  } finally {
    for (const step of made) {
      await step().catch(error => context.log.warn({ err: error }, 'a credential nobody can use was left behind'));
    }
  }
}
