import DataLoader from 'dataloader';

/** How many parents are answered by one statement, declared once a field: `batch` gets the distinct keys of one tick. */
export interface LoaderDefinition<Context, Key, Value> {
  readonly name: string;
  batch(context: Context, keys: readonly Key[]): Promise<ArrayLike<Value | Error>>;
  /** For keys that are not strings. */
  cacheKey?(key: Key): unknown;
}

/** The loaders of one operation. They remember what they read, so they must not outlive it. */
export class Loaders<Context> {
  private readonly open = new Map<unknown, DataLoader<unknown, unknown, unknown>>();

  constructor(private readonly context: Context) {}

  /** `variant` separates loads of one field with different arguments. */
  get<Key, Value>(definition: LoaderDefinition<Context, Key, Value>, variant = ''): DataLoader<Key, Value, unknown> {
    const known = variant === '' ? definition : `${definition.name}:${variant}`;
    let loader = this.open.get(known);
    if (!loader) {
      loader = new DataLoader<unknown, unknown, unknown>(
        keys => definition.batch(this.context, keys as readonly Key[]),
        {
          maxBatchSize: 1000,
          ...(definition.cacheKey ? { cacheKeyFn: key => definition.cacheKey!(key as Key) } : {}),
        },
      );
      this.open.set(known, loader);
    }
    return loader as DataLoader<Key, Value, unknown>;
  }

  /** Forgets what was read: after a write, or between events of a subscription. */
  clear(): void {
    this.open.clear();
  }
}
