export type SentimentLabel = 'NEGATIVE' | 'NEUTRAL' | 'POSITIVE';

/** In the order of the models' columns; do not reorder: stored models depend on it. */
export const SENTIMENT_LABELS: readonly SentimentLabel[] = ['NEGATIVE', 'NEUTRAL', 'POSITIVE'];

export interface DecidingWord {
  word: string;
  /** Positive pulls towards POSITIVE, negative towards NEGATIVE; about -4 to 4. */
  weight: number;
}

export interface Sentiment {
  label: SentimentLabel;
  /** -1 (as negative as can be) to 1. */
  score: number;
  /** The words that decided it, strongest first, at most eight. */
  words: DecidingWord[];
  model: 'lexicon' | 'learned';
}

export const MOST_DECIDING_WORDS = 8;
