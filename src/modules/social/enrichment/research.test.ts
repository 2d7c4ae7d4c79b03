import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Network } from '../networks.js';
import { detectLanguage } from './language.rules.js';
import { lexiconSentiment } from './sentiment/lexicon.rules.js';
import { SENTIMENT_LABELS } from './sentiment/sentiment.types.js';
import { macroF1 } from './sentiment/training.js';
import { extractHandles, standardiseText } from './text.rules.js';

const DATA = '../shared/data';
const isThere = existsSync(`${DATA}/airline-tweets.csv.gz`);
if (!isThere) process.stderr.write(`The research data is not at ${DATA}: what is measured on it is skipped.\n`);

function tweets(name: string): { text: string; label: number }[] {
  const read = (part: string) => readFileSync(`${DATA}/sentiment/xlmt_${name}_val_${part}.txt`, 'utf8').split('\n');
  const texts = read('text');
  return read('labels')
    .filter(Boolean)
    .map((label, i) => ({ text: texts[i] ?? '', label: Number(label) }));
}

(isThere ? describe : describe.skip)('on real posts', () => {
  test('every airline that is spoken to is found, and no e-mail domain is taken for one', () => {
    const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(`${DATA}/airline-tweets.csv.gz`)), {
      columns: true,
    });
    const handles = rows.map(row => extractHandles(standardiseText(row['text'] ?? ''), Network.TWITTER));
    expect(handles.filter(found => found.length > 0)).toHaveLength(14_640);
    const distinct = new Set(handles.flat());
    expect(distinct.size).toBe(879);
    for (const domain of ['gmail', 'hotmail', 'aa', 'visualclubconcepts', 'postsecret'])
      expect([...distinct]).not.toContain(domain);
  });

  test.each([
    ['english', 'en', 0.59],
    ['spanish', 'es', 0.52],
    ['portuguese', 'pt', 0.52],
  ])('the word lists beat the known ones on %s tweets, and their language is told', (name, code, floor) => {
    const examples = tweets(name);
    const guesses = examples.map(({ text }) => SENTIMENT_LABELS.indexOf(lexiconSentiment(text, code).label));
    expect(
      macroF1(
        examples.map(({ label }) => label),
        guesses,
      ),
    ).toBeGreaterThan(floor);
    const known = examples.filter(({ text }) => detectLanguage(text).code === code).length;
    expect(known / examples.length).toBeGreaterThan(0.93);
  });
});
