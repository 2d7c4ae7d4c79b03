// Identities against customers, on people made up with known truth.
import { learn, makeBlocks, scoreBlocks, TableBuilder, usualPrior } from '../src/modules/matching/engine/index.js';
import { foldWords } from '../src/modules/matching/engine/fold.js';
import { customerRecord, identityRecord, PEOPLE_BLOCKING, PEOPLE_COLUMNS, PEOPLE_COMPARISONS, PEOPLE_CONTEXTS } from '../src/modules/matching/engine/people.js';
import { samplePeople } from './matching.people.js';
import { say } from './support/statistics.js';

export async function measureGenerated(customers: number, identities: number): Promise<void> {
  const sample = samplePeople(customers, identities);
  const started = performance.now();
  const cities = new Set(sample.customers.flatMap(customer => customer.cities ?? []).map(foldWords));
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  for (const customer of sample.customers) builder.add(customerRecord(customer));
  builder.beginSecondSet();
  for (const identity of sample.identities) builder.add(identityRecord(identity, cities));
  const table = builder.finish();
  const built = performance.now();
  const blocks = makeBlocks(table, PEOPLE_BLOCKING);
  const model = await learn(table, PEOPLE_COMPARISONS, blocks, { prior: usualPrior(customers, identities), contexts: PEOPLE_CONTEXTS });
  const learnt = performance.now();
  const pairs = scoreBlocks(table, blocks, model, -12, { first: 0, step: 1 });
  const scored = performance.now();
  // An identity is one customer's at most: several likely ones share what is certain.
  const rivals = new Float64Array(identities);
  for (let pair = 0; pair < pairs.bits.length; pair++) rivals[pairs.b[pair]! - customers]! += 2 ** pairs.bits[pair]!;
  const confidence = Float64Array.from(pairs.bits, (bits, pair) => {
    const odds = 2 ** bits;
    return odds / (1 + rivals[pairs.b[pair]! - customers]!);
  });
  const isRight = (pair: number) => sample.owners[pairs.b[pair]! - customers] === pairs.a[pair];
  const all = sample.owners.reduce((sum, owner) => sum + (owner >= 0 ? 1 : 0), 0);
  say(`${customers} customers × ${identities} identities, ${all} true pairs; ${blocks.pairs} blocked pairs (${blocks.leftOut} blocks left out); table ${((built - started) / 1000).toFixed(1)} s, learning ${((learnt - built) / 1000).toFixed(1)} s, scoring ${((scored - learnt) / 1000).toFixed(1)} s`);
  const blocked = new Set<number>();
  for (let pair = 0; pair < pairs.a.length; pair++) if (isRight(pair)) blocked.add(pairs.b[pair]!);
  say(`kept above -12 bits: ${blocked.size} true (${(blocked.size / all).toFixed(3)})`);
  for (const threshold of [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999]) {
    let found = 0;
    let right = 0;
    const wrong: Record<string, number> = {};
    for (let pair = 0; pair < confidence.length; pair++) {
      if (confidence[pair]! < threshold) continue;
      found++;
      if (isRight(pair)) right++;
      else wrong[sample.kinds[pairs.b[pair]! - customers]!] = (wrong[sample.kinds[pairs.b[pair]! - customers]!] ?? 0) + 1;
    }
    say(`p ≥ ${threshold}: ${found} found, precision ${(right / found).toFixed(4)}, recall ${(right / all).toFixed(4)} ${JSON.stringify(wrong)}`);
  }
  say('calibration (stated, seen, pairs):');
  let error = 0;
  for (const [from, to] of [[0.01, 0.1], [0.1, 0.3], [0.3, 0.5], [0.5, 0.7], [0.7, 0.9], [0.9, 0.99], [0.99, 1.01]] as const) {
    let sum = 0;
    let count = 0;
    let right = 0;
    for (let pair = 0; pair < confidence.length; pair++) {
      if (confidence[pair]! < from || confidence[pair]! >= to) continue;
      sum += confidence[pair]!;
      count++;
      if (isRight(pair)) right++;
    }
    error += Math.abs(sum - right);
    say(`  ${from} to ${Math.min(to, 1)}: ${(sum / count).toFixed(3)} ${(right / count).toFixed(3)} ${count}`);
  }
  say(`  expected calibration error ${(error / confidence.filter(one => one >= 0.01).length).toFixed(4)}`);
}
