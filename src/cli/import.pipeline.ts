import { type Archive, type Rejection, type Row, RowFault, rejectionOf } from '../../integrations/archive/index.js';
import { openProgress } from './progress.js';
import type { RejectionsFile } from './rejections.file.js';

/** One of these is written while the next is read and a third one waits for it; more would only hold memory. */
const MOST_IN_FLIGHT = 2;
/** Rows of the first batch: enough for statistics, few enough that writing them without any costs little. */
const FIRST_BATCH = 200;

export interface ImportSummary {
  /** Always the sum of the other three. */
  read: number;
  imported: number;
  unchanged: number;
  rejected: number;
}

/** What a kind of import does with a row, and with a batch of them. */
export interface Batches<Item> {
  /** Throws `RowFault` for a row that cannot be taken. */
  read(row: Row): Item;
  /** What may not be in two batches that are written at once. */
  key?(item: Item): string;
  /** The same for two items that leave the same behind. */
  fingerprint(item: Item): string;
  /** `refused`: what only the database could know to be wrong. */
  write(items: Item[]): Promise<{ imported: number; unchanged: number; refused?: Rejection[] }>;
  /** Once, when the first batch, a small one, is in the database. */
  begun?(): Promise<void>;
}

interface Settings {
  size: number;
  rejections: RejectionsFile;
  stop: AbortSignal;
}

/**
 * Reads the archive to its end, or to where it breaks, or until `stop`. Whatever was read by then is written, and counted;
 * `failure` is what ended it early.
 */
export async function runImport<Item>(
  archive: Archive,
  batches: Batches<Item>,
  { size, rejections, stop }: Settings,
): Promise<{ summary: ImportSummary; failure: unknown }> {
  const progress = openProgress(archive.size);
  const summary: ImportSummary = { read: 0, imported: 0, unchanged: 0, rejected: 0 };
  const line = new WriteLine(batches, summary, rejections);
  let failure: unknown;
  let batch: Item[] = [];
  let most = Math.min(size, FIRST_BATCH);
  try {
    for await (const rows of archive.rows()) {
      for (const row of rows) {
        const item = itemOf(row, batches);
        if ('rejection' in item) {
          summary.rejected++;
          await rejections.add(item.rejection);
        } else {
          batch.push(item.value);
        }
        if (batch.length === most) {
          await line.add(batch);
          batch = [];
          if (most < size) {
            await line.settle();
            await batches.begun?.();
            most = size;
          }
        }
      }
      progress.update(archive.position, summary);
      if (stop.aborted || line.failure) break;
    }
  } catch (error) {
    failure = error;
  }
  await line.add(batch);
  await line.settle();
  failure = line.failure ?? failure;
  summary.read = summary.imported + summary.unchanged + summary.rejected;
  progress.stop(archive.position, summary);
  await rejections.close();
  return { summary, failure };
}

function itemOf<Item>(row: Row | Rejection, batches: Batches<Item>): { value: Item } | { rejection: Rejection } {
  if (!('cell' in row)) return { rejection: row };
  try {
    return { value: batches.read(row) };
  } catch (error) {
    if (error instanceof RowFault) return { rejection: rejectionOf(row.line, error, row.bytes) };
    throw error;
  }
}

/** Batches on their way into the database. After a failure nothing more is written. */
class WriteLine<Item> {
  failure: unknown;
  private readonly inFlight = new Map<Promise<void>, Set<string>>();

  constructor(
    private readonly batches: Batches<Item>,
    private readonly summary: ImportSummary,
    private readonly rejections: RejectionsFile,
  ) {}

  async add(items: Item[]): Promise<void> {
    if (items.length === 0 || this.failure) return;
    const keys = new Set(this.batches.key ? items.map(this.batches.key) : []);
    // The same post twice, with an edit in between: the later row must be the later one in the database too.
    while (this.inFlight.size >= MOST_IN_FLIGHT || this.meets(keys)) await Promise.race(this.inFlight.keys());
    if (this.failure) return;
    const written = this.write(items).finally(() => this.inFlight.delete(written));
    this.inFlight.set(written, keys);
  }

  async settle(): Promise<void> {
    await Promise.all(this.inFlight.keys());
  }

  private meets(keys: Set<string>): boolean {
    return [...this.inFlight.values()].some(others => !others.isDisjointFrom(keys));
  }

  private async write(items: Item[]): Promise<void> {
    try {
      const { imported, unchanged, refused = [] } = await this.batches.write(items);
      this.summary.imported += imported;
      this.summary.unchanged += unchanged;
      this.summary.rejected += refused.length;
      for (const rejection of refused) await this.rejections.add(rejection);
    } catch (error) {
      this.failure ??= error;
    }
  }
}
