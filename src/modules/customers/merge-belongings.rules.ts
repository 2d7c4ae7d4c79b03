import type { MergedField } from './merge.entity.js';
import {
  compare,
  fieldOf,
  foldInto,
  isSame,
  type Merge,
  type MergePlan,
  type MergeRow,
  ranked,
  repoint,
} from './merge.rules.js';
import { chosenOf } from './merge-fields.rules.js';
import type { RelationKind } from './relation.entity.js';
import { isMutual } from './relation.rules.js';

/**
 * One contact point of a kind and value, verified if one of them was; and one primary of each kind: the survivor's, else that of
 * the first of the others that has one.
 */
export function planContactPoints(rows: MergeRow[], merge: Merge): MergePlan {
  const inOrder = ranked(rows, 'customer_id', merge);
  const plan = foldInto(
    repoint(inOrder, ['customer_id'], merge),
    row => `${row['kind']}:${row['value']}`,
    (kept, folded) => ({
      label: kept['label'] ?? folded['label'],
      address: kept['address'] ?? folded['address'],
      verified_at: earlier(kept['verified_at'], folded['verified_at']),
    }),
  );
  const primaries = new Map<unknown, string>();
  for (const row of [...inOrder.filter(one => one['is_primary']), ...inOrder]) {
    if (!primaries.has(row['kind'])) primaries.set(row['kind'], plan.folded.get(row.id) ?? row.id);
  }
  const settled = plan.rows.map(row => ({ ...row, is_primary: primaries.get(row['kind']) === row.id }));
  return { ...plan, rows: settled };
}

const earlier = (a: unknown, b: unknown): unknown => (a && b ? (compare(a, b) <= 0 ? a : b) : (a ?? b));

/** One preference a key: of whom somebody chose, else the survivor's, else that of the first of the others. */
export function planPreferences(rows: MergeRow[], merge: Merge): MergePlan {
  const plan = repoint([], [], merge);
  for (const [key, ofKey] of [...Map.groupBy(rows, row => row['key'] as string)].sort(([a], [b]) => compare(a, b))) {
    const field = `preferences.${key}`;
    const values = new Map(ofKey.map(row => [row['customer_id'] as string, row['value']]));
    const chosen = chosenOf(merge, field, values);
    plan.choosable.push(field);
    const told = fieldOf(merge, field, values, chosen);
    if (told) plan.fields.push(told);
    const kept = ofKey.find(row => row['customer_id'] === chosen.fromId);
    if (!kept) continue;
    plan.rows.push(...repoint([kept], ['customer_id'], merge).rows);
    for (const row of ofKey) if (row !== kept) plan.folded.set(row.id, kept.id);
  }
  return plan;
}

/**
 * The whole history of everybody. What was said last counts, as it does for one customer, whoever of them it was said as: they
 * are one person, who may take back a yes and a no.
 */
export function planConsents(rows: MergeRow[], merge: Merge): MergePlan {
  const fields: MergedField[] = [];
  for (const [about, said] of Map.groupBy(rows, row => `${row['purpose']}.${row['channel']}`)) {
    const latest = new Map<string, MergeRow>();
    const inOrder = [...said].sort((a, b) => compare(a['recorded_at'], b['recorded_at']) || compare(a.id, b.id));
    for (const row of inOrder) latest.set(row['customer_id'] as string, row);
    const last = inOrder.at(-1)!;
    const values = new Map([...latest].map(([customerId, row]) => [customerId, row['state']]));
    const told = fieldOf(merge, `consents.${about}`, values, {
      fromId: last['customer_id'] as string,
      value: last['state'],
    });
    if (told) fields.push(told);
  }
  fields.sort((a, b) => compare(a.field, b.field));
  return { ...repoint(rows, ['customer_id'], merge), fields };
}

const ENDS = ['from_customer_id', 'to_customer_id'] as const;

/** Nobody is tied to themselves, and two ties of one kind between the same two are one. */
export function planRelations(rows: MergeRow[], merge: Merge): MergePlan {
  const isOwn = (row: MergeRow) => ENDS.some(end => row[end] === merge.survivorId);
  const survivorsFirst = [...rows].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || compare(a.id, b.id));
  const plan = repoint(survivorsFirst, ENDS, merge);
  const meaningful = plan.rows
    .filter((row, at) => row[ENDS[0]] !== row[ENDS[1]] || isSame(row, survivorsFirst[at]))
    .map(inOneDirection);
  return foldInto(
    { ...plan, rows: meaningful },
    row => `${row[ENDS[0]]}:${row[ENDS[1]]}:${row['kind']}`,
    (kept, folded) => {
      // Two ends of one span: those of different rows need not fit together.
      const { since, until } = kept['since'] || kept['until'] ? kept : folded;
      return { detail: kept['detail'] ?? folded['detail'], since, until };
    },
  );
}

/** What holds both ways is kept from the smaller id to the larger. */
function inOneDirection(row: MergeRow): MergeRow {
  const [from, to] = [row[ENDS[0]] as string, row[ENDS[1]] as string];
  return isMutual(row['kind'] as RelationKind) && from > to ? { ...row, [ENDS[0]]: to, [ENDS[1]]: from } : row;
}
