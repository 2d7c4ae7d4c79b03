import { type Applied, applyRecords, applyWaiting, type DryRun, queueChanged } from '../modules/erp/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import { openLogger } from '../platform/logger.js';
import { effectiveWrites, folderOf, type OpenedConnection, readsOf } from './connection.js';
import { ERP_KINDS, type ErpChanges, type ErpKind, type ErpSession } from './port.js';
import { erpErrorOf, FOR_ALL, openSession, within } from './session.js';
import type { ErpOptions } from './sync.js';

const MOST_A_KIND = 1000;
const LONGEST_MS = 25_000;

/**
 * Reads what comes next, then keeps it in one transaction that is taken back: so what is said is what would happen, to the last
 * constraint. Nothing is locked while the ERP is asked.
 */
export async function dryRun(
  options: ErpOptions,
  scope: Scope,
  connection: OpenedConnection,
  kinds: readonly ErpKind[] | null,
): Promise<DryRun> {
  const wanted = ERP_KINDS.filter(kind => readsOf(connection).includes(kind) && (!kinds || kinds.includes(kind)));
  const told = new Map<ErpKind, Pick<ErpChanges<ErpKind>, 'records' | 'unreadable'> & { isReplay: boolean }>();
  let isPartial = false;
  let problem: string | null = null;
  const stop = new AbortController();
  try {
    await within(LONGEST_MS, stop, async () => {
      const session = await openSession(connection.adapter, connection.settings, {
        outbound: options.outbound,
        folder: folderOf(options, connection.slug),
        signal: stop.signal,
        log: openLogger('silent'),
      });
      try {
        for (const kind of wanted) {
          try {
            const from = await cursorOf(options.database, scope, connection.id, kind);
            const part = await readSome(session, kind, from.cursor, options);
            told.set(kind, { ...part, isReplay: from.isReplay });
            isPartial ||= part.hasMore;
          } catch (error) {
            // One kind that fails keeps no other from being read, as in a real run.
            const fault = erpErrorOf(error);
            if (FOR_ALL.has(fault.code)) throw fault;
            problem ??= fault.message;
            isPartial = true;
          }
        }
      } finally {
        await session.close().catch(() => {});
      }
    });
  } catch (error) {
    problem = erpErrorOf(error).message;
    isPartial = true;
  }
  const writes = await effectiveWrites(options, connection);
  const tried = await triedOut(options.database, scope, async tx => {
    const applied: Applied[] = [];
    const { id: connectionId, fieldRules, idPrefix } = connection;
    const applying = { connectionId, fieldRules, idPrefix, writes };
    for (const [kind, { records, unreadable = [], isReplay }] of told) {
      applied.push(...(await applyRecords(tx, { ...applying, isReplay }, kind, records)));
      for (const { externalId, problem: why } of unreadable)
        applied.push({
          kind,
          externalId,
          effect: 'REFUSED',
          label: externalId,
          fields: [],
          conflicts: 0,
          problem: why,
        });
    }
    // What waited before, and can be kept with what has come.
    for (const kind of wanted)
      applied.push(...(await applyWaiting(tx, { ...applying, isReplay: false }, kind, MOST_A_KIND)));
    await queueChanged(tx, connectionId, writes);
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::integer as count from erp_writes where organization_id = $1 and connection_id = $2 and state in ('QUEUED', 'SENDING')`,
      [tx.scope.organizationId, connectionId],
    );
    return { applied, outgoing: row?.count ?? 0 };
  });
  return { ...tried, isPartial, problem };
}

async function readSome(
  session: ErpSession,
  kind: ErpKind,
  from: string | null,
  { batch = 100 }: ErpOptions,
): Promise<ErpChanges<ErpKind>> {
  const all: ErpChanges<ErpKind> = { records: [], unreadable: [], cursor: from ?? '', hasMore: true };
  let cursor = from;
  while (all.hasMore && all.records.length < MOST_A_KIND) {
    const part = await session.changes(kind, cursor, batch);
    all.records.push(...part.records);
    all.unreadable!.push(...(part.unreadable ?? []));
    all.hasMore = part.hasMore && part.cursor !== cursor;
    cursor = part.cursor;
  }
  return all;
}

async function cursorOf(
  database: Database,
  scope: Scope,
  connectionId: string,
  kind: ErpKind,
): Promise<{ cursor: string | null; isReplay: boolean }> {
  const rows = await database.read<{ cursor: string | null; isReplay: boolean }>(
    scope,
    'select cursor, is_replay as "isReplay" from erp_cursors where connection_id = $1 and kind = $2',
    [connectionId, kind],
  );
  return rows[0] ?? { cursor: null, isReplay: false };
}

class TakenBack extends Error {}

/** Does `work` in a transaction of which nothing stays, and answers what it answered. */
async function triedOut<Result>(
  database: Database,
  scope: Scope,
  work: (tx: Parameters<Parameters<Database['write']>[1]>[0]) => Promise<Result>,
): Promise<Result> {
  let result: Result | undefined;
  await database
    .write(scope, async tx => {
      result = await work(tx);
      throw new TakenBack();
    })
    .catch(error => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return result as Result;
}
