import type { Tx } from '../../platform/database/database.js';
import { organizationDay } from './days.js';

export type DocumentKind = 'QUOTE' | 'ORDER' | 'CONTRACT' | 'TICKET';

const PREFIXES: Record<DocumentKind, string> = { QUOTE: 'Q', ORDER: 'O', CONTRACT: 'C', TICKET: 'T' };

/**
 * The next number of a kind of document in the organisation's year: "Q-2026-0001". The series is held until the transaction ends,
 * so that one that is rolled back leaves no gap: take the number last, right before the document is written.
 */
export async function nextNumber(tx: Tx, kind: DocumentKind): Promise<string> {
  const [number] = await nextNumbers(tx, kind, 1);
  return number!;
}

/** The next `count` numbers, taken at once. */
export async function nextNumbers(tx: Tx, kind: DocumentKind, count: number): Promise<string[]> {
  if (count === 0) return [];
  const year = Number((await organizationDay(tx)).slice(0, 4));
  const [row] = await tx.query<{ last: number }>(
    `insert into number_series (organization_id, kind, year, last) values ($1, $2, $3, $4)
     on conflict (organization_id, kind, year) do update set last = number_series.last + excluded.last
     returning last`,
    [tx.scope.organizationId, kind, year, count],
  );
  const first = row!.last - count + 1;
  return Array.from({ length: count }, (_, at) => `${PREFIXES[kind]}-${year}-${String(first + at).padStart(4, '0')}`);
}
