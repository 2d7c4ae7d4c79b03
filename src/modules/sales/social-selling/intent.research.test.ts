import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { intentOf, LEAST_STRENGTH } from './intent.rules.js';

const DATA = '../shared/data';
const isThere = existsSync(`${DATA}/airline-tweets.csv.gz`);
if (!isThere) process.stderr.write(`The research data is not at ${DATA}: what is measured on it is skipped.\n`);

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function posts(): { text: string; language: string }[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(`${DATA}/airline-tweets.csv.gz`)), {
    columns: true,
  });
  const airline = rows.map(row => ({ text: row['text'] ?? '', language: 'en' }));
  const tweets = Object.entries({ english: 'en', spanish: 'es', portuguese: 'pt' }).flatMap(([name, language]) =>
    ['train', 'val'].flatMap(part =>
      readFileSync(`${DATA}/sentiment/xlmt_${name}_${part}_text.txt`, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(text => ({ text, language })),
    ),
  );
  const known = new Map([...airline, ...tweets].map(post => [digest(post.text), post]));
  return [...known.values()];
}

/**
 * Of the posts that were found, those that on reading mean something else: help with a flight that was called off, a film to watch,
 * a purchase that is only told of, a flight paid with miles, and a question in a talk about something else. The phrases were chosen
 * with these posts at hand, so that on others precision is lower than here. Of 75 questions about flights and prices that were not
 * looked at before, 11 want to buy by hand count, and 2 of them were found: it is chosen to be right rather than complete.
 */
const MEANS_OTHERWISE = new Set([
  'c1dbc832',
  '618e77cb',
  '3898c6cf',
  '1e9d3b9e',
  '129c001b',
  '26c509d3',
  'c5876497',
  'c0f30082',
  '20724b15',
]);

(isThere ? describe : describe.skip)('on real posts', () => {
  test('four of five that are found do want to buy, and next to nobody is found', () => {
    const all = posts();
    const found = all.filter(({ text, language }) => intentOf(text, language).strength >= LEAST_STRENGTH);
    const wrong = found.filter(({ text }) => MEANS_OTHERWISE.has(digest(text)));
    expect(found.length).toBeGreaterThan(45);
    expect(found.length / all.length).toBeLessThan(0.005);
    expect((found.length - wrong.length) / found.length).toBeGreaterThan(0.8);
  });
});
