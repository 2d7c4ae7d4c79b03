import { z } from 'zod';
import { ErpError } from '../../src/erp/port.js';
import type { Domain, TrytonClient } from './client.js';
import { datetime } from './typed.values.js';

/**
 * A table whose changes are changes of a record. `root` is its field with the record's id ("id" for the record's own table), which may
 * be many.
 */
export interface Trail {
  model: string;
  root: string;
  domain: Domain;
}

/** Where a reader stands in a table: behind `at`, and behind `id` within that microsecond. */
const position = z.object({
  at: z.string(),
  id: z.int(),
  /** What was told already of the time that is looked at again, by id. */
  told: z.record(z.string(), z.string()),
});
type Position = z.infer<typeof position>;
const cursorSchema = z.object({ v: z.literal(1), positions: z.record(z.string(), position) });

/**
 * Tryton stamps a row with the moment its transaction began, and shows it when it ends. So the last minutes are always read again;
 * who writes for longer than this at one go is not seen.
 */
const LATE_MS = 10 * 60_000;
/** How much of those minutes is remembered, so as not to be told twice; what is beyond is told again. */
const REMEMBERED = 300;
const BEGINNING = '0001-01-01T00:00:00.000000Z';

export interface Changed {
  /** Ids of the records, each once. */
  roots: number[];
  cursor: string;
  hasMore: boolean;
}

/**
 * The records changed behind `cursor`: from the beginning every record of the first trail once, in the order of its making, and from
 * then on whatever was made or written in any trail. Throws `ErpError`.
 */
export async function readChanged(
  client: TrytonClient,
  trails: readonly Trail[],
  cursor: string | null,
  limit: number,
): Promise<Changed> {
  const positions = cursor === null ? {} : parseCursor(cursor);
  // Asked before reading, so that the server's clock is known.
  await client.company();
  const now = stampOf(client.serverNow - LATE_MS);
  const roots = new Set<number>();
  const next: Record<string, Position> = {};
  let hasMore = false;
  for (const [index, trail] of trails.entries()) {
    for (const field of ['create_date', 'write_date'] as const) {
      const name = `${trail.model}.${field}`;
      const isFirst = index === 0 && field === 'create_date';
      const from = positions[name] ?? { at: isFirst ? BEGINNING : now, id: 0, told: {} };
      const left = limit - roots.size;
      if (left <= 0) {
        next[name] = from;
        hasMore = true;
        continue;
      }
      const page = await readPage(client, trail, field, from, left);
      for (const root of page.roots) roots.add(root);
      hasMore ||= page.isFull;
      next[name] = page.position;
    }
  }
  // Only once all is read, or the last minutes would be begun again before they end.
  if (!hasMore) for (const [name, reached] of Object.entries(next)) next[name] = rewound(reached, now);
  return { roots: [...roots], cursor: JSON.stringify({ v: 1, positions: next }), hasMore };
}

function parseCursor(cursor: string): Record<string, Position> {
  try {
    return cursorSchema.parse(JSON.parse(cursor)).positions;
  } catch {
    throw new ErpError('BROKEN', 'The place kept in Tryton’s changes is not one of this adapter.');
  }
}

async function readPage(client: TrytonClient, trail: Trail, field: string, from: Position, limit: number) {
  const row = z.looseObject({ id: z.int() });
  const at = datetime(from.at);
  const behind = [
    'OR',
    [[field, '>', at]],
    [
      [field, '=', at],
      ['id', '>', from.id],
    ],
  ];
  const rows = await client.searchRead(trail.model, [trail.domain, behind], row, ['id', field, trail.root], {
    limit,
    order: [
      [field, 'ASC'],
      ['id', 'ASC'],
    ],
  });
  const told = { ...from.told };
  const roots: number[] = [];
  let last = { at: from.at, id: from.id };
  for (const each of rows) {
    const stamp = String(each[field]);
    last = { at: stamp, id: each.id };
    if (told[each.id] === stamp) continue;
    told[each.id] = stamp;
    roots.push(
      ...z
        .union([z.array(z.int()), z.int().transform(id => [id])])
        .catch([])
        .parse(each[trail.root]),
    );
  }
  return { roots, position: { ...last, told: newest(told) }, isFull: rows.length === limit };
}

/** Back to the end of what is certain, unless that lies ahead. */
function rewound(reached: Position, certain: string): Position {
  const told = Object.fromEntries(Object.entries(reached.told).filter(([, stamp]) => stamp >= certain));
  return reached.at < certain ? { ...reached, told } : { at: certain, id: 0, told };
}

function newest(told: Record<string, string>): Record<string, string> {
  const entries = Object.entries(told);
  if (entries.length <= REMEMBERED) return told;
  return Object.fromEntries(entries.sort(([, a], [, b]) => (a < b ? 1 : -1)).slice(0, REMEMBERED));
}

const stampOf = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('Z', '000Z');
