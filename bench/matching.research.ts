// Identity resolution on public research data. Thresholds are chosen without looking at who is who: the labels only score the result.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  type BlockingRule,
  bestPartners,
  bitsAt,
  type ComparisonSpec,
  clusters,
  learn,
  makeBlocks,
  type ScoredPairs,
  scoreBlocks,
  type Table,
  TableBuilder,
  usualPrior,
} from '../src/modules/matching/engine/index.js';
import { type Score, score, shown } from './matching.score.js';
import { say } from './support/statistics.js';

const DATA = process.env['BENCH_DATA'] ?? '../shared/data';

const rows = (name: string): Record<string, string>[] =>
  parse(readFileSync(`${DATA}/identity/${name}`), { columns: true, trim: true });

const FEBRL_COLUMNS = [
  { name: 'given', dictionary: 'names' },
  { name: 'surname', dictionary: 'names' },
  { name: 'number' },
  { name: 'street', dictionary: 'addresses' },
  { name: 'place', dictionary: 'addresses' },
  { name: 'suburb' },
  { name: 'postcode' },
  { name: 'state' },
  { name: 'born' },
  { name: 'social' },
];
const FEBRL: ComparisonSpec[] = [
  { kind: 'text', name: 'given', column: 'given', rarity: true, swappedWith: 'surname' },
  { kind: 'text', name: 'surname', column: 'surname', rarity: true, swappedWith: 'given' },
  { kind: 'identifier', name: 'number', column: 'number' },
  { kind: 'text', name: 'street', column: 'street', swappedWith: 'place' },
  { kind: 'text', name: 'place', column: 'place', swappedWith: 'street' },
  { kind: 'text', name: 'suburb', column: 'suburb' },
  { kind: 'identifier', name: 'postcode', column: 'postcode' },
  { kind: 'exact', name: 'state', column: 'state' },
  { kind: 'date', name: 'born', column: 'born' },
  { kind: 'identifier', name: 'social', column: 'social' },
];
const FEBRL_RULES: BlockingRule[] = [
  { parts: [{ column: 'social', by: 'value' }] },
  { parts: [{ column: 'born', by: 'value' }] },
  {
    parts: [
      { column: 'given', by: 'sound' },
      { column: 'surname', by: 'sound' },
    ],
  },
  {
    parts: [
      { column: 'surname', by: 'sound' },
      { column: 'postcode', by: 'value' },
    ],
  },
  {
    parts: [
      { column: 'given', by: 'sound' },
      { column: 'postcode', by: 'value' },
    ],
  },
  { parts: [{ column: 'street', by: 'sound' }] },
  { parts: [{ column: 'place', by: 'sound' }] },
  {
    parts: [
      { column: 'suburb', by: 'sound' },
      { column: 'number', by: 'value' },
    ],
  },
  { parts: [{ column: 'social', by: 'start4' }] },
];

const febrl = (row: Record<string, string>) => ({
  given: row['given_name'],
  surname: row['surname'],
  number: row['street_number'],
  street: row['address_1'],
  place: row['address_2'],
  suburb: row['suburb'],
  postcode: row['postcode'],
  state: row['state'],
  born: row['date_of_birth'],
  social: row['soc_sec_id'],
});
const febrlPerson = (row: Record<string, string>) => row['rec_id']!.split('-')[1]!;

async function resolve(table: Table, specs: ComparisonSpec[], rules: BlockingRule[]) {
  const started = performance.now();
  const blocks = makeBlocks(table, rules);
  const prior = table.split ? usualPrior(table.split, table.size - table.split) : usualPrior(table.size);
  const model = await learn(table, specs, blocks, { prior });
  const pairs = scoreBlocks(table, blocks, model, -20, { first: 0, step: 1 });
  return { blocks, model, pairs, seconds: (performance.now() - started) / 1000 };
}

/** Pairs within clusters at p ≥ 0.5 against the pairs of one person. */
function scoreClusters(people: readonly string[], { a, b, bits }: ScoredPairs, transitive: boolean): Score {
  const sameSize = (labels: Iterable<unknown>) => {
    const sizes = new Map<unknown, number>();
    for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  };
  const all = sameSize(people);
  if (!transitive) {
    let found = 0;
    let right = 0;
    for (let pair = 0; pair < a.length; pair++) {
      if (bits[pair]! < 0) continue;
      found++;
      if (people[a[pair]!] === people[b[pair]!]) right++;
    }
    return score(found, right, all);
  }
  const cluster = clusters(people.length, { a, b, bits, compared: 0 }, bitsAt(0.5));
  return score(sameSize(cluster), sameSize([...cluster].map((root, record) => `${root} ${people[record]}`)), all);
}

export async function measureResearch(): Promise<void> {
  const one = rows('febrl_dataset1.csv');
  const builder = new TableBuilder(FEBRL_COLUMNS);
  for (const row of one) builder.add(febrl(row));
  const first = await resolve(builder.finish(), FEBRL, FEBRL_RULES);
  const people = one.map(febrlPerson);
  say(
    `Febrl 1: ${shown(scoreClusters(people, first.pairs, true))}; pairs ${shown(scoreClusters(people, first.pairs, false))} (${first.blocks.pairs} pairs, ${first.seconds.toFixed(2)} s)`,
  );

  const left = rows('febrl_dataset4a.csv');
  const right = rows('febrl_dataset4b.csv');
  const both = new TableBuilder(FEBRL_COLUMNS);
  for (const row of left) both.add(febrl(row));
  both.beginSecondSet();
  for (const row of right) both.add(febrl(row));
  const linked = await resolve(both.finish(), FEBRL, FEBRL_RULES);
  const persons = [...left, ...right].map(febrlPerson);
  const links = bestPartners(linked.pairs, 'both').filter(pair => linked.pairs.bits[pair]! >= 0);
  const rightOnes = links.filter(pair => persons[linked.pairs.a[pair]!] === persons[linked.pairs.b[pair]!]).length;
  say(
    `Febrl 4: ${shown(score(links.length, rightOnes, right.length))}; without one-to-one ${shown(scoreClusters4(persons, linked.pairs, right.length))} (${linked.blocks.pairs} pairs, ${linked.seconds.toFixed(2)} s)`,
  );

  const splink = rows('splink_fake_1000.csv');
  const fake = new TableBuilder(SPLINK_COLUMNS);
  for (const row of splink) fake.add(splinkRecord(row));
  const found = await resolve(fake.finish(), SPLINK, SPLINK_RULES);
  const labels = splink.map(row => row['cluster']!);
  say(
    `Splink 1,000: ${shown(scoreClusters(labels, found.pairs, true))}; pairs ${shown(scoreClusters(labels, found.pairs, false))} (${found.blocks.pairs} pairs, ${found.seconds.toFixed(2)} s)`,
  );
}

function scoreClusters4(persons: string[], { a, b, bits }: ScoredPairs, all: number): Score {
  let found = 0;
  let right = 0;
  for (let pair = 0; pair < a.length; pair++) {
    if (bits[pair]! < 0) continue;
    found++;
    if (persons[a[pair]!] === persons[b[pair]!]) right++;
  }
  return score(found, right, all);
}

const SPLINK_COLUMNS = [
  { name: 'given', dictionary: 'names' },
  { name: 'surname', dictionary: 'names' },
  { name: 'born' },
  { name: 'city' },
  { name: 'email' },
];
const SPLINK: ComparisonSpec[] = [
  { kind: 'text', name: 'given', column: 'given', rarity: true, swappedWith: 'surname' },
  { kind: 'text', name: 'surname', column: 'surname', rarity: true, swappedWith: 'given' },
  { kind: 'date', name: 'born', column: 'born' },
  { kind: 'text', name: 'city', column: 'city', rarity: true },
  { kind: 'email', name: 'email', column: 'email', rarity: true },
];
const SPLINK_RULES: BlockingRule[] = [
  { parts: [{ column: 'email', by: 'value' }] },
  { parts: [{ column: 'email', by: 'start4' }] },
  { parts: [{ column: 'born', by: 'value' }] },
  { parts: [{ column: 'surname', by: 'value' }] },
  { parts: [{ column: 'given', by: 'sound' }] },
];
const splinkRecord = (row: Record<string, string>) => ({
  given: row['first_name']?.toLowerCase(),
  surname: row['surname']?.toLowerCase(),
  born: row['dob']?.replaceAll('-', ''),
  city: row['city']?.toLowerCase(),
  email: row['email']?.toLowerCase(),
});
