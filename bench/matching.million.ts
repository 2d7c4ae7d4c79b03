// A million records of people, of which a part stands two or three times with slips, in one process with two threads.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { randomOf } from '../src/demo/random.js';
import { foldWords } from '../src/modules/matching/engine/fold.js';
import {
  type BlockingRule,
  bitsAt,
  type ComparisonSpec,
  type Contexts,
  clusters,
  learn,
  makeBlocks,
  type RecordValues,
  type ScoredPairs,
  TableBuilder,
  usualPrior,
} from '../src/modules/matching/engine/index.js';
import { makePerson, typo } from './matching.people.js';
import { score, shown } from './matching.score.js';
import { say } from './support/statistics.js';

const COLUMNS = [
  { name: 'given', isList: true },
  { name: 'surname', isList: true },
  { name: 'born' },
  { name: 'city' },
  { name: 'email' },
  { name: 'phone' },
];
const COMPARISONS: ComparisonSpec[] = [
  { kind: 'person', name: 'name', column: 'surname', given: 'given', rarity: true },
  { kind: 'date', name: 'born', column: 'born' },
  { kind: 'text', name: 'city', column: 'city', rarity: true },
  { kind: 'email', name: 'email', column: 'email' },
  { kind: 'identifier', name: 'phone', column: 'phone' },
];
const NAMESAKES: BlockingRule = {
  parts: [
    { column: 'surname', by: 'sound' },
    { column: 'given', by: 'root' },
  ],
};
const CONTEXTS: Contexts = {
  by: 'name',
  classes: [
    { levels: [1, 2, 3, 4, 5, 6], frame: NAMESAKES },
    { levels: [7, 9, 10], frame: { parts: [{ column: 'given', by: 'root' }] } },
    { levels: [8, 11], frame: { parts: [{ column: 'surname', by: 'value' }] } },
  ],
};
const RULES: BlockingRule[] = [
  { parts: [{ column: 'email', by: 'value' }] },
  { parts: [{ column: 'phone', by: 'value' }] },
  {
    parts: [
      { column: 'born', by: 'value' },
      { column: 'given', by: 'root' },
    ],
  },
  {
    parts: [
      { column: 'born', by: 'value' },
      { column: 'surname', by: 'sound' },
    ],
  },
  { ...NAMESAKES, refine: [{ column: 'city', by: 'value' }] },
];

/** Record `index`; one in five repeats the person before it, with slips. Made when asked for, so that nothing is kept of it. */
export function millionRecord(index: number): { record: RecordValues; person: number } {
  const shareOf = person(index).next();
  const own = shareOf < 0.2 && index > 0 ? millionPerson(index - 1) : index;
  const made = makePerson(person(own), own);
  const draw = slips(index);
  const slip = (text: string) => (draw.chance(0.1) ? typo(draw, text) : text);
  const maybe = (text: string, chance: number) => (draw.chance(chance) ? text : null);
  return {
    person: own,
    record: {
      given: slip(made.given).split(' ').map(foldWords),
      surname: made.surnames.map(surname => foldWords(slip(surname))),
      born: maybe(slip(made.birthDate.replaceAll('-', '')), 0.8),
      city: maybe(made.city.toLowerCase(), 0.8),
      email: maybe(slip(made.email), 0.7),
      phone: maybe(slip(made.phone), 0.6),
    },
  };
}

const person = randomOf('million', 'person');
const slips = randomOf('million', 'slips');
const millionPerson = (index: number): number =>
  person(index).next() < 0.2 && index > 0 ? millionPerson(index - 1) : index;

/** One wrong pair joins two whole clusters, so a surer one than of single pairs is asked for. */
const ENOUGH = bitsAt(0.95);

export async function measureMillion(size: number): Promise<void> {
  const builder = new TableBuilder(COLUMNS);
  const people = new Int32Array(size);
  let reading = 0;
  for (let i = 0; i < size; i++) {
    const { record, person } = millionRecord(i);
    people[i] = person;
    const at = performance.now();
    builder.add(record);
    reading += performance.now() - at;
  }
  const started = performance.now();
  const table = builder.finish();
  const built = performance.now();
  const blocks = makeBlocks(table, RULES, 5000);
  const blocked = performance.now();
  const model = await learn(table, COMPARISONS, blocks, {
    prior: usualPrior(size),
    contexts: CONTEXTS,
    randomPairs: 500_000,
    blockedPairs: 1_000_000,
  });
  const learnt = performance.now();
  const threads = Math.min(2, availableParallelism());
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, first) =>
      inThread({ table, blocks, model, enough: ENOUGH, share: { first, step: threads } }),
    ),
  );
  const scored = performance.now();
  const pairs = together(parts);
  const cluster = clusters(size, pairs, ENOUGH);
  const ended = performance.now();
  const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
  say(
    `${size} records: ${((ended - started + reading) / 1000).toFixed(1)} s in all: table ${((reading + built - started) / 1000).toFixed(1)} s, blocks ${seconds(built, blocked)} (${blocks.pairs} pairs, ${blocks.leftOut} blocks left out), learning ${seconds(blocked, learnt)}, scoring ${seconds(learnt, scored)} with ${threads} threads (${pairs.compared} pairs), clusters ${seconds(scored, ended)}`,
  );
  say(`largest resident memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  say(`clusters ${shown(scorePartition(people, cluster))}`);
}

function inThread(workerData: object): Promise<ScoredPairs> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./matching.million.worker.js', import.meta.url), { workerData });
    worker.once('message', done);
    worker.once('error', failed);
  });
}

function together(parts: readonly ScoredPairs[]): ScoredPairs {
  const size = parts.reduce((sum, part) => sum + part.a.length, 0);
  const all = { a: new Int32Array(size), b: new Int32Array(size), bits: new Float32Array(size), compared: 0 };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a, at);
    all.b.set(part.b, at);
    all.bits.set(part.bits, at);
    all.compared += part.compared;
    at += part.a.length;
  }
  return all;
}

function scorePartition(people: Int32Array, cluster: Int32Array) {
  const pairs = (labels: Iterable<number | string>) => {
    const sizes = new Map<number | string, number>();
    for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    let sum = 0;
    for (const size of sizes.values()) sum += (size * (size - 1)) / 2;
    return sum;
  };
  // Both numbers are below 2^26.
  const both = Array.from(cluster, (root, record) => root * 2 ** 26 + people[record]!);
  return score(pairs(cluster), pairs(both), pairs(people));
}
