import type { Tx } from '../../platform/database/database.js';
import type { RequestContext } from '../access/index.js';

/**
 * Removes or makes anonymous what a module keeps of a customer, in the transaction of the erasure. Answers the stored ids of
 * what else the audit log must forget; rows that carried a `customer_id` are found without being named.
 */
export type EraseHook = (tx: Tx, customerId: string) => Promise<string[]>;

/** Told of everything that modules forgot (stored ids), once all have: for what speaks of it. Answers like an `EraseHook`. */
export type ForgottenHook = (tx: Tx, forgotten: readonly string[]) => Promise<string[]>;

/** What a module keeps of a customer, as plain JSON, for the export; under the rights of who asks. */
export type ExportSection = (context: RequestContext, customerId: string) => Promise<unknown>;

/** Told in the transaction in which contact points of customers were added, changed, verified or removed. */
export type ContactPointsHook = (tx: Tx, customerIds: readonly string[]) => Promise<void>;

/** Told in the transaction in which a merge was undone, once everything is whose it was: stored ids of the survivor and the others. */
export type UnmergeHook = (tx: Tx, customerIds: readonly string[]) => Promise<void>;

/** Who has a customer: stored ids. */
export interface CustomerOwnership {
  ownerId: string | null;
  teamId: string | null;
}

/** That a known customer was given to somebody else, or to nobody. */
export interface CustomerGiven {
  customerId: string;
  from: CustomerOwnership;
  to: CustomerOwnership;
  reason: string | null;
}

/** Told in the transaction in which a customer is given. */
export type CustomerGivenHook = (tx: Tx, given: CustomerGiven) => Promise<void>;

const givenHooks: CustomerGivenHook[] = [];
const eraseHooks: EraseHook[] = [];
const forgottenHooks: ForgottenHook[] = [];
const exportSections = new Map<string, ExportSection>();
const contactPointsHooks: ContactPointsHook[] = [];
const unmergeHooks: UnmergeHook[] = [];

/** Called once by each module above that keeps something of a customer. */
export function onErase(hook: EraseHook): void {
  eraseHooks.push(hook);
}

export function onForgotten(hook: ForgottenHook): void {
  forgottenHooks.push(hook);
}

/** Adds a section to `customerExport`, called `name` in the document. */
export function exportSection(name: string, section: ExportSection): void {
  exportSections.set(name, section);
}

export function onContactPoints(hook: ContactPointsHook): void {
  contactPointsHooks.push(hook);
}

export function onUnmerge(hook: UnmergeHook): void {
  unmergeHooks.push(hook);
}

export async function tellUnmerged(tx: Tx, customerIds: readonly string[]): Promise<void> {
  for (const hook of unmergeHooks) await hook(tx, customerIds);
}

export function onCustomerGiven(hook: CustomerGivenHook): void {
  givenHooks.push(hook);
}

export async function tellGiven(tx: Tx, given: CustomerGiven): Promise<void> {
  for (const hook of givenHooks) await hook(tx, given);
}

/** Tells each module of all of them before the next, so that a hook finds what those before it did complete. */
export async function runEraseHooks(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  const forgotten: string[] = [];
  for (const hook of eraseHooks) {
    for (const id of customerIds) forgotten.push(...(await hook(tx, id)));
  }
  const before = [...forgotten];
  for (const hook of forgottenHooks) forgotten.push(...(await hook(tx, before)));
  return forgotten;
}

/**
 * Stored ids of all rows of an audited table that ever named one of `ids` in `column`, also of those that are gone: what the audit
 * log remembers of them is to be forgotten as well.
 */
export async function everBelonging(tx: Tx, table: string, column: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct subject_id as id from audit_entries
      where organization_id = $1 and table_name = $2 and subject_id is not null
        and coalesce(after ->> $3, before ->> $3) = any ($4::text[])`,
    [tx.scope.organizationId, table, column, ids],
  );
  return rows.map(({ id }) => id);
}

export async function tellContactPoints(tx: Tx, ...customerIds: string[]): Promise<void> {
  for (const hook of contactPointsHooks) await hook(tx, customerIds);
}

export const exportSectionsOf = (): ReadonlyMap<string, ExportSection> => exportSections;
