import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { CallDetails } from '../../src/ingest/connector.js';
import { type AsteriskConfig, deviceOf, type HeardCall, isExtension, partiesOf, queueOf } from './call.event.js';

const text = z.union([z.string(), z.number().transform(String)]).catch('');

/** A call detail record, by the names Asterisk gives its fields. Each leg of a call may have one. */
const cdrRow = z.object({
  src: text,
  dst: text,
  channel: text,
  dstchannel: text,
  lastapp: text,
  lastdata: text,
  start: text,
  answer: text,
  end: text,
  billsec: z.coerce.number().catch(0),
  disposition: text,
  uniqueid: text,
  linkedid: text,
  userfield: text,
});
export type CdrRow = z.infer<typeof cdrRow>;

/** Of `Master.csv`, as cdr_csv writes it; the last two only where it is told to. */
const COLUMNS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
];

/** Rows of a CSV, with or without a header; a row that cannot be read is left out. */
export function rowsOfCsv(csv: string): CdrRow[] {
  const lines = parse(csv, {
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  }) as string[][];
  const [first] = lines;
  const hasHeader = first?.includes('uniqueid');
  const names = hasHeader ? first! : COLUMNS;
  return lines
    .slice(hasHeader ? 1 : 0)
    .flatMap(cells => rowOf(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))) ?? []);
}

/** One record, or a list of them, as JSON. */
export function rowsOfJson(given: unknown): CdrRow[] {
  const list = Array.isArray(given) ? given : [given];
  return list.flatMap(each => rowOf(each) ?? []);
}

function rowOf(given: unknown): CdrRow | undefined {
  const { data: row } = cdrRow.safeParse(given);
  return row && row.uniqueid !== '' && endOf(row) ? row : undefined;
}

/**
 * Times are written without a zone. Where the id of the channel says when it began, that tells the zone, to a quarter of an
 * hour; else it is UTC.
 */
function timeIn(row: CdrRow, field: 'start' | 'answer' | 'end'): Date | undefined {
  const at = Date.parse(`${row[field].replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) return undefined;
  const [, began] = /^(?:.*-)?(\d{9,11})\.\d+$/.exec(row.uniqueid) ?? [];
  const start = Date.parse(`${row.start.replace(' ', 'T')}Z`);
  const quarter = 900_000;
  const shift = began && !Number.isNaN(start) ? Math.round((start - Number(began) * 1000) / quarter) * quarter : 0;
  return new Date(at - shift);
}

export const endOf = (row: CdrRow): Date | undefined => timeIn(row, 'end');

const DISPOSITIONS: Record<string, CallDetails['status']> = {
  ANSWERED: 'COMPLETED',
  BUSY: 'BUSY',
  FAILED: 'FAILED',
  CONGESTION: 'FAILED',
};

/** The calls that these records tell of: those of one linkedid, of both halves of a Local channel, and of who dialled and was dialled. */
export function callsIn(rows: CdrRow[], config: AsteriskConfig): HeardCall[] {
  const groups = new Map<string, CdrRow[]>();
  for (const row of rows) {
    const keys = keysOf(row);
    const joined = [...new Set(keys.flatMap(key => groups.get(key) ?? [])), row];
    for (const key of new Set(joined.flatMap(keysOf))) groups.set(key, joined);
  }
  return [...new Set(groups.values())].flatMap(group => callOf(group, config) ?? []);
}

function keysOf({ uniqueid, linkedid, channel, dstchannel }: CdrRow): string[] {
  return [uniqueid, linkedid, ...[channel, dstchannel].map(name => name.replace(/^(Local\/.+);[12]$/, '$1'))].filter(
    key => key !== '',
  );
}

function callOf(group: CdrRow[], config: AsteriskConfig): HeardCall | undefined {
  const rows = group.toSorted((a, b) => a.start.localeCompare(b.start) || sequenceOf(a) - sequenceOf(b));
  const first = rows[0]!;
  // Half of a Local channel alone does not say which call it is half of.
  if (rows.length === 1 && first.linkedid === '' && /^Local\/.+;2$/.test(first.channel)) return undefined;
  const parties = partiesOf(first.src, first.dst, config);
  const [startedAt, endedAt] = [timeIn(first, 'start'), new Date(Math.max(...rows.map(row => Number(endOf(row)))))];
  if (!parties || !startedAt) return undefined;
  const answered = rows.find(row => row.disposition === 'ANSWERED');
  const told = answered ?? rows.at(-1)!;
  const answeredAt = answered && timeIn(answered, 'answer');
  const device = [told.dstchannel, told.channel].flatMap(name => deviceOf(name, config) ?? [])[0];
  const agent = device ?? (isExtension(first.dst, config) ? first.dst : undefined);
  const queue = rows.flatMap(({ lastapp, lastdata }) => queueOf(lastapp, lastdata) ?? [])[0];
  return {
    id: first.linkedid || first.uniqueid,
    customer: parties.customer,
    startedAt,
    changedAt: endedAt,
    details: {
      direction: parties.direction,
      status: DISPOSITIONS[told.disposition] ?? 'MISSED',
      endedAt,
      ...(answeredAt && { answeredAt, durationSeconds: told.billsec }),
      ...(/^https:\/\/\S+$/.test(told.userfield) && { recordingUrl: told.userfield }),
      ...(agent && { agent }),
      ...(queue && { queue }),
    },
  };
}

const sequenceOf = ({ uniqueid }: CdrRow): number => Number(/\.(\d+)$/.exec(uniqueid)?.[1] ?? 0);
