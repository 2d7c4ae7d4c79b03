import { isCalendarDay } from '../input.rules.js';
import { isCurrency } from '../money.js';
import { cleanLine } from '../text.js';
import type { CsvColumn, ReadCell } from './kinds.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,4})?$/;

/** One line of at most `most` characters. */
const line =
  (most: number): ReadCell =>
  text => {
    const clean = cleanLine(text);
    return clean.length <= most ? clean : undefined;
  };

type Given = Pick<CsvColumn, 'field' | 'help'> & Partial<CsvColumn>;

export const textColumn = (given: Given, most = 200): CsvColumn => ({
  type: 'text',
  read: line(most),
  expected: `one line of at most ${most} characters`,
  ...given,
});

/** A number written as 12.50; with a comma it could be twelve or twelve hundred, so it is not guessed. */
export const decimalColumn = (given: Given, least = 0): CsvColumn => ({
  type: 'numeric',
  read: text => (DECIMAL.test(text) && Number(text) >= least ? text : undefined),
  expected: `a number such as 12.50, at least ${least}`,
  ...given,
});

export const dayColumn = (given: Given): CsvColumn => ({
  type: 'date',
  read: text => (isCalendarDay(text) ? text : undefined),
  expected: 'a day such as 2026-11-22',
  ...given,
});

export const momentColumn = (given: Given): CsvColumn => ({
  type: 'timestamptz',
  read: text => {
    if (isCalendarDay(text)) return `${text}T00:00:00Z`;
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text) &&
      !Number.isNaN(Date.parse(text))
      ? text
      : undefined;
  },
  expected: 'a day or a moment such as 2026-11-22T12:00:00Z',
  ...given,
});

export const currencyColumn = (given: Given): CsvColumn => ({
  type: 'text',
  read: text => (isCurrency(text.toUpperCase()) ? text.toUpperCase() : undefined),
  expected: 'a currency such as EUR',
  ...given,
});

/** One of a few words, whatever their case. */
export const wordColumn = (given: Given, words: readonly string[]): CsvColumn => ({
  type: 'text',
  read: text => words.find(word => word === text.toUpperCase().replaceAll(/[ -]/g, '_')),
  expected: `one of ${words.join(', ')}`,
  ...given,
});

/** Words with `|` between them. */
export const wordsColumn = (given: Given): CsvColumn => ({
  type: 'text[]',
  read: text => {
    const words = [...new Set(text.split('|').map(cleanLine).filter(Boolean))];
    return words.length <= 100 && words.every(word => word.length <= 100) ? JSON.stringify(words) : undefined;
  },
  expected: 'words with | between them',
  ...given,
});

export const yesNoColumn = (given: Given): CsvColumn => ({
  type: 'boolean',
  read: text =>
    ({ true: 'true', yes: 'true', '1': 'true', false: 'false', no: 'false', '0': 'false' })[text.toLowerCase()],
  expected: 'true or false',
  ...given,
});
