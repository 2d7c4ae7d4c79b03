import type { Blocks } from './blocking.js';
import type { Agreement, ComparisonSpec } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import { maximise } from './maximise.js';
import type { Model, Training } from './model.js';
import { blockedPatterns, framedPatterns, type Patterns, randomLevels } from './observations.js';
import type { Table } from './table.js';

/**
 * Learns a model without labels: u from random pairs, m by expectation maximisation (Dempster, Laird & Rubin 1977; Winkler 1988)
 * over pairs of blocks. The prior stays as it was given: inside blocks the matches are many, and EM left free would learn that
 * share and take strangers for the same person. Blocked pairs are judged by the prior of all pairs, which Bayes' rule allows, as
 * what put them in a block is part of what is compared.
 */
export async function learn(
  table: Table,
  specs: readonly ComparisonSpec[],
  blocks: Blocks,
  training: Training,
): Promise<Model> {
  const comparisons = specs.map(spec => prepareComparison(table, spec));
  const observed = await randomLevels(table, comparisons, training);
  const patterns = await blockedPatterns(table, comparisons, blocks, training.blockedPairs ?? 2_000_000);
  const framed: (Patterns | null)[] = [];
  for (const { frame } of training.contexts?.classes ?? []) {
    framed.push(frame ? await framedPatterns(table, comparisons, frame, training) : null);
  }
  const learnt = await maximise(specs, observed, patterns, framed, table, training);
  return {
    prior: training.prior,
    comparisons: learnt.map((one, c) => {
      const { second } = comparisons[c]!;
      return { ...one, sharing: [comparisons[c]!, ...(second ? [second] : [])].map(chanceOfSharing) };
    }),
    contexts: training.contexts ?? null,
  };
}

/** The chance that two values of the dictionary, drawn at random, are equal. */
function chanceOfSharing({ dictionary: { counts, total, size } }: Agreement): number {
  let sum = 0;
  for (let id = 1; id <= size; id++) sum += (counts[id]! / total) ** 2;
  return sum || 1;
}
