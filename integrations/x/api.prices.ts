import type { ConnectorContext } from '../../src/ingest/connector.js';

/** Millionths of a US dollar, as X bills whoever has no contract with it. */
export const PRICES = {
  post: 5000,
  /** Of our own account: its mentions, its timeline. */
  ownPost: 1000,
  user: 10_000,
  message: 10_000,
  write: 10_000,
  writeWithLink: 200_000,
} as const;

export type Priced = keyof typeof PRICES;

/** Sets aside what a request may cost, then runs it. What it really cost is settled; nothing when it failed for certain. */
export async function paying<Result>(
  context: Pick<ConnectorContext<unknown>, 'costs'>,
  most: Partial<Record<Priced, number>>,
  ask: () => Promise<{ result: Result; spent: Partial<Record<Priced, number>> }>,
): Promise<Result> {
  const reserved: { unit: Priced; settle(units: number): Promise<void> }[] = [];
  let spent: Partial<Record<Priced, number>> = {};
  try {
    for (const [unit, count] of Object.entries(most) as [Priced, number][]) {
      const { settle } = await context.costs.reserve({ unit, most: count, microsEach: PRICES[unit] });
      reserved.push({ unit, settle });
    }
    const answer = await ask();
    spent = answer.spent;
    return answer.result;
  } catch (error) {
    const mayHaveHappened = (error as { fault?: { mayHaveHappened?: boolean } }).fault?.mayHaveHappened;
    if (mayHaveHappened) spent = most;
    throw error;
  } finally {
    for (const { unit, settle } of reserved) await settle(spent[unit] ?? 0);
  }
}
