import { LRUCache } from 'lru-cache';

/** Every connection keeps what it prepared for as long as it lives, so there is an end to it. */
const MOST_PREPARED = 300;
/** A timeline asks a dozen tables under the rights of each: planning that takes longer than running it. */
const LONGEST_PREPARED = 40_000;

/** Names for texts that come again: prepared, they are parsed and planned once a connection rather than every time. */
export class StatementNames {
  private readonly seen = new LRUCache<string, true>({ max: 1000 });
  private readonly names = new Map<string, string>();

  constructor(private readonly prefix: string) {}

  /** Undefined for a text that has not been seen before, or when there are names enough. */
  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known || this.names.size === MOST_PREPARED || text.length > LONGEST_PREPARED) return known;
    if (!this.seen.has(text)) {
      this.seen.set(text, true);
      return undefined;
    }
    const name = `${this.prefix}:${this.names.size}`;
    this.names.set(text, name);
    return name;
  }
}

/** What is written for many at once is planned for as many as they are: a plan that is kept would be one for a few. */
export const isForFew = (values: readonly unknown[]): boolean =>
  values.every(
    value => !(Array.isArray(value) && value.length > 50) && !(typeof value === 'string' && value.length > 20_000),
  );
