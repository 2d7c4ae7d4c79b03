import type { MergedTable } from '../../customers/index.js';

/** One part an opportunity: the survivor's, else the oldest; whoever was spoken to first still is. */
export const planContacts: NonNullable<MergedTable['plan']> = (rows, { survivorId }) => {
  const inOrder = [...rows].sort(
    (a, b) =>
      Number(b['customer_id'] === survivorId) - Number(a['customer_id'] === survivorId) ||
      String(a['created_at']).localeCompare(String(b['created_at'])) ||
      a.id.localeCompare(b.id),
  );
  const folded = new Map<string, string>();
  const kept = new Map<string, (typeof rows)[number]>();
  for (const row of inOrder) {
    const key = String(row['opportunity_id']);
    const first = kept.get(key);
    if (first) folded.set(row.id, first.id);
    kept.set(
      key,
      first ? { ...first, is_primary: first['is_primary'] || row['is_primary'] } : { ...row, customer_id: survivorId },
    );
  }
  return { rows: [...kept.values()], folded, fields: [], choosable: [] };
};
