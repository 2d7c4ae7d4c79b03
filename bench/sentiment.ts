// Measures what posts are told about themselves on public research data, which nothing shipped was trained or tuned on.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  deserialiseSentiment,
  detectLanguage,
  enrich,
  lexiconSentiment,
  macroF1,
  predictSentiment,
  SENTIMENT_LABELS,
  type Sentiment,
  type SentimentExample,
  type SentimentLabel,
  serialiseSentiment,
  trainSentiment,
} from '../src/modules/social/enrichment/index.js';
import { Network, PostKind } from '../src/modules/social/networks.js';

const DATA = process.env['BENCH_DATA'] ?? '../shared/data';
const LANGUAGES = [
  ['english', 'en'],
  ['spanish', 'es'],
  ['portuguese', 'pt'],
] as const;
const SEEDS = [1, 2, 3];
const FOLDS = 10;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tweets(name: string, language: string, split: string): SentimentExample[] {
  const read = (part: string) =>
    readFileSync(`${DATA}/sentiment/xlmt_${name}_${split}_${part}.txt`, 'utf8').split('\n');
  const texts = read('text');
  return read('labels')
    .filter(label => label !== '')
    .map((label, i) => ({ text: texts[i] ?? '', language, label: SENTIMENT_LABELS[Number(label)]! }));
}

function airlinePosts(): SentimentExample[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(`${DATA}/airline-tweets.csv.gz`)), {
    columns: true,
  });
  const byId = new Map(rows.map(row => [row['id'], row]));
  return [...byId.values()]
    .filter(row => row['sentiment'])
    .map(row => ({
      text: row['text'] ?? '',
      language: 'en',
      label: row['sentiment']!.toUpperCase() as SentimentLabel,
    }));
}

function score(examples: readonly SentimentExample[], tell: (example: SentimentExample) => Sentiment) {
  const started = performance.now();
  const guesses = examples.map(example => SENTIMENT_LABELS.indexOf(tell(example).label));
  const perSecond = Math.round((examples.length / (performance.now() - started)) * 1000);
  return {
    f1: macroF1(
      examples.map(({ label }) => SENTIMENT_LABELS.indexOf(label)),
      guesses,
    ).toFixed(3),
    perSecond,
  };
}

async function learn(train: readonly SentimentExample[], test: readonly SentimentExample[], seed: number) {
  const started = performance.now();
  const bytes = serialiseSentiment(await trainSentiment(train, { seed }));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const model = deserialiseSentiment(bytes);
  const { f1, perSecond } = score(test, ({ text, language }) => predictSentiment(model, text, language));
  const own = `cross-validated ${model.crossValidatedF1.toFixed(3)}, word lists on the same ${model.lexiconF1.toFixed(3)}`;
  return {
    f1,
    line: `macro-F1 ${f1} (${own}; trained in ${seconds} s, ${Math.round(bytes.length / 1000)} kB, ${perSecond} posts/s)`,
  };
}

/** With most labels used for training little is left to test on, so every tenth takes its turn. */
async function foldedF1(examples: readonly SentimentExample[]): Promise<string> {
  const deck = shuffled(examples, 1);
  const guesses: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = await trainSentiment(
      deck.filter((_, i) => i % FOLDS !== fold),
      { seed: fold },
    );
    for (let i = fold; i < deck.length; i += FOLDS) {
      guesses[i] = SENTIMENT_LABELS.indexOf(predictSentiment(model, deck[i]!.text, deck[i]!.language).label);
    }
  }
  return macroF1(
    deck.map(({ label }) => SENTIMENT_LABELS.indexOf(label)),
    guesses,
  ).toFixed(3);
}

/** A seeded shuffle, so that the splits are the same on every machine. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    const j = Math.floor((state / 0x8000_0000) * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

function median(values: readonly string[]): string {
  return [...values].sort()[Math.floor(values.length / 2)]!;
}

if (!existsSync(DATA)) {
  say(`No research data at ${DATA}: nothing to measure. BENCH_DATA names another folder.`);
  process.exit(0);
}

say('Word lists, macro-F1 over three labels');
for (const [name, code] of LANGUAGES) {
  for (const split of ['val', 'train']) {
    const examples = tweets(name, code, split);
    const { f1, perSecond } = score(examples, ({ text }) => lexiconSentiment(text, code));
    say(`  ${code} ${split.padEnd(5)} ${f1}  (${examples.length} posts, ${perSecond} posts/s)`);
  }
}
const posts = airlinePosts();
const wordLists = score(posts, ({ text }) => lexiconSentiment(text, 'en'));
say(`  airline  ${wordLists.f1}  (${posts.length} posts, ${wordLists.perSecond} posts/s)`);

say("Learned from an organisation's own labels: airline posts, tested on the rest, median of three splits");
for (const size of [300, 1_000, 3_000]) {
  const results = [];
  for (const seed of SEEDS) {
    const deck = shuffled(posts, seed);
    results.push(await learn(deck.slice(0, size), deck.slice(size), seed));
  }
  const middle = median(results.map(({ f1 }) => f1));
  say(`  ${String(size).padStart(5)} labels: ${results.find(({ f1 }) => f1 === middle)!.line}`);
}

say(
  `  ${Math.floor((posts.length * (FOLDS - 1)) / FOLDS)} labels: macro-F1 ${await foldedF1(posts)} (every post told by the model of the other nine tenths)`,
);

say('Learned from 1,839 tweets a language, tested on val (never shipped)');
for (const [name, code] of LANGUAGES) {
  say(`  ${code} ${(await learn(tweets(name, code, 'train'), tweets(name, code, 'val'), 1)).line}`);
}

say('Language of a tweet, accuracy');
let [right, all] = [0, 0];
for (const [name, code] of LANGUAGES) {
  const examples = [...tweets(name, code, 'train'), ...tweets(name, code, 'val')];
  const hits = examples.filter(({ text }) => detectLanguage(text).code === code).length;
  say(`  ${code} ${(hits / examples.length).toFixed(4)}`);
  right += hits;
  all += examples.length;
}
say(`  all ${(right / all).toFixed(4)}`);

const started = performance.now();
for (const { text } of posts) enrich({ text, network: Network.TWITTER, kind: PostKind.MENTION, followersCount: 100 });
say(`The whole enrichment: ${Math.round((posts.length / (performance.now() - started)) * 1000)} posts/s`);
