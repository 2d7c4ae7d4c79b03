import { Parameters } from '../../platform/paging/index.js';
import type { Rows } from './facts.queries.js';

/** A key that more than this many share says nothing; finer keys have those who agree on more. */
const LARGEST_BLOCK = 100;
const MOST_CANDIDATES = 60;

/**
 * For each of the given subjects, those on the side asked for that share a key, the ones that share most first. With `seen`, a
 * condition on the rows aliased `t` of that side, nobody else is counted: who is not seen takes no place from who is.
 */
export async function candidatesOf(
  rows: Rows,
  organizationId: string,
  keys: ReadonlyMap<string, readonly number[]>,
  side: 'customers' | 'identities',
  seen?: (parameters: Parameters) => string | undefined,
): Promise<Map<string, string[]>> {
  const all = [...new Set([...keys.values()].flat())];
  const parameters = new Parameters();
  const organization = parameters.add(organizationId, 'uuid');
  const values = parameters.add(all, 'bigint[]');
  const isCustomer = parameters.add(side === 'customers', 'boolean');
  const condition = seen?.(parameters);
  const table = side === 'customers' ? 'customers' : 'social_identities';
  const found = await rows<{ key: string; subjects: string[] }>(
    `select k.key, m.subjects from unnest(${values}) as k(key)
      cross join lateral (
        select array_agg(subject_id) as subjects from (
          select m.subject_id from match_keys m
           where m.organization_id = ${organization} and m.is_customer = ${isCustomer} and m.key = k.key ${
             condition
               ? `and exists (select 1 from ${table} t where t.organization_id = m.organization_id and t.id = m.subject_id and ${condition})`
               : ''
           } limit ${LARGEST_BLOCK + 1}) s) m
      where cardinality(m.subjects) between 1 and ${LARGEST_BLOCK}`,
    parameters.values,
  );
  const byKey = new Map(found.map(row => [Number(row.key), row.subjects]));
  return new Map(
    [...keys].map(([subject, own]) => {
      const shared = new Map<string, number>();
      for (const key of own) {
        const block = byKey.get(key) ?? [];
        // Whom few share a key with, they are closer to.
        for (const one of block) shared.set(one, (shared.get(one) ?? 0) + 1 / block.length);
      }
      shared.delete(subject);
      const best = [...shared].sort((one, other) => other[1] - one[1]).slice(0, MOST_CANDIDATES);
      return [subject, best.map(([id]) => id)];
    }),
  );
}

/** Makes the stored keys of each subject these; one with none is found no more. Writes only what differs. */
export async function storeKeys(
  rows: Rows,
  organizationId: string,
  side: 'customers' | 'identities',
  keys: ReadonlyMap<string, readonly number[]>,
): Promise<void> {
  const pairs = [...keys].flatMap(([subject, own]) => own.map(key => [subject, key] as const));
  const parameters = [
    organizationId,
    side === 'customers',
    pairs.map(([subject]) => subject),
    pairs.map(([, key]) => key),
  ];
  await rows(
    `delete from match_keys m
      where m.organization_id = $1 and m.is_customer = $2 and m.subject_id = any ($5::uuid[])
        and not exists (select 1 from unnest($3::uuid[], $4::bigint[]) as n(subject_id, key) where n.subject_id = m.subject_id and n.key = m.key)`,
    [...parameters, [...keys.keys()]],
  );
  await rows(
    `insert into match_keys (organization_id, is_customer, key, subject_id)
     select $1, $2, n.key, n.subject_id from unnest($3::uuid[], $4::bigint[]) as n(subject_id, key) on conflict do nothing`,
    parameters,
  );
}
