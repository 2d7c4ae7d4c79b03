import type { Database, Scope, Tx } from '../../platform/database/database.js';
import { sqlState } from '../../platform/errors.js';
import type { Logger } from '../../platform/logger.js';
import { candidatesOf, storeKeys } from './candidates.queries.js';
import { customerRecord } from './engine/index.js';
import { customerFacts, type Rows } from './facts.queries.js';
import { keysOf } from './keys.rules.js';
import { matchingOf, trainMatching } from './model.service.js';
import { proposalsFor } from './proposals.js';
import { matchingSettings } from './settings.queries.js';
import { storeProposals } from './suggestion.service.js';

/** So many changes a transaction: some tens of milliseconds of work in turn with everything else this process does. */
const BATCH = 50;

/** A batch of an organisation's changes was looked at; nothing waited; or another process is at it. */
type Progress = 'worked' | 'done' | 'busy';

/**
 * Looks at everything of an organisation that changed since it last did: brings its keys up to date, suggests, links, withdraws.
 * A batch and its removal from the queue are one transaction, so a crash loses and doubles nothing; of two runners one works.
 * Answers how many batches it took.
 */
export async function catchUp(database: Database, scope: Scope, log: Logger, signal?: AbortSignal): Promise<number> {
  for (let batches = 0; ; batches++) {
    if (signal?.aborted) return batches;
    const progress = await oneBatch(database, scope, BATCH).catch(async error => {
      if (signal?.aborted) return 'done' as const;
      log.warn(
        { err: error, organizationId: scope.organizationId },
        'a batch could not be matched and is tried one by one',
      );
      return oneByOne(database, scope, log);
    });
    if (progress === 'worked') continue;
    if (progress === 'done' && batches > 0 && (await hasNoModel(database, scope))) {
      await trainMatching(database, scope);
      await lookAgain(database, scope);
      continue;
    }
    return batches;
  }
}

/**
 * What cannot be compared for what it says must not keep the others waiting: it is left out. Whatever else fails, such as a
 * connection, a lock or a statement that took too long, throws, and the change waits to be looked at again.
 */
async function oneByOne(database: Database, scope: Scope, log: Logger): Promise<Progress> {
  const taken: string[] = [];
  try {
    return await oneBatch(database, scope, 1, taken);
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    log.error({ err: error, organizationId: scope.organizationId }, 'a change could not be matched and is left out');
    await database.write(scope, tx => removeFromQueue(tx, taken));
    return 'worked';
  }
}

const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError, URIError, EvalError];

/**
 * Whether the values themselves cannot be worked with: SQLSTATE class 22 (data exception), or an error of the language. Plain
 * errors are not told from a lost connection, which the driver reports as one.
 */
function isOwnFault(error: unknown): boolean {
  const state = sqlState(error);
  return state ? state.startsWith('22') : BUGS.some(kind => error instanceof kind);
}

async function hasNoModel(database: Database, scope: Scope): Promise<boolean> {
  const [row] = await database.read(
    scope,
    `select 1 from match_keys where organization_id = $1 and is_customer
        and not exists (select 1 from match_models where organization_id = $1) limit 1`,
    [scope.organizationId],
  );
  return row !== undefined;
}

/**
 * Reads and compares first and writes at the end: until it writes, a transaction holds nobody up, and readers of the event feed
 * wait for the oldest that has written (see `EventFeed`). `taken` tells which changes it took when it fails.
 */
function oneBatch(database: Database, scope: Scope, size: number, taken: string[] = []): Promise<Progress> {
  return database.write(scope, async tx => {
    const [lock] = await tx.query<{ held: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
      [`matching:${scope.organizationId}`],
    );
    if (!lock?.held) return 'busy';
    const { isCustomer, subjectIds, queueIds } = await oldestInQueue(tx, size);
    taken.splice(0, Infinity, ...queueIds);
    if (queueIds.length === 0) return 'done';
    const rows: Rows = (sql, parameters) => tx.query(sql, parameters) as never;
    await (isCustomer ? refreshCustomers(tx, rows, subjectIds) : refreshIdentities(tx, rows, subjectIds));
    await removeFromQueue(tx, queueIds);
    return 'worked';
  });
}

/** How far into the queue is looked for more of the same kind. */
const LOOK_AHEAD = 4;

/**
 * The oldest changes, each subject once. What is read afterwards is at least as new as they are; what changes meanwhile stands
 * in the queue anew. Customers or identities only: a pair whose both sides are new is met by the later of two batches, which
 * finds the keys the earlier one stored.
 */
async function oldestInQueue(
  tx: Tx,
  size: number,
): Promise<{ isCustomer: boolean; subjectIds: string[]; queueIds: string[] }> {
  const queued = await tx.query<{ id: string; is_customer: boolean; subject_id: string }>(
    'select id, is_customer, subject_id from match_queue where organization_id = $1 order by id limit $2',
    [tx.scope.organizationId, size * LOOK_AHEAD],
  );
  const isCustomer = queued[0]?.is_customer ?? false;
  const alike = queued.filter(one => one.is_customer === isCustomer);
  const subjects = new Set([...new Set(alike.map(one => one.subject_id))].slice(0, size));
  const taken = alike.filter(one => subjects.has(one.subject_id));
  return { isCustomer, subjectIds: [...subjects], queueIds: taken.map(one => one.id) };
}

async function removeFromQueue(tx: Tx, queueIds: readonly string[]): Promise<void> {
  await tx.query('delete from match_queue where organization_id = $1 and id = any ($2::bigint[])', [
    tx.scope.organizationId,
    queueIds,
  ]);
}

async function refreshIdentities(tx: Tx, rows: Rows, identityIds: readonly string[]): Promise<void> {
  const { organizationId } = tx.scope;
  const { review, autoLink } = await matchingSettings(rows, organizationId);
  const matching = await matchingOf(rows, organizationId);
  const { keys, proposals } = await proposalsFor(rows, organizationId, matching, identityIds, review);
  await storeKeys(rows, organizationId, 'identities', keys);
  await storeProposals(tx, identityIds, proposals, autoLink);
}

/** Brings the keys of customers up to date, and queues the identities that may be, or were suggested to be, one of them. */
async function refreshCustomers(tx: Tx, rows: Rows, customerIds: readonly string[]): Promise<void> {
  const { organizationId } = tx.scope;
  const facts = await customerFacts(rows, organizationId, customerIds);
  const keys = new Map(
    customerIds.map(id => [id, facts.has(id) ? keysOf(customerRecord(facts.get(id)!)) : []] as const),
  );
  const touched = await candidatesOf(rows, organizationId, keys, 'identities');
  await storeKeys(rows, organizationId, 'customers', keys);
  await tx.query(
    `insert into match_queue (organization_id, is_customer, subject_id)
     select $1, false, i.id from (
       select unnest($2::uuid[]) as id
       union select identity_id from link_suggestions where organization_id = $1 and customer_id = any ($3::uuid[]) and state = 'PENDING') i`,
    [organizationId, [...touched.values()].flat(), customerIds],
  );
}

const REQUEUED_AT_ONCE = 5000;

/** Has every identity that is open looked at again, queued some thousands a transaction. */
export async function lookAgain(database: Database, scope: Scope): Promise<void> {
  for (let after: string | null = NIL_UUID; after !== null; ) {
    const from: string = after;
    after = await database.write(scope, async tx => {
      const [row] = await tx.query<{ last: string | null }>(
        `with next as (
           select id from social_identities where organization_id = $1 and id > $2 and customer_id is null order by id limit ${REQUEUED_AT_ONCE}),
         queued as (insert into match_queue (organization_id, is_customer, subject_id) select $1, false, id from next)
         select max(id::text) as last from next`,
        [scope.organizationId, from],
      );
      return row?.last ?? null;
    });
  }
}

const NIL_UUID = '00000000-0000-0000-0000-000000000000';
