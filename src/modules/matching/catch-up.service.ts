import type { Database, Scope, Tx } from '../../platform/database/database.js';
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
      continue;
    }
    return batches;
  }
}

/** What cannot be compared, whatever the reason, must not keep the others waiting. */
async function oneByOne(database: Database, scope: Scope, log: Logger): Promise<Progress> {
  try {
    return await oneBatch(database, scope, 1);
  } catch (error) {
    log.error({ err: error, organizationId: scope.organizationId }, 'a change could not be matched and is left out');
    await database.write(scope, tx => takeFromQueue(tx, 1));
    return 'worked';
  }
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

function oneBatch(database: Database, scope: Scope, size: number): Promise<Progress> {
  return database.write(scope, async tx => {
    const [lock] = await tx.query<{ held: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
      [`matching:${scope.organizationId}`],
    );
    if (!lock?.held) return 'busy';
    const taken = await takeFromQueue(tx, size);
    if (taken.length === 0) return 'done';
    const rows: Rows = (sql, parameters) => tx.query(sql, parameters) as never;
    await refreshCustomers(
      tx,
      rows,
      taken.filter(one => one.is_customer).map(one => one.subject_id),
    );
    const identityIds = taken.filter(one => !one.is_customer).map(one => one.subject_id);
    if (identityIds.length > 0) {
      const { review, autoLink } = await matchingSettings(rows, scope.organizationId);
      const matching = await matchingOf(rows, scope.organizationId);
      const proposals = await proposalsFor(rows, scope.organizationId, matching, identityIds, review);
      await storeProposals(tx, identityIds, proposals, autoLink);
    }
    return 'worked';
  });
}

interface Queued {
  is_customer: boolean;
  subject_id: string;
}

/**
 * Takes the oldest changes off the queue, each subject once with all its changes. Whatever is read afterwards is at least as
 * new as what was taken; what changes meanwhile stands in the queue anew.
 */
async function takeFromQueue(tx: Tx, size: number): Promise<Queued[]> {
  return tx.query<Queued>(
    `with oldest as (
       select is_customer, subject_id from match_queue where organization_id = $1 order by id limit $2),
     gone as (
       delete from match_queue q using oldest o
        where q.organization_id = $1 and q.is_customer = o.is_customer and q.subject_id = o.subject_id
          and q.id < (select min(id) + $3 from match_queue where organization_id = $1)
       returning q.is_customer, q.subject_id)
     select distinct is_customer, subject_id from gone`,
    [tx.scope.organizationId, size, SAME_WITHIN],
  );
}

/** Changes of a subject this far behind its first are looked for; the whole queue would be too long to read for each batch. */
const SAME_WITHIN = 2000;

/** Brings the keys of customers up to date, and queues the identities that may be, or were suggested to be, one of them. */
async function refreshCustomers(tx: Tx, rows: Rows, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  const { organizationId } = tx.scope;
  const facts = await customerFacts(rows, organizationId, customerIds);
  const keys = new Map(
    customerIds.map(id => [id, facts.has(id) ? keysOf(customerRecord(facts.get(id)!)) : []] as const),
  );
  await storeKeys(rows, organizationId, 'customers', keys);
  const touched = await candidatesOf(rows, organizationId, keys, 'identities');
  await tx.query(
    `insert into match_queue (organization_id, is_customer, subject_id)
     select $1, false, i.id from (
       select unnest($2::uuid[]) as id
       union select identity_id from link_suggestions where organization_id = $1 and customer_id = any ($3::uuid[]) and state = 'PENDING') i`,
    [organizationId, [...touched.values()].flat(), customerIds],
  );
}
