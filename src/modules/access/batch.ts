import type { Tx } from '../../platform/database/database.js';
import { InputError, type InputProblem, invalid } from '../../platform/errors.js';

const MOST_ITEMS = 200;

/** What became of one item: what `work` answered of it, or in `userErrors` why it was refused. */
export type ItemResult<Kept extends object> = { index: number; userErrors: InputProblem[] } & Partial<Kept>;

/**
 * Does `work` for every item in a savepoint of its own: what is wrong with one is undone and said, and the others go on. Throws
 * `InputError`, by the name of their `field`, for more than 200 items.
 */
export async function eachItem<Item, Kept extends object>(
  tx: Tx,
  items: Item[],
  work: (item: Item, index: number) => Promise<Kept>,
  field = 'items',
): Promise<ItemResult<Kept>[]> {
  if (items.length > MOST_ITEMS) throw invalid(field, `At most ${MOST_ITEMS} items are taken at once.`, 'TOO_LONG');
  const results: ItemResult<Kept>[] = [];
  for (const [index, item] of items.entries()) {
    await tx.query('savepoint item');
    try {
      const kept = await work(item, index);
      await tx.query('release savepoint item');
      results.push({ index, ...kept, userErrors: [] });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      await tx.query('rollback to savepoint item');
      results.push({ index, userErrors: error.problems } as unknown as ItemResult<Kept>);
    }
  }
  return results;
}
