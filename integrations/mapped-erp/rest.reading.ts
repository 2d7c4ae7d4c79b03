import { DateTime } from 'luxon';
import { z } from 'zod';
import { type ErpChanges, ErpError, type ErpKind, type ErpRecords } from '../../src/erp/port.js';
import type { FieldSpec, KindMapping, Mapping, RestRead } from './mapping.js';
import { recordOf } from './records.js';
import type { Answer, RestClient } from './rest.client.js';
import { dateOf, findAll, textOf, valuesOf } from './values.js';

/**
 * Where a reading is: it goes through all pages of what changed since `since`, and remembers the latest moment it saw on the way for
 * the next round. Without `since` a round is everything there is.
 */
const place = z.object({
  since: z.string().optional(),
  seen: z.string().optional(),
  page: z.string().optional(),
});
type Place = z.infer<typeof place>;

/** `last`: the part before this one as it came, by kind; kept by whoever asks for one part after the other. */
export async function readRest<Kind extends ErpKind>(
  kind: Kind,
  read: RestRead,
  cursor: string | null,
  { client, mapping, last }: { client: RestClient; mapping: Mapping; last: Map<ErpKind, string> },
): Promise<ErpChanges<Kind>> {
  const at = placeOf(cursor);
  const { paging } = read;
  const url =
    paging.kind === 'link' && at.page !== undefined
      ? client.follow(at.page)
      : client.address(
          read.path,
          { ...read.query, ...pageQuery(read, at) },
          { since: sinceOf(read, at), limit: String(read.pageSize) },
        );
  const answer = await client.call(url);
  const items = findAll(answer.json, read.items);
  const records = recordsOf(kind, items, read.fields, mapping);
  const seen = latest(
    [at.seen, ...(read.since ? items.map(item => textOf(findAll(item, read.since!.path)[0])) : [])],
    read.since,
  );
  const page = nextPage(read, at, answer, items.length);
  const keeps = paging.kind === 'cursor' && paging.keep;
  const told = JSON.stringify(items);
  if (page.hasMore && items.length > 0 && last.get(kind) === told)
    throw new ErpError(
      'BROKEN',
      'The ERP tells the same part again and again: it does not know the paging of the mapping.',
    );
  last.set(kind, told);
  const next: Place = page.hasMore
    ? { ...at, ...(seen !== undefined && { seen }), page: page.next }
    : // A round is over: the next one begins with what changed since.
      { since: seen ?? at.since, ...(keeps && { page: page.next ?? at.page }) };
  return { ...records, cursor: JSON.stringify(next), hasMore: page.hasMore };
}

/** Items as records; one that is not as it should be does not keep the others from being read. */
export function recordsOf<Kind extends ErpKind>(
  kind: Kind,
  items: unknown[],
  fields: Record<string, FieldSpec>,
  mapping: Mapping,
): Required<Pick<ErpChanges<Kind>, 'records' | 'unreadable'>> {
  const records: ErpRecords[Kind][] = [];
  const unreadable: { externalId: string; problem: string }[] = [];
  for (const item of items) {
    try {
      records.push(recordOf(kind, item, fields, mapping));
    } catch (error) {
      if (!(error instanceof ErpError)) throw error;
      unreadable.push({ externalId: idOf(item, fields, mapping), problem: error.message });
    }
  }
  return { records, unreadable };
}

function idOf(item: unknown, { externalId }: Record<string, FieldSpec>, { lookups }: Mapping): string {
  try {
    return textOf(valuesOf(item, { externalId: externalId! }, lookups)['externalId']) ?? '?';
  } catch {
    return '?';
  }
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return {};
  try {
    return place.parse(JSON.parse(cursor));
  } catch {
    // Of a mapping that was another one: from the beginning.
    return {};
  }
}

function pageQuery({ paging, pageSize }: RestRead, { page }: Place): Record<string, string> {
  if (paging.kind === 'page') return { [paging.parameter]: page ?? String(paging.first) };
  if (paging.kind === 'offset') return { [paging.parameter]: page ?? '0' };
  if (paging.kind === 'cursor') return page === undefined ? {} : { [paging.parameter]: page };
  void pageSize;
  return {};
}

function nextPage(
  { paging, pageSize }: RestRead,
  { page }: Place,
  answer: Answer,
  count: number,
): { hasMore: boolean; next?: string | undefined } {
  switch (paging.kind) {
    case 'none':
      return { hasMore: false };
    case 'page':
      return { hasMore: count >= pageSize, next: String(Number(page ?? paging.first) + 1) };
    case 'offset':
      return { hasMore: count >= pageSize, next: String(Number(page ?? '0') + count) };
    case 'cursor': {
      const next = textOf(findAll(answer.json, paging.next)[0]) || undefined;
      // A cursor that is kept is there also when nothing follows it.
      return { hasMore: next !== undefined && next !== page && (!paging.keep || count >= pageSize), next };
    }
    case 'link': {
      const next = paging.next ? textOf(findAll(answer.json, paging.next)[0]) : linkOf(answer.headers['link']);
      return { hasMore: next !== undefined && next !== page, next };
    }
  }
}

/** RFC 8288. */
const linkOf = (header: string | undefined): string | undefined =>
  header?.split(/,(?=\s*<)/).flatMap(part => /<([^>]*)>[^,]*;\s*rel="?next"?/.exec(part)?.[1] ?? [])[0];

/** The latest of moments or numbers as the ERP writes them. */
function latest(values: (string | undefined)[], since: RestRead['since']): string | undefined {
  if (!since) return undefined;
  const known = values.filter(value => value !== undefined);
  if (known.every(value => /^\d+$/.test(value)))
    return known.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0)).at(-1);
  const { date = 'iso', zone } = since;
  return known
    .toSorted((a, b) => Date.parse(dateOf(a, date, zone, 'since')) - Date.parse(dateOf(b, date, zone, 'since')))
    .at(-1);
}

/** What was kept while a row of the same moment was still being written is read again. */
function sinceOf({ since: spec }: RestRead, { since }: Place): string | undefined {
  if (since === undefined || !spec?.overlapSeconds) return since;
  const { date = 'iso', zone = 'utc', overlapSeconds } = spec;
  if (date === 'unix') return String(Number(since) - overlapSeconds);
  if (date === 'unixMs') return String(Number(since) - overlapSeconds * 1000);
  const moment =
    date === 'iso' ? DateTime.fromISO(since, { setZone: true }) : DateTime.fromFormat(since, date, { zone });
  const earlier = moment.minus({ seconds: overlapSeconds });
  return (date === 'iso' ? earlier.toISO({ suppressMilliseconds: true }) : earlier.toFormat(date)) ?? since;
}

/** One record by its id, or null. */
export async function fetchRest<Kind extends ErpKind>(
  kind: Kind,
  fetch: NonNullable<KindMapping['fetch']>,
  fields: Record<string, FieldSpec>,
  externalId: string,
  { client, mapping }: { client: RestClient; mapping: Mapping },
): Promise<ErpRecords[Kind] | null> {
  try {
    const { json } = await client.call(client.address(fetch.path, fetch.query, { id: externalId }));
    const [item] = findAll(json, fetch.item);
    return item === undefined || item === null ? null : recordOf(kind, item, fields, mapping);
  } catch (error) {
    if (error instanceof ErpError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
