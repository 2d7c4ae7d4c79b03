import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId, storedId } from '../../platform/ids.js';
import { type Problems, report, throwAny } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import { lockCustomers, readVisible, recordCustomerEvents, UNKNOWN_CUSTOMER } from './customer.queries.js';
import type { MergeReport } from './merge.entity.js';
import type { MergeCustomersInput } from './merge.inputs.js';
import { countChange, lockAround, readCustomers } from './merge.queries.js';
import { everybodyOf, type Merge, type MergePlan, type MergeRow } from './merge.rules.js';
import { type MergedTable, mergedTables, planOf } from './merge.tables.js';
import { customersTable, planCustomers } from './merge-fields.rules.js';
import { applyPlan, countRows, outcomeOf, readRows } from './merge-journal.service.js';
import { reportOf, seenReport } from './merge-report.rules.js';

interface MergeOutcome extends Record<string, unknown> {
  customerId: string;
  mergeId?: string;
  /** Of a dry run; a merge that was done keeps its own. */
  report?: MergeReport;
}

/** Everything a merge would do, worked out before any of it is done: on rows that are held, or in a dry run as they are found. */
interface Preparation {
  merge: Merge;
  customers: { before: MergeRow[]; plan: MergePlan };
  tables: { table: MergedTable; before: MergeRow[]; plan: MergePlan }[];
  report: MergeReport;
  mergedAt: string;
}

const MOST_MERGED = 10;
const MOST_TAGS = 50;
/** All of them are held in memory, and written in one transaction. */
const MOST_ROWS = 50_000;

/**
 * Makes several customers one: all that belongs to them becomes the survivor's, what both had is kept once, and the others stay
 * as deleted rows that say whom they became. A journal keeps what every changed row was, for `undoMerge`.
 *
 * No identity is linked on the way because an address is now one customer's alone: the next thing it says does that.
 */
export async function mergeCustomers(tx: Tx, viewer: Viewer, input: MergeCustomersInput): Promise<MergeOutcome> {
  const prepared = await prepare(tx, viewer, input);
  const { merge, customers, tables, mergedAt } = prepared;
  if (input.dryRun) {
    const sight = { survivorId: merge.survivorId, seenIds: everybodyOf(merge) };
    return { customerId: merge.survivorId, report: seenReport(viewer, prepared.report, sight) };
  }

  const mergeId = newId();
  await tx.query(
    `insert into customer_merges (organization_id, id, survivor_id, merged_ids, report, merged_by, merged_at, merged_request)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.scope.organizationId,
      mergeId,
      merge.survivorId,
      merge.mergedIds,
      JSON.stringify(prepared.report),
      tx.scope.actor,
      mergedAt,
      tx.scope.requestId,
    ],
  );
  await applyPlan(tx, mergeId, customersTable, customers.before, customers.plan, () =>
    releaseNumbers(tx, customers.before, customers.plan),
  );
  await countChange(tx, everybodyOf(merge));
  for (const { table, before, plan } of tables) {
    await applyPlan(tx, mergeId, table, before, plan);
    const { moved } = outcomeOf(table, before, plan);
    const column = table.columns[0]!;
    await table.onMoved?.(
      tx,
      moved.map(row => ({ id: row.id, customerId: row[column] as string })),
    );
  }
  await recordEvents(tx, [
    { type: 'customer.merged', subjectId: merge.survivorId, data: { mergeId, mergedIds: merge.mergedIds } },
  ]);
  await recordCustomerEvents(tx, new Map(merge.mergedIds.map(id => [id, 'customer.deleted'])));
  return { customerId: merge.survivorId, mergeId };
}

async function prepare(tx: Tx, viewer: Viewer, input: MergeCustomersInput): Promise<Preparation> {
  const merge = await holdCustomers(tx, viewer, input);
  const { rows: before, moment: mergedAt } = await readCustomers(tx, everybodyOf(merge));
  const customers = { before, plan: planCustomers(before, merge, mergedAt) };
  const tables: Preparation['tables'] = [];
  for (const table of mergedTables()) {
    const rows = await readRows(tx, table, everybodyOf(merge), !input.dryRun);
    tables.push({ table, before: rows, plan: planOf(table, rows, merge) });
  }
  const problems: Problems = [];
  const choosable = new Set([customers.plan, ...tables.map(({ plan }) => plan)].flatMap(plan => plan.choosable));
  for (const [at, { field }] of (input.fields ?? []).entries()) {
    if (!choosable.has(field)) report(problems, `fields.${at}.field`, 'There is nothing to choose under this name.');
  }
  const { tags } = customers.plan.rows[0] as unknown as { tags: string[] };
  if (tags.length > MOST_TAGS) {
    report(problems, 'fields', `Together they have more than ${MOST_TAGS} tags: choose whose.`, 'REQUIRED');
  }
  throwAny(problems);
  const records = tables.map(({ table, before: rows, plan }) => ({
    kind: table.kind,
    ...outcomeOf(table, rows, plan),
  }));
  const fields = [customers.plan, ...tables.map(({ plan }) => plan)].flatMap(plan => plan.fields);
  return { merge, customers, tables, mergedAt, report: reportOf(fields, records) };
}

/** The customers of an input, held unless it is a dry run; whatever is wrong with naming them, or with choosing among them, is said at once. */
async function holdCustomers(tx: Tx, viewer: Viewer, input: MergeCustomersInput): Promise<Merge> {
  const problems: Problems = [];
  if (input.mergedIds.length === 0) report(problems, 'mergedIds', 'At least one must be given.', 'REQUIRED');
  if (input.mergedIds.length > MOST_MERGED) {
    report(problems, 'mergedIds', `At most ${MOST_MERGED} are merged at once.`, 'TOO_LONG');
  }
  throwAny(problems);
  const survivorId = storedId('customer', input.survivorId);
  const mergedIds = input.mergedIds.map(id => storedId('customer', id));
  const named = [survivorId, ...mergedIds].filter(id => id !== null);
  // Counted first, so that what is refused holds nobody; who sees too little is told that, not how much there is.
  const isTooMuch = (await countRows(tx, mergedTables(), named, MOST_ROWS)) > MOST_ROWS;
  // A dry run makes nobody wait, and waits for nobody.
  const isHeld = !input.dryRun && !isTooMuch;
  if (isHeld) await lockAround(tx, named);
  const found = await (isHeld ? lockCustomers : readVisible)(tx, viewer, named);
  const seen = new Set(found.map(({ id }) => id));
  if (!survivorId || !seen.has(survivorId)) report(problems, 'survivorId', UNKNOWN_CUSTOMER, 'NOT_FOUND');
  for (const [at, id] of mergedIds.entries()) {
    const field = `mergedIds.${at}`;
    if (!id || !seen.has(id)) report(problems, field, UNKNOWN_CUSTOMER, 'NOT_FOUND');
    else if (id === survivorId) report(problems, field, 'A customer is not merged into itself.', 'NOT_ALLOWED');
    else if (mergedIds.indexOf(id) < at) report(problems, field, 'It is named twice.');
  }
  const choices = choicesOf(problems, viewer, input, new Set(named));
  throwAny(problems);
  if (isTooMuch) {
    throw invalid(
      'mergedIds',
      `More than ${MOST_ROWS} records belong to them together; so many are not merged at once.`,
      'TOO_LONG',
    );
  }
  return { survivorId: survivorId!, mergedIds: mergedIds.filter(id => id !== null), choices };
}

function choicesOf(
  problems: Problems,
  viewer: Viewer,
  { fields }: MergeCustomersInput,
  everybody: ReadonlySet<string>,
): Map<string, string> {
  const choices = new Map<string, string>();
  for (const [at, { field, fromId }] of (fields ?? []).entries()) {
    const from = storedId('customer', fromId);
    if (viewer.isHidden('CUSTOMER', field.split('.')[0]!)) {
      report(problems, `fields.${at}.field`, 'Your role does not see it, so it cannot choose.', 'NOT_ALLOWED');
    } else if (choices.has(field)) report(problems, `fields.${at}.field`, 'It is chosen twice.');
    if (!from || !everybody.has(from)) {
      report(problems, `fields.${at}.fromId`, 'It is none of the customers that are merged.', 'NOT_FOUND');
    } else choices.set(field, from);
  }
  return choices;
}

/** Ids from another system that change hands are let go first, because two customers never have the same. */
async function releaseNumbers(tx: Tx, before: MergeRow[], plan: MergePlan): Promise<void> {
  const known = new Map(before.map(row => [row.id, row]));
  const changing = plan.rows.filter(row => row['external_id'] !== known.get(row.id)!['external_id']);
  if (changing.length === 0) return;
  await tx.query(
    'update customers set external_id = null where organization_id = $1 and id = any ($2) and external_id is not null',
    [tx.scope.organizationId, changing.map(row => row.id)],
  );
}
