import { type ComparisonSpec, MISSING, typicalOf } from './comparison.js';
import { type Chances, classOfLevel, type LearntComparison, probability, type Training } from './model.js';
import { type Patterns, pairsOfTable } from './observations.js';
import type { Table } from './table.js';
import { breathe } from './turns.js';

const ROUNDS = 100;
const STILL = 1e-5;
/** How many strangers of a class what is known of any strangers counts as much as. */
const FAITH_IN_ANY = 5;
const PATTERNS_A_TURN = 20_000;

/** Expectation maximisation of m over the blocked pairs, with u of each class of pairs beside it; see `learn`. */
export async function maximise(
  specs: readonly ComparisonSpec[],
  observed: readonly number[][],
  patterns: Patterns,
  framed: readonly (Patterns | null)[],
  table: Table,
  { prior, faithInTypical = 10, contexts, expected = {} }: Training,
): Promise<Omit<LearntComparison, 'sharing'>[]> {
  const total = pairsOfTable(table);
  // Half a pair of all: nothing can be known to be rarer.
  const rarest = Math.max(0.5 / total, 1e-9);
  const decider = specs.findIndex(spec => spec.name === contexts?.by);
  const classOf = classOfLevel(contexts ?? null);
  const classes = [0, ...(contexts?.classes ?? []).map((_, i) => i + 1)];
  const typical = specs.map(spec => expected[spec.name] ?? typicalOf(spec));
  let learnt: Chances[][] = classes.map(() =>
    typical.map((levels, c) => ({ m: [...levels], u: observed[c]!.map(chance => Math.max(chance, rarest)) })),
  );
  const start = Math.log2(prior / (1 - prior));

  for (let round = 0; round < ROUNDS; round++) {
    const weights = learnt.map(chances =>
      chances.map(({ m, u }) => m.map((chance, level) => Math.log2(chance / u[level]!))),
    );
    const same = typical.map(levels => levels.map(chance => chance * faithInTypical));
    const strangers = typical.map(levels => levels.map(() => 0));
    const others = classes.map(() => typical.map((_, c) => learnt[0]![c]!.u.map(chance => chance * FAITH_IN_ANY)));
    let matches = 0;
    const expect = async (
      given: Patterns,
      take: (levels: Uint8Array, of: number, matching: number, not: number) => void,
    ) => {
      for (const [p, levels] of given.levels.entries()) {
        if (p % PATTERNS_A_TURN === 0) await breathe();
        const of = decider < 0 ? 0 : classOf(levels[decider]!);
        let bits = start;
        for (let c = 0; c < levels.length; c++) {
          if (levels[c] !== MISSING) bits += weights[c === decider ? 0 : of]![c]![levels[c]! - 1]!;
        }
        const count = given.counts[p]! * given.weight;
        const matching = count * probability(bits);
        take(levels, of, matching, count - matching);
      }
    };
    const tally = (into: number[][], levels: Uint8Array, count: number) => {
      for (let c = 0; c < levels.length; c++) if (levels[c] !== MISSING) into[c]![levels[c]! - 1]! += count;
    };
    await expect(patterns, (levels, of, matching, not) => {
      matches += matching;
      tally(same, levels, matching);
      if (of === 0 || framed[of - 1]) return;
      tally(others[of]!, levels, not);
      tally(strangers, levels, not);
    });
    for (const [i, drawn] of framed.entries()) {
      if (drawn) await expect(drawn, (levels, of, _, not) => of === i + 1 && tally(others[of]!, levels, not));
    }
    // Random pairs hold true ones too, and where values are nearly unique, hardly any others agree.
    const known = Math.min(matches / total, prior);
    const next = classes.map(k =>
      specs.map(({ certain }, c) => {
        const m = certain ? [...certain] : shares(same[c]!);
        if (k > 0) return { m, u: shares(others[k]![c]!) };
        const u = observed[c]!.map((chance, level) => Math.max((chance - known * m[level]!) / (1 - known), rarest));
        // Namesakes are too few to be met in random pairs, but the blocks hold them all.
        if (c === decider) {
          for (let level = 0; level < u.length; level++) {
            if (strangers[c]![level]! > 0) u[level] = Math.max(strangers[c]![level]! / total, rarest);
          }
        }
        return { m, u };
      }),
    );
    const moved = Math.max(
      ...next.flatMap((chances, k) =>
        chances.flatMap(({ m }, c) => m.map((chance, l) => Math.abs(chance - learnt[k]![c]!.m[l]!))),
      ),
    );
    learnt = next;
    if (moved < STILL) break;
  }
  return specs.map((spec, c) => ({
    spec,
    chances: c === decider ? [learnt[0]![c]!] : classes.map(k => learnt[k]![c]!),
  }));
}

function shares(sums: readonly number[]): number[] {
  const all = sums.reduce((total, one) => total + one, 0);
  return sums.map(one => Math.max(one / all, 1e-6));
}
