import { type Applied, applyRecord, type DryRun, queueChanged } from '../modules/erp/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import { openLogger } from '../platform/logger.js';
import { effectiveWrites, folderOf, type OpenedConnection, readsOf } from './connection.js';
import { ERP_KINDS, type ErpChanges, ErpError, type ErpKind, type ErpSession } from './port.js';
import { erpErrorOf, openSession, within } from './session.js';
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
  const told = new Map<ErpKind, Pick<ErpChanges<ErpKind>, 'records' | 'unreadable'>>();
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
          const part = await readSome(
            session,
            kind,
            await cursorOf(options.database, scope, connection.id, kind),
            options,
          );
          told.set(kind, part);
          isPartial ||= part.hasMore;
        }
      } finally {
        await session.close().catch(() => {});
      }
    });
  } catch (error) {
    problem = (error instanceof ErpError ? error : erpErrorOf(error)).message;
    isPartial = true;
  }
  const writes = await effectiveWrites(options, connection);
  const tried = await triedOut(options.database, scope, async tx => {
    const applied: Applied[] = [];
    const { id: connectionId, fieldRules, idPrefix } = connection;
    for (const [kind, { records, unreadable = [] }] of told) {
      for (const record of records)
        applied.push(
          await applyRecord(tx, { connectionId, fieldRules, idPrefix, writes, isReplay: false }, kind, record),
        );
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

async function cursorOf(database: Database, scope: Scope, connectionId: string, kind: ErpKind): Promise<string | null> {
  const rows = await database.read<{ cursor: string | null }>(
    scope,
    'select cursor from erp_cursors where connection_id = $1 and kind = $2',
    [connectionId, kind],
  );
  return rows[0]?.cursor ?? null;
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
