import type { Tx } from '../../platform/database/database.js';
import { readSettings } from './customer.queries.js';
import { journaledRows, type Loss, putBack } from './merge-restore.service.js';
import {
  fieldNameOf,
  type JournaledRow,
  NotRestoredReason,
  restorationOf,
  restoredKeys,
  restoredWords,
} from './merge-undo.rules.js';

type Values = Record<string, unknown>;

/** Columns of which several values are kept, so that what came and went since can be told apart. */
const JOINED = ['tags', 'custom_fields'];

/** Puts back the customers' own rows: what the survivor took over, and that the others are customers. */
export async function restoreCustomers(tx: Tx, mergeId: string): Promise<Loss[]> {
  const lost: Loss[] = [];
  const rows = await journaledRows(tx, mergeId, 'customers');
  const plans = rows.map(row => {
    const lose = (field: string, reason: NotRestoredReason) =>
      lost.push({ table: 'customers', prefix: 'customer', id: row.id, field, reason });
    const { columns, changedSince } = restorationOf(row);
    for (const column of changedSince) {
      if (!JOINED.includes(column)) lose(fieldNameOf(column), NotRestoredReason.CHANGED_SINCE);
    }
    return { row, lose, columns: columns.filter(column => !JOINED.includes(column)) };
  });
  await leaveWhatIsGone(tx, plans);
  await leaveTakenNumbers(tx, plans);

  const numbered = plans.filter(({ columns }) => columns.includes('external_id')).map(({ row }) => row.id);
  if (numbered.length > 0) {
    await tx.query('update customers set external_id = null where organization_id = $1 and id = any ($2)', [
      tx.scope.organizationId,
      numbered,
    ]);
  }
  for (const { row, lose, columns } of plans) {
    if (columns.length > 0) await putBack(tx, mergeId, 'customers', columns, [row.id]);
    await restoreJoined(tx, row, lose);
  }
  return lost;
}

interface CustomerRestoration {
  row: JournaledRow;
  lose: (field: string, reason: NotRestoredReason) => void;
  columns: string[];
}

/** A member or team that is no more looks after nobody again. */
async function leaveWhatIsGone(tx: Tx, plans: CustomerRestoration[]): Promise<void> {
  for (const [column, table] of [
    ['owner_id', 'members'],
    ['team_id', 'teams'],
  ] as const) {
    const wanting = plans.filter(({ row, columns }) => columns.includes(column) && row.before[column] !== null);
    if (wanting.length === 0) continue;
    const found = await tx.query<{ id: string }>(
      `select id from ${table} where organization_id = $1 and id = any ($2::uuid[]) for key share`,
      [tx.scope.organizationId, wanting.map(({ row }) => row.before[column])],
    );
    const present = new Set(found.map(({ id }) => id));
    for (const plan of wanting.filter(({ row }) => !present.has(row.before[column] as string))) {
      plan.columns = plan.columns.filter(one => one !== column);
      plan.lose(fieldNameOf(column), NotRestoredReason.TARGET_GONE);
    }
  }
}

/** An id from another system that a third customer got meanwhile stays that one's. */
async function leaveTakenNumbers(tx: Tx, plans: CustomerRestoration[]): Promise<void> {
  const wanting = plans.filter(
    ({ row, columns }) => columns.includes('external_id') && row.before['external_id'] !== null,
  );
  if (wanting.length === 0) return;
  const found = await tx.query<{ number: string }>(
    `select external_id as number from customers
      where organization_id = $1 and external_id = any ($2::text[]) and id <> all ($3::uuid[])`,
    [tx.scope.organizationId, wanting.map(({ row }) => row.before['external_id']), plans.map(({ row }) => row.id)],
  );
  const taken = new Set(found.map(({ number }) => number));
  for (const plan of wanting.filter(({ row }) => taken.has(row.before['external_id'] as string))) {
    plan.columns = plan.columns.filter(one => one !== 'external_id');
    plan.lose('externalId', NotRestoredReason.TAKEN_SINCE);
  }
}

async function restoreJoined(
  tx: Tx,
  { id, before, after, current }: JournaledRow,
  lose: CustomerRestoration['lose'],
): Promise<void> {
  if (!after || !current) return;
  const key = [tx.scope.organizationId, id];
  if (before['tags']) {
    const [was, became, now] = [before, after, current].map(row => row['tags'] as string[]) as [
      string[],
      string[],
      string[],
    ];
    await tx.query('update customers set tags = $3 where organization_id = $1 and id = $2', [
      ...key,
      restoredWords(was, became, now),
    ]);
  }
  if (before['custom_fields']) {
    const [was, became, now] = [before, after, current].map(row => row['custom_fields'] as Values) as [
      Values,
      Values,
      Values,
    ];
    const { value, restored, changedSince } = restoredKeys(was, became, now);
    const { customFields } = await readSettings(tx);
    for (const field of changedSince) lose(`customFields.${field}`, NotRestoredReason.CHANGED_SINCE);
    for (const field of restored.filter(one => !customFields.has(one))) {
      delete value[field];
      lose(`customFields.${field}`, NotRestoredReason.TARGET_GONE);
    }
    await tx.query('update customers set custom_fields = $3::jsonb where organization_id = $1 and id = $2', [
      ...key,
      JSON.stringify(value),
    ]);
  }
}
