import type { Intent, Sector } from './example.js';

/** What people and brands write, in one language. `{slots}` are filled from `words`, from the sector or from the author. */
export interface Phrases {
  words: Record<string, readonly string[]>;
  openers: Record<Intent, readonly string[]>;
  closers: Record<Intent, readonly string[]>;
  sectors: Record<Sector, SectorPhrases>;
  /** One person answering another whose post had this intent. */
  replies: Record<Intent, readonly string[]>;
  /** The brand answering. */
  answers: Record<Intent, readonly string[]>;
  quotes: readonly string[];
  comments: Record<Intent, readonly string[]>;
  /** Added when a post is edited. */
  corrections: readonly string[];
}

export interface SectorPhrases extends Record<Intent, readonly string[]> {
  products: readonly string[];
  tags: readonly string[];
  /** What the brand posts by itself. */
  news: readonly string[];
  titles: readonly string[];
}

/** One phrase a line, or several short ones between bars, so that a list of them reads as a list. */
export function lines(text: string): readonly string[] {
  return text
    .split(/\n|\|/)
    .map(line => line.trim())
    .filter(line => line !== '');
}
